// The list of findings below the editor.
import { byId, count, h, message } from './dom';
import type { Finding } from './editor';

const signs = { error: '×', warning: '!', info: 'i' };

export interface FindingActions {
  goTo(f: Finding): void;
  fixes(f: Finding): void;
  opensRule(code: string): void;
}

export function showFindings(all: Finding[], actions: FindingActions) {
  const order = { error: 0, warning: 1, info: 2 };
  const sorted = [...all].sort((a, b) => order[a.severity] - order[b.severity] || a.file.localeCompare(b.file) || a.line - b.line);
  const number = (s: Finding['severity']) => all.filter(f => f.severity === s).length;
  const errors = number('error');
  const parts = [errors > 0 ? count(errors, 'error') : '', number('warning') > 0 ? count(number('warning'), 'warning') : '', number('info') > 0 ? `${number('info')} info` : ''].filter(p => p);
  byId('summary').textContent = parts.join(', ') || 'No findings';
  byId('findings').dataset['worst'] = sorted[0]?.severity ?? 'none';
  const badge = byId('edit-badge');
  badge.textContent = all.length > 0 ? String(all.length) : '';
  badge.className = 'badge ' + (sorted[0]?.severity ?? '');
  byId('list').replaceChildren(...sorted.map(f =>
    h('li', { class: f.severity, 'data-code': f.code },
      h('span', { class: 'severity', title: f.severity }, h('span', { 'aria-hidden': 'true' }, signs[f.severity]), h('span', { class: 'hidden' }, f.severity)),
      h('button', { class: 'where', type: 'button', onclick: () => actions.goTo(f) },
        h('span', { class: 'message' }, message(f.summary)), f.detail ? h('span', { class: 'detail' }, message(f.detail)) : undefined),
      h('span', { class: 'meta' },
        h('span', { class: 'line' }, `${f.file === 'azuredeploy.json' ? '' : 'parameters '}${f.line}:${f.column}`),
        h('button', { class: 'code', type: 'button', title: 'Explain this rule', onclick: () => actions.opensRule(f.code) }, f.code),
        h('button', { class: 'actions', type: 'button', title: 'Fix or suppress', 'aria-label': 'Fix or suppress', onclick: () => actions.fixes(f) }, '⋯')))));
}

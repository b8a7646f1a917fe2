// What the views of the right-hand side share.
import type { Finding, Ground, Instance } from './contracts';
import { count, h, message } from './dom';
import type { Result } from './library';

export interface Context {
  /** Runs a command over the documents as they are now, and as they were loaded (below "deployed"). */
  run(...args: string[]): Promise<Result>;
  opensRule(code: string): void;
  /** Instances that exist now; undefined: the capacity of the template. */
  now: number | undefined;
}

export interface View {
  readonly element: HTMLElement;
  /** Brings the view up to date with the documents. */
  update(): Promise<void>;
}

/** The result of a command as JSON, or the reason why there is none. */
export async function json<T>(c: Context, ...args: string[]): Promise<T | Result> {
  const r = await c.run(...args);
  return r.out ? (JSON.parse(r.out) as T) : r;
}

export const failed = (r: object): r is Result => 'err' in r && 'code' in r;

/** Says why a command has no result. */
export function reason(r: Result): HTMLElement {
  const text = r.err.replace(/^scaleset: /gm, '').trim();
  return h('div', { class: 'empty', role: 'status' },
    h('p', { class: 'empty-title' }, r.code === 1 ? 'The template has errors that must be fixed first' : 'This cannot be previewed yet'),
    h('pre', {}, text));
}

/** Shows the command that prints the same in a terminal. */
export function command(...args: string[]): HTMLElement {
  const shown = args.map(a => (/^[\w./,=:+-]+$/.test(a) ? a : `'${a}'`)).join(' ');
  return h('p', { class: 'command' }, h('span', {}, 'In a terminal'), h('code', {}, `scaleset ${shown}`));
}

/** A chooser for the scale set, if there are several. */
export function chooser(names: string[], chosen: number, onChange: (i: number) => void): HTMLElement | undefined {
  if (names.length < 2) return undefined;
  const select = h('select', { onchange: () => onChange(select.selectedIndex) }, ...names.map((n, i) => h('option', { selected: i === chosen }, n)));
  return h('label', { class: 'field' }, h('span', {}, 'Scale set'), select);
}

export function findings(c: Context, all: Finding[]): HTMLElement[] {
  return all.map(f =>
    h('div', { class: `callout ${f.severity}`, role: 'note' },
      h('p', {}, h('strong', {}, `${f.severity}: `), message(f.message), ' ', h('button', { class: 'code', type: 'button', onclick: () => c.opensRule(f.code) }, f.code)),
      f.detail ? h('p', { class: 'soft' }, message(f.detail)) : undefined));
}

/** The statements that a preview relies on, each with how sure it is. */
export function grounds(all: Ground[]): HTMLElement | undefined {
  if (all.length === 0) return undefined;
  return h('details', { class: 'grounds' },
    h('summary', {}, `What this relies on (${count(all.length, 'statement')})`),
    h('ul', {}, ...all.map(g => h('li', {}, h('span', { class: 'sureness' }, g.sureness), ' ', g.text))));
}

export function figure(value: string | number, label: string, kind = ''): HTMLElement {
  return h('div', { class: `figure ${kind}` }, h('b', {}, String(value)), h('span', {}, label));
}

export type Mark = 'kept' | 'added' | 'removed' | 'surplus' | 'lost';
export interface Marked {
  instance: Instance;
  mark: Mark;
}

const marks: Record<Mark, { sign: string; text: string }> = {
  kept: { sign: '', text: 'remains' },
  added: { sign: '+', text: 'is added' },
  removed: { sign: '−', text: 'is removed' },
  surplus: { sign: '~', text: 'is added by overprovisioning' },
  lost: { sign: '×', text: 'fails' },
};

/** How many instances are drawn with their number; more are drawn as dots. */
const mostNumbered = 120;

interface Shape {
  faultDomains: number;
  updateDomains: number;
  zones: string[];
}

/** The instances as a table: zones, or fault domains, by update domains. */
export function grid(s: Shape, all: Marked[]): HTMLElement {
  const small = all.length > mostNumbered;
  const regional = s.zones.length === 0;
  const byFault = regional && s.faultDomains > 1;
  const byUpdate = regional && s.updateDomains > 1;
  const rows = regional ? (byFault ? Array.from({ length: s.faultDomains }, (_, i) => i) : [undefined]) : s.zones;
  const columns = byUpdate ? Array.from({ length: s.updateDomains }, (_, i) => i) : [undefined];
  const inRow = (m: Marked, row: string | number | undefined) => row === undefined || (typeof row === 'string' ? m.instance.zone === row : m.instance.faultDomain === row);
  const inColumn = (m: Marked, column: number | undefined) => column === undefined || m.instance.updateDomain === column;
  const domain = (long: string, short: string, n: number) => h('span', {}, h('span', { class: 'wide' }, long), h('abbr', { class: 'narrow', title: long }, short), ` ${n}`);
  const rowName = (row: string | number | undefined) => (row === undefined ? 'All' : typeof row === 'string' ? `Zone ${row}` : domain('Fault domain', 'FD', row));

  const chip = ({ instance, mark }: Marked) =>
    h('li', { class: `chip ${mark}`, title: `${instance.name} ${marks[mark].text}`, 'data-name': instance.name },
      h('span', { class: 'sign', 'aria-hidden': 'true' }, marks[mark].sign),
      h('span', { class: 'number' }, short(instance)),
      mark === 'kept' ? undefined : h('span', { class: 'hidden' }, ` ${marks[mark].text}`));

  const table = h('table', { class: 'grid' + (small ? ' small' : '') },
    h('caption', { class: 'hidden' }, 'The instances by where they are placed'),
    h('thead', { class: byUpdate ? '' : 'hidden' }, h('tr', {}, h('td', {}),
      ...columns.map(c => h('th', { scope: 'col' }, c === undefined ? 'Instances' : domain('Update domain', 'UD', c))))),
    h('tbody', {}, ...rows.map(row => h('tr', {}, h('th', { scope: 'row' }, rowName(row)),
      ...columns.map(column => h('td', {}, h('ul', {}, ...all.filter(m => inRow(m, row) && inColumn(m, column)).map(chip))))))));
  const used = [...new Set(all.map(m => m.mark))];
  const legend = h('ul', { class: 'legend' }, ...(Object.keys(marks) as Mark[]).filter(m => used.includes(m)).map(m =>
    h('li', {}, h('span', { class: `chip ${m}`, 'aria-hidden': 'true' }, h('span', { class: 'sign' }, marks[m].sign)), ' ', marks[m].text)));
  return h('div', { class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': 'Instances by domain' }, table, legend);
}

/** What a chip shows: the id, or the end of the name of an instance of a Flexible scale set. */
const short = (i: Instance) => i.name.slice(i.name.lastIndexOf('_') + 1);

/** The instances as a table to read or copy. */
export function instanceTable(all: Marked[]): HTMLElement {
  const changed = [...all].sort((a, b) => Number(a.mark === 'kept') - Number(b.mark === 'kept') || a.instance.id - b.instance.id);
  const place = (n: number | null) => (n === null || n < 0 ? '–' : String(n));
  return h('details', { class: 'instances' },
    h('summary', {}, `All instances (${all.length})`),
    h('div', { class: 'scrolls' }, h('table', { class: 'plain' },
      h('thead', {}, h('tr', {}, ...['Instance', 'Zone', 'Fault domain', 'Update domain', 'What happens'].map(t => h('th', { scope: 'col' }, t)))),
      h('tbody', {}, ...changed.slice(0, 1000).map(({ instance: i, mark }) =>
        h('tr', { class: mark }, h('th', { scope: 'row' }, i.name), h('td', {}, i.zone || '–'), h('td', {}, place(i.faultDomain)), h('td', {}, place(i.updateDomain)), h('td', {}, marks[mark].text)))))));
}

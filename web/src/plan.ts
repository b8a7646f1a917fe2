// How a change rolls out: batches over time.
import type { Plan } from './contracts';
import { count, h, latest, listed } from './dom';
import { chooser, command, type Context, failed, figure, findings, grounds, json, reason, type View } from './view';

const kinds = [
  { name: 'edits', label: 'Deploy my edits', flags: [] },
  { name: 'reimage', label: 'Reimage all instances', flags: ['--reimage'] },
  { name: 'os-upgrade', label: 'Upgrade the OS image', flags: ['--os-upgrade'] },
];

export class PlanView implements View {
  readonly element: HTMLElement;
  private readonly kind = h('select', { id: 'kind', onchange: () => void this.update() }, ...kinds.map(k => h('option', { value: k.name }, k.label)));
  private readonly now = h('input', { type: 'number', min: 0, max: 1000, inputmode: 'numeric', oninput: () => this.setNow() });
  private readonly fail = h('input', { type: 'checkbox', id: 'fail', onchange: () => void this.update() });
  private readonly choose = h('div');
  private readonly result = h('div', { class: 'result', 'aria-live': 'polite' });
  private set = 0;
  private touched = false;

  constructor(private readonly c: Context) {
    this.kind.addEventListener('change', () => (this.touched = true));
    this.kind.value = 'reimage';
    this.element = h('section', { 'aria-label': 'Plan' },
      h('div', { class: 'controls' }, this.choose,
        h('label', { class: 'field' }, h('span', {}, 'What happens'), this.kind),
        h('label', { class: 'field' }, h('span', {}, 'Instances now'), this.now),
        h('label', { class: 'check' }, this.fail, ' The first instance stays unhealthy after it is upgraded')),
      this.result);
  }

  /** Says that the documents differ from those that were loaded. */
  edited() {
    if (!this.touched) this.kind.value = 'edits';
  }

  /** Says that other documents were loaded. */
  loaded() {
    this.touched = false;
    this.kind.value = 'reimage';
  }

  private setNow() {
    this.c.now = Number.isInteger(this.now.valueAsNumber) ? this.now.valueAsNumber : undefined;
    void this.update();
  }

  readonly update = latest(() => this.run());

  private async run() {
    const kind = kinds.find(k => k.name === this.kind.value) ?? kinds[0]!;
    const files = kind.name === 'edits' ? ['deployed/azuredeploy.json', 'azuredeploy.json'] : ['azuredeploy.json'];
    let shown = ['plan', ...files, ...kind.flags, ...(this.c.now === undefined ? [] : ['--from', String(this.c.now)])];
    let all = await json<Plan>(this.c, ...shown, '--format', 'json');
    if (failed(all)) return this.result.replaceChildren(reason(all));
    let sets = [all, ...(all.others ?? [])];
    this.set = Math.min(this.set, sets.length - 1);
    const first = sets[this.set]?.batches[0]?.instances[0];
    this.fail.disabled = first === undefined;
    if (this.fail.checked && first) {
      shown = [...shown, ...(sets.length > 1 ? ['--set-name', sets[this.set]!.scaleSet] : []), '--fail', first.name];
      all = await json<Plan>(this.c, ...shown, '--format', 'json');
      if (failed(all)) return this.result.replaceChildren(reason(all));
      sets = sets.length > 1 ? sets.map((s, i) => (i === this.set ? (all as Plan) : s)) : [all];
    }
    this.choose.replaceChildren(...[chooser(sets.map(s => s.scaleSet), this.set, i => { this.set = i; void this.update(); })].filter(e => e !== undefined));
    this.show(sets[this.set]!, shown);
  }

  private show(p: Plan, shown: string[]) {
    if (document.activeElement !== this.now) this.now.value = String(p.from);
    const touched = p.batches.reduce((n, b) => n + b.instances.length, 0);
    const what = p.change.properties.length > 0 ? `${p.change.action}: ${listed(p.change.properties)}` : p.change.action;
    const named = { zone: 'zone', fd: 'fault domain', ud: 'update domain' } as Record<string, string>;
    this.result.replaceChildren(
      h('h2', {}, touched === 0 ? `${p.scaleSet}: no instance is upgraded automatically` : `${p.scaleSet}: ${count(touched, 'instance')} in ${count(p.batches.length, 'batch', 'batches')}`),
      h('p', { class: 'lead' }, touched === 0 ? untouched(p) : `${p.policy.mode} upgrade, ${what}.`),
      ...findings(this.c, p.findings),
      touched > 0 ? h('div', { class: 'figures' },
        figure(between(p.minutes), 'minutes in total'),
        figure(`${p.worst.running} of ${p.before}`, 'running at the worst moment'),
        ...p.worst.lost.map(l => figure(l.running, `if ${named[l.kind] ?? l.kind} ${l.name} fails`))) : '',
      touched > 0 ? timeline(p) : '',
      grounds(p.notes) ?? '', command(...shown.map(a => (a === 'deployed/azuredeploy.json' ? 'HEAD:azuredeploy.json' : a))));
  }
}

function untouched(p: Plan): string {
  if (p.byHand.length > 0) return `With upgrade policy ${p.policy.mode}, ${count(p.byHand.length, 'instance')} must be upgraded by hand.`;
  if (p.change.action === 'none') return 'The documents are as they were loaded, or the change concerns the model only. Edit the template, such as the size or the image, or choose another change.';
  return `Upgrade policy ${p.policy.mode}.`;
}

const number = (n: number) => (n >= 10 ? String(Math.round(n)) : String(Math.round(10 * n) / 10));
const between = (r: { least: number; most: number }) => (number(r.least) === number(r.most) ? number(r.least) : `${number(r.least)} to ${number(r.most)}`);

/** How many batches are drawn. */
const mostBatches = 60;

/** The batches as bars from the earliest start to the latest end. */
function timeline(p: Plan): HTMLElement {
  const end = Math.max(...p.batches.map(b => b.start.most + b.minutes.most), 1);
  const part = (n: number) => `${(100 * n) / end}%`;
  const where = (b: Plan['batches'][number]) => [b.zone ? `zone ${b.zone}` : '', b.updateDomain >= 0 ? `update domain ${b.updateDomain}` : ''].filter(t => t).join(', ');
  const row = (b: Plan['batches'][number]) => {
    return h('tr', { class: b.number === p.worst.batch ? 'worst' : '' },
      h('th', { scope: 'row' }, `Batch ${b.number}`, h('small', {}, where(b))),
      h('td', { class: 'lanes' }, h('div', { class: 'lane', title: `starts after ${between(b.start)} min, takes ${between(b.minutes)} min` },
        h('i', { class: 'fastest', style: `left:${part(b.start.least)};width:${part(b.minutes.least)}` }),
        h('i', { class: 'slowest', style: `left:${part(b.start.most)};width:${part(b.minutes.most)}` }))),
      h('td', {}, `${between(b.start)} min`),
      h('td', {}, `${b.running} of ${p.before}`),
      h('td', { class: 'names' }, b.instances.length > 4 ? `${b.instances.slice(0, 3).map(i => i.name).join(' ')} and ${b.instances.length - 3} more` : b.instances.map(i => i.name).join(' ')));
  };
  return h('div', { class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': 'Batches over time' },
    h('table', { class: 'timeline' },
      h('thead', {}, h('tr', {}, h('td', {}), h('th', { scope: 'col', class: 'lanes' }, h('span', { class: 'axis' }, h('span', {}, '0'), h('span', {}, `${number(end / 2)} min`), h('span', {}, `${number(end)} min`))),
        h('th', { scope: 'col' }, 'Starts after'), h('th', { scope: 'col' }, 'Running'), h('th', { scope: 'col' }, 'Instances'))),
      h('tbody', {}, ...p.batches.slice(0, mostBatches).map(row))),
    p.batches.length > mostBatches ? h('p', { class: 'soft' }, `${p.batches.length - mostBatches} more batches follow.`) : '',
    h('p', { class: 'soft' }, 'Upper bar: the fastest run. Lower bar: the slowest.'));
}

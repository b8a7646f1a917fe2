// What is left when a zone or a domain fails.
import type { Instance, Preview } from './contracts';
import { h, latest, sentence } from './dom';
import { chooser, command, type Context, failed, figure, grid, grounds, instanceTable, json, type Marked, reason, type View } from './view';

interface Loss {
  /** As --lose takes it. */
  value: string;
  label: string;
  hits(i: Instance): boolean;
}

export class FailureView implements View {
  readonly element: HTMLElement;
  private readonly choose = h('div');
  private readonly options = h('div', { class: 'options', role: 'group', 'aria-label': 'What fails' });
  private readonly result = h('div', { class: 'result', 'aria-live': 'polite' });
  private chosen = new Set<string>();
  private set = 0;

  constructor(private readonly c: Context) {
    this.element = h('section', { 'aria-label': 'Failure' },
      h('div', { class: 'controls' }, this.choose, h('div', { class: 'field grow' }, h('span', {}, 'What fails'), this.options)), this.result);
  }

  readonly update = latest(() => this.run());

  private async run() {
    const base = ['simulate', 'azuredeploy.json', ...(this.c.now === undefined ? [] : ['--from', String(this.c.now)])];
    const all = await json<Preview>(this.c, ...base, '--all', '--format', 'json');
    if (failed(all)) return this.result.replaceChildren(reason(all));
    const sets = [all, ...(all.others ?? [])];
    this.set = Math.min(this.set, sets.length - 1);
    this.choose.replaceChildren(...[chooser(sets.map(s => s.scaleSet), this.set, i => { this.set = i; void this.update(); })].filter(e => e !== undefined));
    const p = sets[this.set]!;
    const offered = losses(p);
    this.chosen = new Set(offered.filter(l => this.chosen.has(l.value)).map(l => l.value));
    if (this.chosen.size === 0 && offered[0]) this.chosen.add(offered[0].value);
    this.options.replaceChildren(...offered.map(l =>
      h('button', { type: 'button', class: 'toggle', 'aria-pressed': String(this.chosen.has(l.value)), 'data-loss': l.value, onclick: () => this.toggle(l.value) }, l.label)));
    const lost = offered.filter(l => this.chosen.has(l.value));
    const shown = [...base, ...(sets.length > 1 ? ['--set-name', p.scaleSet] : []), ...lost.flatMap(l => ['--lose', l.value])];
    const after = await json<Preview>(this.c, ...shown, '--format', 'json');
    if (failed(after)) return this.result.replaceChildren(reason(after));
    this.show(after, lost, shown);
  }

  private toggle(value: string) {
    if (!this.chosen.delete(value)) this.chosen.add(value);
    const focused = value;
    void this.update().then(() => this.options.querySelector<HTMLElement>(`[data-loss="${focused}"]`)?.focus());
  }

  private show(p: Preview, losses: Loss[], shown: string[]) {
    const lost = p.lost;
    if (!lost) return;
    const all = p.final.map((i): Marked => ({ instance: i, mark: losses.some(l => l.hits(i)) ? 'lost' : 'kept' }));
    this.result.replaceChildren(
      h('h2', {}, `${lost.running} of ${lost.of} instances are left`),
      h('div', { class: 'meter', role: 'img', 'aria-label': `${lost.running} of ${lost.of} instances are left` }, h('i', { style: `width:${(100 * lost.running) / Math.max(1, lost.of)}%` })),
      ...lost.emptyBackendPools.map(name => h('div', { class: 'callout error' }, h('p', {}, h('strong', {}, 'error: '), `backend pool ${name} has no instance left`))),
      h('div', { class: 'figures' }, ...(lost.each.length > 1 ? lost.each.map(e => figure(e.running, `left if only ${named(e.kind, e.name)} fails`)) : [])),
      grid(p, all),
      h('p', { class: 'lead' }, sentence(lost.refill)),
      instanceTable(all), grounds(p.grounds) ?? '', command(...shown));
  }
}

const named = (kind: string, name: string) => ({ zone: `zone ${name}`, fd: `fault domain ${name}`, ud: `update domain ${name}`, spot: 'Spot capacity', host: 'one host' })[kind] ?? kind;

/** The failures that a scale set can have. */
function losses(p: Preview): Loss[] {
  const numbered = (n: number) => Array.from({ length: n }, (_, i) => i);
  const all: Loss[] = p.zones.map(z => ({ value: `zone=${z}`, label: `Zone ${z}`, hits: i => i.zone === z }));
  if (p.zones.length === 0 && p.faultDomains > 1) {
    all.push(...numbered(p.faultDomains).map(n => ({ value: `fd=${n}`, label: `Fault domain ${n}`, hits: (i: Instance) => i.faultDomain === n })));
    all.push(...numbered(p.updateDomains).map(n => ({ value: `ud=${n}`, label: `Update domain ${n}`, hits: (i: Instance) => i.updateDomain === n })));
  }
  if (p.final.some(i => i.spot)) all.push({ value: 'spot', label: 'All Spot instances', hits: i => i.spot === true });
  if (all.length === 0 || p.zones.length > 0) all.push({ value: 'host', label: 'One host', hits: () => false });
  return all;
}

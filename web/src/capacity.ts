// The preview of a capacity change: a slider, and which instances are added and removed.
import type { Preview } from './contracts';
import { count, h, latest, listed, sentence } from './dom';
import { chooser, command, type Context, failed, figure, findings, grid, grounds, instanceTable, json, type Marked, reason, type View } from './view';

export class CapacityView implements View {
  readonly element: HTMLElement;
  private readonly from = h('input', { type: 'number', id: 'from', min: 0, max: 1000, inputmode: 'numeric', oninput: () => this.setFrom() });
  private readonly slider = h('input', { type: 'range', id: 'to', min: 0, max: 60, step: 1, 'aria-describedby': 'limits', oninput: () => this.setTo(this.slider.valueAsNumber) });
  private readonly number = h('input', { type: 'number', min: 0, max: 1000, inputmode: 'numeric', 'aria-label': 'New capacity, as a number', oninput: () => this.setTo(this.number.valueAsNumber) });
  private readonly limits = h('ol', { id: 'limits', class: 'limits' });
  private readonly choose = h('div');
  private readonly result = h('div', { class: 'result', 'aria-live': 'polite' });
  private to: number | undefined;
  private set = 0;

  constructor(private readonly c: Context) {
    this.element = h('section', { 'aria-label': 'Capacity' },
      h('div', { class: 'controls' },
        this.choose,
        h('label', { class: 'field' }, h('span', {}, 'Instances now'), this.from),
        h('div', { class: 'field grow' }, h('label', { for: 'to' }, 'New capacity'),
          h('div', { class: 'slider' }, h('div', { class: 'track' }, this.slider, this.limits), this.number))),
      this.result);
  }

  private setFrom() {
    this.c.now = Number.isInteger(this.from.valueAsNumber) ? this.from.valueAsNumber : undefined;
    void this.update();
  }

  private setTo(n: number) {
    if (!Number.isInteger(n) || n < 0) return;
    this.to = n;
    void this.update();
  }

  readonly update = latest(() => this.run());

  private async run() {
    const from = this.c.now === undefined ? [] : ['--from', String(this.c.now)];
    const args = (to: number) => ['simulate', 'azuredeploy.json', '--all', ...from, '--to', String(to)];
    if (this.to === undefined) {
      const first = await json<Preview>(this.c, ...args(1), '--format', 'json');
      if (failed(first)) return this.fail(first);
      this.to = Math.min(Math.max(2 * first.start.capacity, 6), 100);
    }
    const shown = args(this.to);
    const all = await json<Preview>(this.c, ...shown, '--format', 'json');
    if (failed(all)) return this.fail(all);
    const sets = [all, ...(all.others ?? [])];
    this.set = Math.min(this.set, sets.length - 1);
    this.choose.replaceChildren(...[chooser(sets.map(s => s.scaleSet), this.set, i => { this.set = i; void this.update(); })].filter(e => e !== undefined));
    this.show(sets[this.set]!, shown);
  }

  private fail(r: Parameters<typeof reason>[0]) {
    this.slider.disabled = this.number.disabled = true;
    this.result.replaceChildren(reason(r), h('p', { class: 'soft' }, 'Fix the template, or enter how many instances there are now.'));
  }

  private show(p: Preview, shown: string[]) {
    const step = p.steps[0];
    if (!step) return;
    this.slider.disabled = this.number.disabled = false;
    if (document.activeElement !== this.from) this.from.value = String(step.from);
    this.scale(p, step.to);
    const by = (name: string) => new Set(name === 'added' ? step.added.map(i => i.name) : (step.surplus ?? []).map(i => i.name));
    const added = by('added');
    const surplus = by('surplus');
    const all: Marked[] = [
      ...p.final.map(i => ({ instance: i, mark: added.has(i.name) ? 'added' : surplus.has(i.name) ? 'surplus' : 'kept' }) as Marked),
      ...step.removed.map(i => ({ instance: i, mark: 'removed' }) as Marked),
      ...(step.surplus ?? []).filter(i => !p.final.some(f => f.name === i.name)).map(i => ({ instance: i, mark: 'surplus' }) as Marked),
    ].sort((a, b) => a.instance.id - b.instance.id);
    const left = [
      step.survivors.zone !== null ? figure(step.survivors.zone, 'left if a zone fails') : undefined,
      step.survivors.faultDomain !== null && p.zones.length === 0 ? figure(step.survivors.faultDomain, 'left if a fault domain fails') : undefined,
      step.survivors.updateDomain !== null && p.zones.length === 0 ? figure(step.survivors.updateDomain, 'left while an update domain is updated') : undefined,
    ];
    const details = [...this.result.querySelectorAll('details')].filter(d => d.open).map(d => d.className);
    this.result.replaceChildren(
      h('h2', {}, `${p.scaleSet}: ${step.from} → ${step.reached} instances`),
      h('p', { class: 'lead', id: 'change' }, whatHappens(step.added.map(i => i.name), step.removed.map(i => i.name))),
      ...findings(this.c, step.findings),
      h('div', { class: 'figures' },
        step.added.length > 0 && figure(step.added.length, 'added', 'added'),
        step.removed.length > 0 && figure(step.removed.length, 'removed', 'removed'),
        figure(step.kept, 'not touched'), ...left),
      grid(p, all),
      ...step.notes.map(n => h('p', { class: 'soft' }, sentence(n))),
      instanceTable(all), grounds(p.grounds) ?? '', command(...shown));
    for (const d of this.result.querySelectorAll('details')) d.open = details.includes(d.className);
  }

  /** Sets the slider, and marks the limits that it can reach. */
  private scale(p: Preview, to: number) {
    const reachable = p.limits.filter(l => l.max > 0 && l.max <= 1000);
    const tightest = Math.min(...reachable.map(l => l.max), 100);
    const most = Math.min(1000, Math.ceil(Math.max(tightest * 1.2, p.start.capacity * 1.5, to) / 10) * 10);
    this.slider.max = String(most);
    const wanted = this.to ?? to; // which may have changed while this was computed
    this.slider.value = String(wanted);
    if (document.activeElement !== this.number) this.number.value = String(wanted);
    this.slider.setAttribute('aria-valuetext', count(wanted, 'instance'));
    const shown = reachable.filter(l => l.max <= most).sort((a, b) => a.max - b.max);
    const first = shown[0];
    this.limits.replaceChildren(...(first ? [h('li', { style: `--at:${first.max / most}`, class: to > first.max ? 'over' : '', title: `${first.max}: ${first.reason}` }, `limit ${first.max}`)] : []));
  }
}

function whatHappens(added: string[], removed: string[]): string {
  const some = (names: string[]) => (names.length > 8 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : listed(names));
  if (added.length + removed.length === 0) return 'No instance is added or removed.';
  const parts = [removed.length > 0 ? `removes ${some(removed)}` : '', added.length > 0 ? `adds ${some(added)}` : ''].filter(p => p);
  return `Azure ${parts.join(' and ')}.`;
}

import { type FileName, fileNames, library, type Texts } from './library'; // first: it starts the worker
import { examples } from 'build:examples';
import version from 'build:version';
import { CapacityView } from './capacity';
import { DocumentView } from './documents';
import { byId, debounced, h, tabs } from './dom';
import { Editor } from './editor';
import { FailureView } from './failure';
import { showFindings } from './findings';
import { PlanView } from './plan';
import { Rules } from './rules';
import type { Context, View } from './view';
import './style.css';

type ViewName = 'edit' | 'capacity' | 'failure' | 'plan' | 'review' | 'graph';

const dark = matchMedia('(prefers-color-scheme: dark)');
const narrow = matchMedia('(max-width: 899px)');

type Documents = Record<FileName, string>;

const example = (id: string | null) => examples.find(e => e.id === id) ?? examples[0]!;
const textsOf = (e: (typeof examples)[number]): Documents => ({ 'azuredeploy.json': e.template, 'azuredeploy.parameters.json': e.parameters });

/** The parameter file of a template that was opened alone. */
const noParameters = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {}
}
`;

// The address keeps which example and which view is shown, and nothing of the documents.
const address = new URLSearchParams(location.hash.slice(1));
let shown: ViewName = (['capacity', 'failure', 'plan', 'review', 'graph'] as ViewName[]).find(v => v === address.get('view')) ?? 'capacity';
const chosen = example(address.get('example'));
if (narrow.matches && !address.has('view')) shown = 'edit';

const run = (...args: string[]) => library.run([...args, '--quiet'], { ...editor.texts(), ...deployed });
let deployed: Texts = {};

const rules = new Rules(run);
const opensRule = (code: string) => void rules.open(code);
const editor = new Editor(byId('editor'), library, textsOf(chosen), opensRule);
const context: Context = { run, opensRule, now: undefined };

const plan = new PlanView(context);
const review = new DocumentView(context, 'Review', ['review', 'azuredeploy.json', '--against', 'deployed/azuredeploy.json', '--format', 'html'],
  ['review', 'azuredeploy.json', '--against', 'HEAD:azuredeploy.json', '--format', 'html']);
const graph = new DocumentView(context, 'Graph', ['graph', 'azuredeploy.json'], ['graph', 'azuredeploy.json', '--output', 'deployment.svg']);
const views: Record<Exclude<ViewName, 'edit'>, View> = {
  capacity: new CapacityView(context),
  failure: new FailureView(context),
  plan,
  review,
  graph,
};
for (const [name, view] of Object.entries(views)) {
  const panel = h('div', { role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, class: 'panel' }, view.element);
  byId('panels').append(panel);
}

// While nothing is shown for a moment, everything that changes is brought up to date together.
const update = () => {
  if (shown !== 'edit') void views[shown].update();
};
const changed = debounced(() => {
  if (fileNames.some(name => editor.texts()[name] !== deployed[`deployed/${name}`])) plan.edited();
  update();
}, 250);

/** Shows other documents, which count as deployed from here on. */
function load(texts: Documents) {
  deployed = asDeployed(texts);
  context.now = undefined;
  views.capacity = new CapacityView(context);
  byId('panel-capacity').replaceChildren(views.capacity.element);
  plan.loaded();
  for (const name of fileNames) editor.setText(name, texts[name]);
  selectFile('azuredeploy.json');
  editor.show('azuredeploy.json');
  note();
  update();
}

const asDeployed = (texts: Documents): Texts => Object.fromEntries(fileNames.map(name => [`deployed/${name}`, texts[name]]));

function note() {
  const state = new URLSearchParams(select.value ? { example: select.value } : {});
  if (shown !== 'edit') state.set('view', shown);
  history.replaceState(null, '', '#' + state.toString());
}

function show(view: ViewName) {
  shown = view;
  document.body.dataset['view'] = view;
  for (const panel of byId('panels').children) (panel as HTMLElement).hidden = panel.id !== `panel-${view}`;
  note();
  update();
}

const selectFile = tabs(byId('files'), name => editor.show(name as FileName));
const selectView = tabs(byId('views'), name => show(name as ViewName));

const select = byId<HTMLSelectElement>('example');
select.append(...examples.map(e => h('option', { value: e.id }, e.title)));
select.value = chosen.id;
select.addEventListener('change', () => load(textsOf(example(select.value))));

byId('format').addEventListener('click', () => editor.format());
const file = byId<HTMLInputElement>('file');
byId('open').addEventListener('click', () => file.click());
file.addEventListener('change', async () => {
  const opened: Partial<Documents> = {};
  for (const f of file.files ?? []) opened[/\.parameters\./i.test(f.name) ? 'azuredeploy.parameters.json' : 'azuredeploy.json'] = await f.text();
  file.value = '';
  const template = opened['azuredeploy.json'] ?? editor.texts()['azuredeploy.json'] ?? '';
  if (!select.options.namedItem('own')) select.add(h('option', { value: '', id: 'own' }, 'Your files'));
  select.value = '';
  load({ 'azuredeploy.json': template, 'azuredeploy.parameters.json': opened['azuredeploy.parameters.json'] ?? noParameters });
});

const theme = (isDark: boolean) => {
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  byId('theme').setAttribute('aria-pressed', String(isDark));
  editor.setTheme(isDark);
  review.paint();
  graph.paint();
};
theme(dark.matches);
dark.addEventListener('change', e => theme(e.matches));
byId('theme').addEventListener('click', () => theme(document.documentElement.dataset['theme'] !== 'dark'));
narrow.addEventListener('change', e => {
  if (!e.matches && shown === 'edit') {
    selectView('capacity');
    show('capacity');
  }
});

byId('version').textContent = version;
byId('licences').addEventListener('click', () => rules.licences());
deployed = asDeployed(textsOf(chosen));
editor.onChange(changed);
editor.onFindings(all => {
  performance.mark('findings');
  showFindings(all, {
    goTo: f => {
      selectFile(f.file);
      editor.goTo(f);
    },
    fixes: f => {
      selectFile(f.file);
      editor.fixes(f);
    },
    opensRule,
  });
});
selectView(shown);
selectFile('azuredeploy.json');
show(shown);
void library.ready.then(() => document.body.classList.add('ready'));
void library.failed.then(why => {
  document.body.classList.add('failed');
  byId('findings').dataset['worst'] = 'error';
  byId('summary').textContent = `The library has stopped (${why}). Reload the page; if that does not help, this browser cannot run it.`;
});

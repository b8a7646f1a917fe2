// The commands, with the real program and a stand-in for the API of VS Code.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import * as vscode from 'vscode';
import { activate, deactivate } from '../src/extension';
import { program, workspaceOf } from './program';
import { ColorThemeKind, editor, Selection, until, Uri, window, type TextDocument } from './vscode';

let folder: string;
let template: TextDocument;
const call = (name: string, ...args: unknown[]): Promise<unknown> => Promise.resolve(editor.commands.get(`scaleset.${name}`)!(...args));
const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: folder });
const lastPage = (): string => editor.panels.at(-1)!.webview.html;

before(async () => {
	folder = workspaceOf('current/linux-nat');
	git('init', '-q');
	git('add', '-A');
	git('commit', '-q', '-m', 'first');
	const parameters = path.join(folder, 'azuredeploy.parameters.json');
	fs.writeFileSync(path.join(folder, 'more.parameters.json'), fs.readFileSync(parameters, 'utf8').replace('"value": 3', '"value": 12'));
	editor.folders = [{ uri: Uri.file(folder), name: 'linux-nat', index: 0 }];
	editor.settings['scaleset.path'] = program();
	activate({ subscriptions: [], extensionPath: folder, extensionUri: Uri.file(folder) } as unknown as vscode.ExtensionContext);
	template = editor.open(path.join(folder, 'azuredeploy.json'));
	await new Promise(setImmediate);
});
after(async () => {
	await deactivate();
	fs.rmSync(folder, { recursive: true });
});
beforeEach(() => {
	editor.messages = [];
	editor.executed = [];
	editor.panels.forEach((panel) => panel.dispose());
	editor.panels = [];
});

test('every command of package.json exists, and every setting is read', () => {
	const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
	const source = fs.readdirSync('src').map((name) => fs.readFileSync(path.join('src', name), 'utf8')).join('\n');
	for (const { command } of contributes.commands) {
		assert.ok(editor.commands.has(command), command);
	}
	const server = ['inlayHints', 'codeLens']; // the server asks for these
	for (const name of Object.keys(contributes.configuration.properties)) {
		const short = name.replace(/^scaleset\.(deployment\.)?/, '');
		assert.ok(server.includes(short) || short === 'trace.server' || new RegExp(`\\b${short}\\b`).test(source), name);
	}
});

test('preview of a capacity', async () => {
	editor.input = ({ value, validateInput }) => {
		assert.equal(value, '4');
		assert.equal(validateInput?.('x') === undefined, false);
		return '5, +1';
	};
	await call('previewCapacity', template.uri.toString(), 'web', 3);
	assert.deepEqual(editor.messages, []);
	assert.equal(editor.panels.at(-1)?.title, 'Capacity 5,+1: azuredeploy.json');
	assert.match(lastPage(), /<h1>Capacity preview of web/);
	assert.match(lastPage(), /style-src-elem 'nonce-/);
	assert.deepEqual(editor.panels.at(-1)?.webview.options, { enableScripts: false, enableFindWidget: true, enableCommandUris: false, localResourceRoots: [] });
});

test('preview from the list of commands, and one that is given up', async () => {
	editor.input = () => '5';
	await call('previewCapacity');
	assert.match(lastPage(), /Capacity preview/);
	editor.input = () => undefined;
	await call('previewCapacity');
	assert.equal(editor.panels.length, 1);
	assert.deepEqual(editor.messages, []);
});

test('review, graph', async () => {
	await call('review', template.uri);
	assert.match(lastPage(), /<h1>/);
	assert.doesNotMatch(lastPage(), /<script/);
	await call('graph', template.uri);
	assert.match(lastPage(), /<svg[^]*<\/svg>/);
	window.activeColorTheme.kind = ColorThemeKind.Dark;
	editor.themed.fire(undefined);
	assert.match(lastPage(), /@media all\{/);
	window.activeColorTheme.kind = ColorThemeKind.Light;
});

test('a page is saved as the program wrote it', async () => {
	await call('review', template.uri);
	await call('savePage');
	const html = fs.readFileSync(path.join(folder, 'azuredeploy-review.html'), 'utf8');
	assert.match(html, /^<!doctype html>/);
	assert.doesNotMatch(html, /nonce=/);
	editor.panels.at(-1)!.dispose();
	await call('graph', template.uri);
	await call('savePage');
	assert.match(fs.readFileSync(path.join(folder, 'azuredeploy-graph.svg'), 'utf8'), /^<svg/);
	editor.panels.at(-1)!.dispose();
	await call('savePage');
	assert.deepEqual(editor.messages, []);
});

test('a page follows what is saved, and a second run uses the same panel', async () => {
	await call('plan', template.uri.toString());
	await call('plan', template.uri.toString());
	assert.equal(editor.panels.length, 1);
	const panel = editor.panels.at(-1)!;
	const first = panel.webview.html;
	const file = path.join(folder, 'azuredeploy.parameters.json');
	const before = fs.readFileSync(file, 'utf8');
	const parameters = editor.open(file);
	await new Promise(setImmediate);
	parameters.text = before.replace('"value": 3', '"value": 7');
	await parameters.save();
	await until(() => panel.webview.html !== first);
	assert.match(panel.webview.html, /Capacity 3 (-&gt;|->|→) 7/);
	parameters.text = before;
	await parameters.save();
	editor.close(parameters);
	window.activeTextEditor = { document: template, selection: new Selection(0, 0, 0, 0), viewColumn: 1 };
});

test('plan against HEAD', async () => {
	const file = path.join(folder, 'azuredeploy.json');
	const before = fs.readFileSync(file, 'utf8');
	fs.writeFileSync(file, before.replace('"mode": "Manual"', '"mode": "Automatic"'));
	await call('plan', template.uri.toString());
	fs.writeFileSync(file, before);
	assert.deepEqual(editor.messages, []);
	assert.match(lastPage(), /Automatic/);
});

test('a plan needs trust', async () => {
	editor.trusted = false;
	await call('plan', template.uri.toString());
	editor.trusted = true;
	assert.deepEqual(editor.panels, []);
	assert.match(editor.messages.join(), /Trust the workspace first/);
});

test('the message of the program is shown', async () => {
	const other = path.join(folder, 'new.json');
	fs.writeFileSync(other, template.text);
	await call('plan', Uri.file(other).toString());
	assert.deepEqual(editor.panels, []);
	assert.match(editor.messages.join(), /^error: scaleset: HEAD:new\.json: /);
	fs.rmSync(other);
});

test('changes must be saved first', async () => {
	template.isDirty = true;
	await call('graph');
	assert.deepEqual(editor.messages, ['warning: scaleset: azuredeploy.json has changes that are not saved.']);
	editor.answer = (_, [save]) => save;
	await call('review');
	assert.equal(template.isDirty, false);
	editor.answer = () => undefined;
});

test('without a template', async () => {
	const active = window.activeTextEditor;
	window.activeTextEditor = undefined;
	await call('graph');
	window.activeTextEditor = active;
	assert.deepEqual(editor.messages, ['information: scaleset: Open an ARM template first.']);
});

test('the parameter file of the settings', async () => {
	editor.pick = (items: { label: string }[]) => {
		assert.deepEqual(items.map(({ label }) => label), ['The first one', 'azuredeploy.parameters.json', 'more.parameters.json']);
		return items[2];
	};
	await call('selectParameterFile');
	assert.equal(editor.settings['scaleset.parameterFile'], 'more.parameters.json');
	await call('review', template.uri);
	assert.match(editor.log.join('\n'), /Running scaleset review --format=html --parameters=more\.parameters\.json azuredeploy\.json/);
	editor.pick = (items) => items[0];
	await call('selectParameterFile');
	assert.equal(editor.settings['scaleset.parameterFile'], undefined);
});

/** Returns the rule whose page was shown last, and the page. */
async function shownRule(): Promise<[string, string]> {
	const uri = editor.executed.filter(({ command }) => command === 'markdown.showPreview').at(-1)?.args[0] as Uri;
	return [uri.path, String(await editor.contents.get('scaleset-rule')!.provideTextDocumentContent(uri))];
}

test('rules', async () => {
	await call('explainRule', 'SS4001');
	let [name, text] = await shownRule();
	assert.equal(name, '/SS4001.md');
	assert.match(text, /^# SS4001 capacity-limit/);
	editor.pick = (items: { label: string }[]) => items.find(({ label }) => label === 'SS2101');
	await call('explainRule');
	[name, text] = await shownRule();
	assert.equal(name, '/SS2101.md');
	editor.executed = [];
	await call('explainRule', '--help');
	assert.deepEqual(editor.executed, []);
	assert.equal(await editor.contents.get('scaleset-rule')!.provideTextDocumentContent(Uri.parse('scaleset-rule:/--help.md')), '');
});

test('rules of the project', async () => {
	const settings = path.join(folder, '.scaleset.yaml');
	fs.writeFileSync(settings, 'custom-rules:\n  - code: ORG001\n    name: org-sizes\n    for: scale-sets\n    assert: set.sku == "Standard_D4s_v5"\n    message: size {{ set.sku }} is not one of ours\n');
	editor.pick = (items: { label: string }[]) => items.find(({ label }) => label === 'ORG001');
	await call('explainRule');
	const [name, text] = await shownRule();
	fs.rmSync(settings);
	assert.equal(name, '/ORG001.md');
	assert.match(text, /org-sizes/);
});

test('a new template', async () => {
	const empty = path.join(folder, 'new');
	fs.mkdirSync(empty);
	editor.pick = (items: { label: string; detail: string }[]) => {
		assert.ok(items.length >= 14, `${items.length} scenarios`);
		return items.find(({ label }) => label === 'zonal');
	};
	editor.folder = () => Uri.file(empty);
	await call('newTemplate');
	assert.deepEqual(editor.messages, []);
	assert.deepEqual(fs.readdirSync(empty).sort(), ['azuredeploy.json', 'azuredeploy.parameters.json']);
	assert.equal(editor.shown.at(-1)?.fileName, path.join(empty, 'azuredeploy.json'));
	await call('newTemplate');
	assert.match(editor.messages.join(), /^error: scaleset: .*azuredeploy\.json exists already\. Choose another folder\.$/);
	fs.rmSync(empty, { recursive: true });
});

test('a finding offers the page of its rule', async () => {
	const file = path.join(folder, 'bad.json');
	const bad = editor.open(file, 'json', template.text.replace('"overprovision"', '"overprovisio"'));
	const diagnostics = await editor.diagnostics(bad);
	const provider = [...editor.providers.get('CodeActions')!].find(({ provider }) => provider.provideCodeActions?.name === 'explanations')!.provider;
	const [action] = provider.provideCodeActions!(bad, diagnostics[0]!.range, { diagnostics }) as { title: string; command: { command: string; arguments: string[] } }[];
	assert.match(action!.title, /^Explain SS\d+$/);
	assert.equal(action!.command.command, 'scaleset.explainRule');
	const line = (diagnostics[0]!.range as { start: { line: number } }).start.line;
	window.activeTextEditor = { document: bad, selection: new Selection(line, 0, line, 0), viewColumn: 1 };
	await call('explainRule');
	assert.equal((await shownRule())[0], `/${action!.command.arguments[0]}.md`);
	editor.close(bad);
});

test('references of a lens', async () => {
	const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
	await call('showReferences', template.uri.toString(), range.start, [{ uri: template.uri.toString(), range }]);
	const [shown] = editor.executed;
	assert.equal(shown?.command, 'editor.action.showReferences');
	assert.equal((shown?.args[2] as unknown[]).length, 1);
	await call('showReferences');
});

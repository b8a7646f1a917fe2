// The extension as VS Code runs it: activate() with a stand-in for the API, the real
// vscode-languageclient, and the real program.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import * as vscode from 'vscode';
import { activate, deactivate } from '../src/extension';
import { program, workspaceOf } from './program';
import { CancellationTokenSource, Disposable, editor, Position, Range, until, Uri, type TextDocument } from './vscode';

const token = new CancellationTokenSource().token;
const subscriptions: Disposable[] = [];
let folder: string;
let template: TextDocument;

before(async () => {
	folder = workspaceOf('current/linux-nat');
	const file = path.join(folder, 'azuredeploy.json');
	fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"overprovision"', '"overprovisio"'));
	editor.folders = [{ uri: Uri.file(folder), name: 'linux-nat', index: 0 }];
	editor.settings['scaleset.path'] = program();
	editor.settings['scaleset.deployment.location'] = 'westeurope';
	activate({ subscriptions, extensionPath: folder, extensionUri: Uri.file(folder) } as unknown as vscode.ExtensionContext);
	template = editor.open(file);
	await editor.diagnostics(template);
});

after(async () => {
	await deactivate();
	subscriptions.forEach((one) => one.dispose());
	fs.rmSync(folder, { recursive: true });
});

const codes = (all: { [key: string]: unknown }[]): string[] => all.map(({ code }) => String((code as { value?: string })?.value ?? code)).sort();

test('the template gets its language, and the server starts', () => {
	assert.equal(template.languageId, 'arm-template');
	assert.match(editor.log.join('\n'), /Starting .*scaleset.* lsp --location=westeurope \(from scaleset\.path\)/);
	assert.deepEqual(editor.messages, []);
});

test('the findings are shown, and go away with the mistake', async () => {
	const [found, ...others] = await editor.diagnostics(template);
	assert.deepEqual(others, []);
	assert.match(String(found?.message), /overprovisio/);
	assert.equal(found?.source, 'scaleset');
	const at = template.at('overprovisio|"');
	editor.type(template, new Range(at, at), 'n');
	await editor.diagnostics(template, (all) => all.length === 0);
	editor.type(template, new Range(at, new Position(at.line, at.character + 1)), '');
	assert.deepEqual(codes(await editor.diagnostics(template)), codes([found!]));
});

test('completion', async () => {
	const found = await editor.provider('CompletionItem', template).provideCompletionItems!(template, template.at("[parameters('|vmssName')"), token, { triggerKind: 0 });
	const labels = (Array.isArray(found) ? found : found.items).map((item: { label: unknown }) => item.label);
	assert.ok(labels.includes('instanceCount'), labels.join());
});

test('hover shows the value', async () => {
	const hover = await editor.provider('Hover', template).provideHover!(template, template.at("[parameters('inst|anceCount')]"), token);
	assert.match(hover.contents.value, /\b3\b/);
	assert.equal(hover.contents.isTrusted, false);
});

test('code lenses name commands of the extension', async () => {
	const lenses: { command: { command: string; title: string } }[] = await editor.provider('CodeLens', template).provideCodeLenses!(template, token);
	const named = lenses.map(({ command }) => command);
	assert.ok(named.some(({ command, title }) => command === 'scaleset.previewCapacity' && title.startsWith('3 instances')), JSON.stringify(named));
	for (const { command } of named) {
		assert.ok(editor.commands.has(command), `${command} is not a command of the extension`);
	}
});

test('the values of another parameter file', async () => {
	const file = path.join(folder, 'azuredeploy.parameters.prod.json');
	fs.writeFileSync(file, fs.readFileSync(path.join(folder, 'azuredeploy.parameters.json'), 'utf8').replace('"value": 3', '"value": 12'));
	const instances = async (): Promise<unknown> => {
		const lenses: { command: { command: string; arguments: unknown[] } }[] = await editor.provider('CodeLens', template).provideCodeLenses!(template, token);
		return lenses.find(({ command }) => command.command === 'scaleset.previewCapacity')?.command.arguments[2];
	};
	const becomes = (wanted: number): Promise<void> => until(async () => (await instances()) === wanted);
	// The server learns of the new file when the template changes: nothing watches files here.
	editor.type(template, new Range(0, 1, 0, 1), ' ');
	editor.set('scaleset.parameterFile', 'azuredeploy.parameters.prod.json');
	await becomes(12);
	editor.set('scaleset.parameterFile', undefined);
	await becomes(3);
	editor.type(template, new Range(0, 1, 0, 2), '');
	fs.rmSync(file);
});

test('inlay hints, once they are turned on', async () => {
	const hints = async (): Promise<{ label: unknown }[]> => editor.provider('InlayHints', template).provideInlayHints!(template, new Range(0, 0, template.lineCount, 0), token);
	assert.deepEqual(await hints(), []);
	editor.set('scaleset.inlayHints', true);
	await until(async () => (await hints()).length > 0);
	const labels = (await hints()).map(({ label }) => String(label));
	assert.ok(labels.some((label) => /\b3\b/.test(label)), labels.join(' '));
	editor.set('scaleset.inlayHints', undefined);
});

test('rename changes the parameter file too', async () => {
	const edit = await editor.provider('Rename', template).provideRenameEdits!(template, template.at("[parameters('inst|anceCount')]"), 'count', token);
	const changed = edit.entries().map(([uri, edits]: [Uri, unknown[]]) => `${path.basename(uri.fsPath)} ${edits.length}`).sort();
	assert.deepEqual(changed, ['azuredeploy.json 2', 'azuredeploy.parameters.json 1']);
});

test('a quick fix', async () => {
	const diagnostics = editor.diagnostics(template);
	const actions: { title: string; edit?: { entries(): unknown[] } }[] = await editor
		.provider('CodeActions', template)
		.provideCodeActions!(template, (await diagnostics)[0]!.range, { diagnostics: await diagnostics, only: undefined, triggerKind: 1 }, token);
	assert.ok(actions.some(({ title, edit }) => /overprovision\b/.test(title) && edit?.entries().length === 1), JSON.stringify(actions.map(({ title }) => title)));
});

test('a parameter file gets its language and its findings', async () => {
	const file = path.join(folder, 'azuredeploy.parameters.json');
	const text = fs.readFileSync(file, 'utf8').replace('"instanceCount"', '"instancesCount"');
	const parameters = editor.open(file, 'jsonc', text);
	const messages = (await editor.diagnostics(parameters)).map(({ message }) => String(message)).join('\n');
	assert.match(messages, /parameter instanceCount has no value/);
	assert.match(messages, /instancesCount/);
	assert.equal(parameters.languageId, 'arm-parameters');
	editor.close(parameters);
});

test('other JSON stays JSON, and so does a template whose language was chosen by hand', async () => {
	const settings = editor.open(path.join(folder, 'package.json'), 'json', '{ "name": "a" }');
	assert.equal(settings.languageId, 'json');
	editor.close(settings);
	const other = editor.open(path.join(folder, 'other.json'), 'json', template.text);
	await new Promise(setImmediate);
	assert.equal(other.languageId, 'arm-template');
	await vscode.languages.setTextDocumentLanguage(other as unknown as vscode.TextDocument, 'json');
	await new Promise(setImmediate);
	assert.equal(other.languageId, 'json');
	editor.close(other);
});

test('a document becomes a template while it is typed', async () => {
	const document = editor.open(Uri.parse('untitled:Untitled-1'), 'json', '{ }');
	assert.equal(document.languageId, 'json');
	editor.type(document, new Range(0, 1, 0, 1), ' "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"');
	const findings = await editor.diagnostics(document);
	assert.equal(document.languageId, 'arm-template');
	assert.match(findings.map(({ message }) => String(message)).join('\n'), /resources/);
	editor.close(document);
});

test('findings of a template that is not open', async () => {
	const file = Uri.file(path.join(folder, 'closed.json'));
	fs.writeFileSync(file.fsPath, template.text.replace('"singlePlacementGroup"', '"singlePlacementGrou"'));
	await until(() => vscode.languages.getDiagnostics(file).some(({ message }) => message.includes('singlePlacementGrou')));
	fs.rmSync(file.fsPath);
	await until(() => vscode.languages.getDiagnostics(file).length === 0);
});

test('other settings of the deployment restart the server', async () => {
	const before = editor.log.length;
	editor.set('scaleset.deployment.location', 'westus2');
	await until(() => editor.log.slice(before).some((line) => line.includes('--location=westus2')));
	await editor.diagnostics(template);
});

test('without the program, one message says what to do', async () => {
	editor.messages = [];
	editor.set('scaleset.path', path.join(folder, 'missing'));
	await until(() => editor.messages.length > 0);
	assert.equal(editor.messages.length, 1);
	assert.match(editor.messages[0]!, /error: scaleset: The setting scaleset\.path names a program that cannot be started: .*missing\. Correct the path/);
	editor.open(path.join(folder, 'azuredeploy.json'));
	await new Promise((done) => setTimeout(done, 100));
	assert.equal(editor.messages.length, 1);
	await vscode.commands.executeCommand('scaleset.review', template.uri);
	assert.equal(editor.messages.length, 2, 'a command says it again');
});

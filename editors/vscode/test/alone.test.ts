// A file that is opened without a workspace, and one outside of it.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import * as vscode from 'vscode';
import { activate, deactivate } from '../src/extension';
import { program, workspaceOf } from './program';
import { editor, Uri } from './vscode';

let folder: string;

before(() => {
	folder = workspaceOf('current/zonal');
	editor.settings['scaleset.path'] = program();
	activate({ subscriptions: [], extensionPath: folder, extensionUri: Uri.file(folder) } as unknown as vscode.ExtensionContext);
});
after(async () => {
	await deactivate();
	fs.rmSync(folder, { recursive: true });
});

test('nothing runs before a template is open', async () => {
	editor.open(Uri.file(path.join(folder, 'settings.json')), 'json', '{ "a": 1 }');
	await new Promise((done) => setTimeout(done, 100));
	assert.deepEqual(editor.log, []);
});

test('a template without a workspace', async () => {
	const file = path.join(folder, 'azuredeploy.json');
	fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"orchestrationMode"', '"orchestrationMod"'));
	const template = editor.open(file);
	assert.match(String((await editor.diagnostics(template))[0]?.message), /orchestrationMod/);
	await editor.commands.get('scaleset.graph')!();
	assert.match(editor.panels.at(-1)?.webview.html ?? '', /<svg/);
	assert.match(editor.log.join('\n'), /Running scaleset graph azuredeploy\.json/);
});

test('a template outside of the workspace', async () => {
	const other = workspaceOf('current/spot');
	editor.folders = [{ uri: Uri.file(other), name: 'other', index: 0 }];
	await editor.commands.get('scaleset.review')!(Uri.file(path.join(folder, 'azuredeploy.json')));
	fs.rmSync(other, { recursive: true });
	assert.match(editor.panels.at(-1)?.webview.html ?? '', /Review of azuredeploy\.json/);
	assert.deepEqual(editor.messages, []);
});

test('a file whose name begins with a dash', async () => {
	const file = path.join(folder, '--version.json');
	fs.copyFileSync(path.join(folder, 'azuredeploy.json'), file);
	await editor.commands.get('scaleset.graph')!(Uri.file(file));
	assert.match(editor.log.join('\n'), /Running scaleset graph \.\/--version\.json/);
	assert.match(editor.panels.at(-1)?.title ?? '', /--version\.json/);
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { test } from 'node:test';

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8'));

test('the package has what runs, and nothing else', () => {
	const listed = execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'], { encoding: 'utf8' }).trim().split('\n').map((name) => name.trim());
	const allowed = /^(package\.json|README\.md|LICENSE|icon\.png|language-configuration\.json|dist\/(extension\.js|NOTICES\.txt)|syntaxes\/[a-z-]+\.tmLanguage\.json|media\/[a-z-]+\.(svg|png|md)|bin\/[a-z0-9]+-[a-z0-9]+\/scaleset(\.exe)?)$/;
	assert.deepEqual(listed.filter((name) => !allowed.test(name)), []);
	assert.ok(listed.includes('dist/extension.js'));
});

test('every file that package.json names is in the package', () => {
	const named = JSON.stringify(manifest).match(/"\.?\/?(?:dist|media|syntaxes)\/[^"]+"|"\.?\/?[a-z-]+\.(?:png|json)"/g)?.map((name) => name.slice(1, -1)) ?? [];
	assert.ok(named.length > 5, named.join());
	for (const name of named) {
		assert.ok(fs.existsSync(name), name);
	}
});

test('the bundle is small and has no other modules to load', () => {
	const bundle = fs.readFileSync('dist/extension.js', 'utf8');
	assert.ok(bundle.length < 600_000, `${bundle.length} characters`);
	const loaded = new Set([...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name));
	loaded.delete('vscode');
	for (const name of loaded) {
		assert.match(String(name), /^(node:)?(assert|child_process|crypto|fs|net|os|path|process|string_decoder|url|util)$/);
	}
});

test('the lock file names no host', () => {
	assert.doesNotMatch(fs.readFileSync('package-lock.json', 'utf8'), /"resolved": "http/);
});

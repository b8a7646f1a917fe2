// The grammars, with the tokenizer of VS Code and its grammar of JSON with comments.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { before, test } from 'node:test';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';
import { root } from './program';

const { grammars } = JSON.parse(fs.readFileSync('package.json', 'utf8')).contributes as { grammars: { scopeName: string; path: string; injectTo?: string[] }[] };
const files = new Map([...grammars.map(({ scopeName, path }): [string, string] => [scopeName, path]), ['source.json.comments', 'node_modules/tm-grammars/grammars/jsonc.json']]);
let template: textmate.IGrammar;
let parameters: textmate.IGrammar;

before(async () => {
	const wasm = fs.readFileSync('node_modules/vscode-oniguruma/release/onig.wasm');
	await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
	const registry = new textmate.Registry({
		onigLib: Promise.resolve({ createOnigScanner: (all) => new oniguruma.OnigScanner(all), createOnigString: (text) => new oniguruma.OnigString(text) }),
		loadGrammar: async (scope) => {
			const file = files.get(scope);
			return file === undefined ? null : textmate.parseRawGrammar(fs.readFileSync(file, 'utf8'), file);
		},
		getInjections: (scope) => grammars.filter(({ injectTo }) => injectTo?.includes(scope)).map(({ scopeName }) => scopeName),
	});
	template = (await registry.loadGrammar('source.json.arm-template'))!;
	parameters = (await registry.loadGrammar('source.json.arm-parameters'))!;
});

/** Lists the parts of a text with their innermost scope, without spaces; `*` marks those in an expression. */
function parts(text: string, grammar = template): string[] {
	let state = textmate.INITIAL;
	return text.split('\n').flatMap((line) => {
		const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
		state = ruleStack;
		return tokens
			.map(({ startIndex, endIndex, scopes }) => {
				const inside = scopes.some((scope) => scope.startsWith('meta.embedded'));
				const scope = scopes.at(-1)!.replace(/\.(arm-expression|json\.comments|arm-template)$/, '');
				return { text: line.slice(startIndex, endIndex), shown: `${inside ? '*' : ''}${line.slice(startIndex, endIndex)} ${scope}` };
			})
			.filter(({ text }) => text.trim() !== '')
			.map(({ shown }) => shown);
	});
}

/** Lists the parts of the expressions in the value of one member. */
const expression = (value: string): string[] => parts(`{ "a": "${value}" }`).filter((part) => part.startsWith('*')).map((part) => part.slice(1));

test('a call with arguments', () => {
	assert.deepEqual(expression("[concat(parameters('name'), '-', 12, -3)]"), [
		'[ punctuation.section.embedded.begin',
		'concat entity.name.function',
		'( punctuation.section.arguments.begin',
		'parameters entity.name.function',
		'( punctuation.section.arguments.begin',
		"' punctuation.definition.string.begin",
		'name string.quoted.single',
		"' punctuation.definition.string.end",
		') punctuation.section.arguments.end',
		', punctuation.separator.arguments',
		"' punctuation.definition.string.begin",
		'- string.quoted.single',
		"' punctuation.definition.string.end",
		', punctuation.separator.arguments',
		'12 constant.numeric',
		', punctuation.separator.arguments',
		'-3 constant.numeric',
		') punctuation.section.arguments.end',
		'] punctuation.section.embedded.end',
	]);
});

test('members, elements and functions of the template', () => {
	assert.deepEqual(expression("[contoso.name(variables('a')[0].b.?c[?x])]").map((part) => part.replace(/ .*\./, ' ')), [
		'[ begin', 'contoso namespace', '. accessor', 'name function', '( begin', 'variables function', '( begin', "' begin", 'a single', "' end", ') end',
		'[ begin', '0 numeric', '] end', '. accessor', 'b property', '.? accessor', 'c property', '[? begin', 'x other', '] end', ') end', '] end',
	]);
});

test('quotes, escapes and places in strings', () => {
	const shown = expression("[format('it''s \\\"{0}\\\" {1:d}', \\\"b)]");
	assert.deepEqual(shown.filter((part) => /escape|placeholder/.test(part)), [
		"'' constant.character.escape",
		'\\" constant.character.escape',
		'{0} constant.other.placeholder',
		'\\" constant.character.escape',
		'{1:d} constant.other.placeholder',
		'\\" constant.character.escape',
	]);
	assert.equal(shown.at(-1), '] punctuation.section.embedded.end');
});

test('what is not an expression', () => {
	for (const value of ['[[concat()]', '[concat()] ', ' [concat()]', '[concat()', 'a[0]', '\\"[concat()]', '[a] tail', '', '[']) {
		assert.deepEqual(expression(value), [], value);
	}
	assert.deepEqual(parts('{ "[concat()]": 1 }').filter((part) => part.startsWith('*')), [], 'a name');
	assert.deepEqual(parts('// "[concat()]"').filter((part) => part.startsWith('*')), [], 'a comment');
	assert.deepEqual(parts('{ "a": "[concat()]" }', parameters).filter((part) => part.startsWith('*')), [], 'a parameter file');
	assert.ok(parts('{ "a": "[[b]" }').includes('[ constant.character.escape'));
	assert.ok(!parts('{ "a": "[[b" }').includes('[ constant.character.escape'));
});

test('an expression ends with its string, broken or not', () => {
	for (const value of ["[concat('a]", '[a[0]', '[a((]', "['']", '[]', "[a['b']]", "[']']"]) {
		const after = parts(`{ "a": "${value}", "b": "c" }`).filter((part) => part.startsWith('b ') || part.startsWith('c '));
		assert.deepEqual(after, ['b support.type.property-name', 'c string.quoted.double'], value);
	}
});

test('an expression in several lines', () => {
	const shown = parts('{ "a": "[concat(\n  \'b\',\n  1)]", "c": 2 }');
	assert.ok(shown.includes('*b string.quoted.single'));
	assert.ok(shown.includes('*1 constant.numeric'));
	assert.ok(shown.includes('2 constant.numeric'));
});

test('the expressions of the examples', () => {
	let seen = 0;
	for (const entry of fs.readdirSync(path.join(root, 'examples'), { recursive: true, withFileTypes: true })) {
		if (entry.name !== 'azuredeploy.json') {
			continue;
		}
		const text = fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
		const shown = parts(text);
		const wanted = text.match(/"\[(?!\[)(?:[^"\\]|\\.)*\]"(?!\s*:)/g)?.length ?? 0;
		assert.equal(shown.filter((part) => part === '*[ punctuation.section.embedded.begin').length, wanted, entry.parentPath);
		assert.equal(shown.filter((part) => part === '*] punctuation.section.embedded.end').length, wanted, entry.parentPath);
		assert.deepEqual(shown.filter((part) => part.includes('invalid')), []);
		seen += wanted;
	}
	assert.ok(seen > 200, `${seen} expressions`);
});

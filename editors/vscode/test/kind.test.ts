import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { kindOf, kindOfName } from '../src/kind';
import { root } from './program';

const schema = (file: string): string => `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/${file}"`;

test('the kind of a text', () => {
	const cases: [string, string | undefined][] = [
		[`{ ${schema('deploymentTemplate.json#')}, "resources": [] }`, 'arm-template'],
		[`{ ${schema('subscriptionDeploymentTemplate.json')} }`, 'arm-template'],
		[`{ ${schema('MANAGEMENTGROUPDEPLOYMENTTEMPLATE.json#')} }`, 'arm-template'],
		[`{ ${schema('tenantDeploymentTemplate.json#')} }`, 'arm-template'],
		[`{ ${schema('deploymentParameters.json#')}, "parameters": {} }`, 'arm-parameters'],
		[`{ ${schema('subscriptionDeploymentParameters.json#')} }`, 'arm-parameters'],
		[`{ ${schema('createUIDefinition.MultiVm.json#')}, "parameters": {} }`, undefined],
		[`{ ${schema('deploymentTemplat.json#')}, "contentVersion": "1.0.0.0", "resources": [] }`, 'arm-template'],
		[`\ufeff// a comment with "{"\n/* { */ { /* "a": */ ${schema('deploymentTemplate.json#')} }`, 'arm-template'],
		[`{ "a": "\\"", "b": [{ "c": "}" }], ${schema('deploymentTemplate.json#')}`, 'arm-template'],
		[`{ ${schema('deploymentTemplate.json#')} "resources": [ {`, 'arm-template'],
		['{ "contentVersion": "1.0.0.0", "resources": [] }', 'arm-template'],
		['{ "parameters": {}, "variables": {}, "resources": [] }', 'arm-template'],
		['{ "contentVersion": "1.0.0.0", "parameters": { "a": { "value": 1 } } }', 'arm-parameters'],
		// In a nested template, in a value, in a comment: not the document's own.
		[`{ "properties": { "template": { ${schema('deploymentTemplate.json#')}, "resources": [] } } }`, undefined],
		[`{ "a": "$schema", "b": "deploymentTemplate.json" }`, undefined],
		[`{ /* ${schema('deploymentTemplate.json#')} */ "a": 1 }`, undefined],
		[`[{ ${schema('deploymentTemplate.json#')} }]`, undefined],
		['{ "name": "package", "resources": {} }', undefined],
		['"a"', undefined],
		['', undefined],
		['{', undefined],
		['{ "', undefined],
		['{ /*', undefined],
	];
	for (const [text, want] of cases) {
		assert.equal(kindOf(text), want, text);
	}
});

test('a text that was cut off anywhere', () => {
	const text = `{ "a": "\\u0041", ${schema('deploymentTemplate.json#')}, "resources": [ { "name": "[concat('{', \\"b\\")]" } ] } // end`;
	for (let n = 0; n <= text.length; n++) {
		kindOf(text.slice(0, n));
	}
	assert.equal(kindOf('{"a":' + '"x",'.repeat(1e6)), undefined);
	assert.equal(kindOf('{'.repeat(1e6)), undefined);
});

test('the templates and parameter files of the repository', () => {
	let seen = 0;
	for (const entry of fs.readdirSync(path.join(root, 'examples'), { recursive: true, withFileTypes: true })) {
		const file = path.join(entry.parentPath, entry.name);
		if (entry.isFile() && /^azuredeploy.*\.json$/.test(entry.name)) {
			assert.equal(kindOf(fs.readFileSync(file, 'utf8')), entry.name.includes('.parameters.') ? 'arm-parameters' : 'arm-template', file);
			seen++;
		}
	}
	assert.ok(seen > 20, `${seen} files`);
});

test('the kind of an empty document', () => {
	assert.equal(kindOfName('/w/azuredeploy.json'), 'arm-template');
	assert.equal(kindOfName('C:\\w\\mainTemplate.json'), 'arm-template');
	assert.equal(kindOfName('/w/web.parameters.json'), 'arm-parameters');
	assert.equal(kindOfName('/w/web.parameters.prod.json'), 'arm-parameters');
	assert.equal(kindOfName('/w/package.json'), undefined);
	assert.equal(kindOfName('/azuredeploy.json/settings.json'), undefined);
});

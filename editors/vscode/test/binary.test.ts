import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findProgram, isProgram, type Places } from '../src/binary';
import { deploymentFlags } from '../src/settings';

const places = (programs: string[], more: Partial<Places> = {}): Places => ({
	setting: '',
	extension: '/ext',
	platform: 'linux',
	arch: 'x64',
	env: { PATH: '/usr/bin:/usr/local/bin' },
	isProgram: (file) => programs.includes(file),
	...more,
});

test('the setting is used first, then the program of the extension, then PATH', () => {
	const all = ['/opt/scaleset', '/ext/bin/linux-x64/scaleset', '/usr/local/bin/scaleset'];
	assert.deepEqual(findProgram(places(all, { setting: ' /opt/scaleset ' })), { program: '/opt/scaleset', from: 'setting' });
	assert.deepEqual(findProgram(places(all)), { program: '/ext/bin/linux-x64/scaleset', from: 'extension' });
	assert.deepEqual(findProgram(places(all.slice(2))), { program: '/usr/local/bin/scaleset', from: 'path' });
});

test('a setting that is wrong is not replaced by another program', () => {
	const all = ['/ext/bin/linux-x64/scaleset', '/usr/bin/scaleset'];
	for (const setting of ['/opt/scaleset', 'scaleset', './scaleset', '~/scaleset']) {
		const found = findProgram(places(all, { setting }));
		assert.ok('problem' in found && found.setting && found.problem.includes(setting), setting);
	}
});

test('without a program, the message says what to do', () => {
	const found = findProgram(places([]));
	assert.ok('problem' in found);
	assert.match(found.problem, /linux-x64.*Install it, or set scaleset\.path/);
});

test('a program in a relative folder of PATH is not started', () => {
	for (const PATH of ['.', '', 'bin', './bin', ':/usr/bin:']) {
		const found = findProgram(places(['scaleset', './scaleset', 'bin/scaleset'], { env: { PATH } }));
		assert.ok('problem' in found, PATH);
	}
});

test('Windows', () => {
	const windows = { platform: 'win32' as const, extension: 'C:\\ext', env: { Path: 'C:\\tools;D:\\bin' } };
	assert.deepEqual(findProgram(places(['D:\\bin\\scaleset.exe'], windows)), { program: 'D:\\bin\\scaleset.exe', from: 'path' });
	assert.deepEqual(findProgram(places(['C:\\ext\\bin\\win32-x64\\scaleset.exe'], windows)), { program: 'C:\\ext\\bin\\win32-x64\\scaleset.exe', from: 'extension' });
	assert.ok('problem' in findProgram(places(['D:\\bin\\scaleset.cmd'], windows)));
});

test('a folder and a file that cannot be started are not programs', () => {
	assert.equal(isProgram(process.execPath), true);
	assert.equal(isProgram('/'), false);
	assert.equal(isProgram('package.json'), process.platform === 'win32');
	assert.equal(isProgram('missing'), false);
});

test('the flags of the deployment', () => {
	assert.deepEqual(deploymentFlags({}), []);
	assert.deepEqual(deploymentFlags({ location: ' ', resourceGroup: '' }), []);
	assert.deepEqual(deploymentFlags({ location: 'westus2', resourceGroup: '--config=x', subscriptionId: '1' }), ['--location=westus2', '--resource-group=--config=x', '--subscription-id=1']);
});

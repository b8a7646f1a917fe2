// Makes the packages that VS Code installs (.vsix).
//
//   npm run package                          with the program, for the system that it runs on
//   npm run package -- --target win32-arm64  for another system; repeatable
//   npm run package -- --all                 for all systems, and one without the program
//   npm run package -- --no-program          without the program
//   npm run package -- --version 1.2.3       with another version than that of package.json
import vsce from '@vscode/vsce';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './build.mjs';

const root = path.resolve('../..');
// The names of VS Code for systems, and those of Go.
const systems = {
	'linux-x64': ['linux', 'amd64'],
	'linux-arm64': ['linux', 'arm64'],
	'alpine-x64': ['linux', 'amd64'],
	'alpine-arm64': ['linux', 'arm64'],
	'darwin-x64': ['darwin', 'amd64'],
	'darwin-arm64': ['darwin', 'arm64'],
	'win32-x64': ['windows', 'amd64'],
	'win32-arm64': ['windows', 'arm64'],
};
const bare = 'no-program';

const { values } = parseArgs({
	options: { target: { type: 'string', multiple: true }, all: { type: 'boolean' }, 'no-program': { type: 'boolean' }, version: { type: 'string' } },
});
const targets = values.all ? [...Object.keys(systems), bare] : (values.target ?? (values['no-program'] ? [bare] : [`${process.platform}-${process.arch}`]));
for (const target of targets) {
	if (target !== bare && !(target in systems)) {
		console.error(`package: there is no package for ${target}. Use one of: ${Object.keys(systems).join(', ')}, or --no-program.`);
		process.exit(2);
	}
}
const version = values.version ?? JSON.parse(readFileSync('package.json', 'utf8')).version;

const inputs = Object.keys((await bundle()).inputs);
const notices = noticesOf(inputs);
copyFileSync(path.join(root, 'LICENSE'), 'LICENSE');
let programNotices;
for (const target of targets) {
	rmSync('bin', { recursive: true, force: true });
	writeFileSync('dist/NOTICES.txt', notices);
	if (target !== bare) {
		build(target);
		programNotices ??= execFileSync('bash', ['.ci/notices'], { cwd: root, encoding: 'utf8' });
		writeFileSync('dist/NOTICES.txt', notices + programNotices);
	}
	const file = `scaleset-${version}${target === bare ? '' : `-${target}`}.vsix`;
	rmSync(file, { force: true });
	await vsce.createVSIX({
		packagePath: file,
		dependencies: false, // all of them are in the bundle
		version,
		updatePackageJson: false,
		gitTagVersion: false,
		...(target === bare ? {} : { target }),
	});
	console.log(`${file}: ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB`);
}

/** Builds the program for a system into bin, where the extension looks for it. */
function build(target) {
	const [os, arch] = systems[target];
	const folder = path.join('bin', target.replace('alpine', 'linux'));
	const program = path.resolve(folder, os === 'windows' ? 'scaleset.exe' : 'scaleset');
	mkdirSync(folder, { recursive: true });
	execFileSync('go', ['build', '-trimpath', '-ldflags', `-s -w -X main.version=${version}`, '-o', program, './cmd/scaleset'], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, CGO_ENABLED: '0', GOOS: os, GOARCH: arch },
	});
}

/** Returns the licences of the npm packages in the bundle. */
function noticesOf(inputs) {
	const folders = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
	return [...folders].sort().map((folder) => {
		const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
		const licence = readdirSync(folder).find((file) => /^licen[sc]e/i.test(file));
		if (licence === undefined || !existsSync(path.join(folder, licence))) {
			throw new Error(`${name} has no licence`);
		}
		return `${name} ${version}\n\n${readFileSync(path.join(folder, licence), 'utf8')}\n${'-'.repeat(60)}\n\n`;
	}).join('');
}

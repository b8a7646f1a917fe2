// Bundles the extension into dist, and with --tests the tests into out.
import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';

const common = { bundle: true, platform: 'node', target: 'node18', format: 'cjs', logLevel: 'warning' };

/** Bundles the extension; returns what it consists of. */
export async function bundle() {
	rmSync('dist', { recursive: true, force: true });
	const { metafile } = await build({
		...common,
		entryPoints: ['src/extension.ts'],
		outfile: 'dist/extension.js',
		external: ['vscode'],
		minify: true,
		keepNames: true,
		metafile: true,
	});
	return metafile;
}

async function tests() {
	rmSync('out', { recursive: true, force: true });
	await build({
		...common,
		entryPoints: readdirSync('test').filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`),
		outdir: 'out',
		sourcemap: 'inline',
		// The tests have their own part of the API of VS Code.
		alias: { vscode: './test/vscode.ts' },
		external: ['vscode-oniguruma', 'vscode-textmate'],
	});
}

if (process.argv[1] === import.meta.filename || process.argv[1]?.endsWith('build.mjs')) {
	await (process.argv.includes('--tests') ? tests() : bundle());
}

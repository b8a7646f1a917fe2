// Takes the pictures of the walkthrough in a real VS Code, which also shows that the extension works
// there. CONTRIBUTING.md says what to install.
//
//   node pictures.mjs CODE-SERVER-FOLDER PACKAGE.vsix
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const [codeServer, vsix] = process.argv.slice(2);
if (vsix === undefined) {
	console.error('usage: node pictures.mjs CODE-SERVER-FOLDER PACKAGE.vsix');
	process.exit(2);
}
const { chromium } = createRequire(path.resolve(codeServer, 'package.json'))('playwright-core');
const port = 8123;
const temp = mkdtempSync(path.join(tmpdir(), 'pictures-'));
const work = path.join(temp, 'web');
const settings = {
	'workbench.startupEditor': 'none',
	'workbench.colorTheme': 'Default Light Modern',
	'security.workspace.trust.enabled': false,
	'telemetry.telemetryLevel': 'off',
	'editor.minimap.enabled': false,
	'editor.stickyScroll.enabled': false,
	'scm.diffDecorations': 'none',
	'git.blame.statusBarItem.enabled': false,
};

// A template with a mistake, and a change since the last commit.
cpSync('../../examples/current/linux-nat', work, { recursive: true });
execFileSync('git', ['init', '-q'], { cwd: work });
execFileSync('git', ['add', '-A'], { cwd: work });
execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'first'], { cwd: work });
const change = (name, from, to) => writeFileSync(path.join(work, name), readFileSync(path.join(work, name), 'utf8').replace(from, to));
change('azuredeploy.json', '"overprovision"', '"overprovisio"');
change('azuredeploy.json', '"Manual"', '"Automatic"');
change('azuredeploy.parameters.json', '"value": 3', '"value": 5');
mkdirSync(path.join(temp, 'data', 'User'), { recursive: true });
writeFileSync(path.join(temp, 'data', 'User', 'settings.json'), JSON.stringify(settings));

const entry = path.resolve(codeServer, 'node_modules/code-server/out/node/entry.js');
const folders = ['--extensions-dir', path.join(temp, 'extensions'), '--user-data-dir', path.join(temp, 'data')];
const env = { ...process.env, HOME: temp };
execFileSync(process.execPath, [entry, ...folders, '--install-extension', path.resolve(vsix)], { env, stdio: ['ignore', 'ignore', 'inherit'] });
const server = spawn(process.execPath, [entry, ...folders, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'], { env, stdio: 'ignore' });

try {
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
	await pictures(await browser.newPage({ viewport: { width: 1280, height: 760 } }));
	await browser.close();
} finally {
	server.kill();
	rmSync(temp, { recursive: true, force: true });
}

async function pictures(page) {
	page.setDefaultTimeout(120_000);
	const wait = (milliseconds) => page.waitForTimeout(milliseconds);
	const press = async (...keys) => {
		for (const key of keys) {
			await page.keyboard.press(key);
			await wait(400);
		}
	};
	const type = async (text) => {
		await page.keyboard.type(text, { delay: 15 });
		await wait(800);
		await press('Enter');
		await wait(1000);
	};
	const command = async (name) => {
		await press('F1');
		await type(name);
	};
	const open = async () => {
		await command('View: Close All Editors');
		await page.locator('.explorer-folders-view .monaco-icon-label[aria-label*="azuredeploy.json"]').first().dblclick();
		await page.locator('.codelens-decoration').first().waitFor({ state: 'attached' });
		await wait(1500);
	};
	const lines = readFileSync(path.join(work, 'azuredeploy.json'), 'utf8').split('\n');
	const goto = async (text) => {
		const line = lines.findIndex((one) => one.includes(text));
		await press('Control+g');
		await type(`${line + 1}:${lines[line].indexOf(text) + 1}`);
	};
	const save = async (name, clip) => {
		const file = path.join('media', `${name}.png`);
		await page.screenshot({ path: file, ...(clip ? { clip } : {}) });
		// Smaller, where pngquant is installed.
		spawnSync('pngquant', ['--force', '--speed', '1', '--quality', '60-90', '64', '--output', file, file]);
	};

	for (let tries = 0; ; tries++) {
		try {
			await page.goto(`http://127.0.0.1:${port}/?folder=${work}`, { waitUntil: 'domcontentloaded' });
			break;
		} catch (error) {
			if (tries > 30) {
				throw error;
			}
			await wait(500);
		}
	}
	await page.locator('.explorer-folders-view [aria-label*="azuredeploy.json"]').first().waitFor();
	await wait(2500);
	const closeUp = { x: 48, y: 190, width: 860, height: 430 };
	await open();
	await press('Control+b');
	await goto('"overprovisio"');
	await press('Control+.');
	await page.locator('text=Write overprovision').first().waitFor();
	await save('findings', closeUp);
	await press('Escape');
	const capacity = "instanceCount')";
	await goto(capacity);
	await press('Control+k', 'Control+i');
	await page.locator('text=value of parameter instanceCount').first().waitFor();
	await wait(1000);
	await save('values', closeUp);
	await press('Escape');
	await page.locator('.codelens-decoration a', { hasText: /5 instances/ }).first().click();
	await wait(800);
	await type('9, -2');
	await wait(4000);
	await save('preview');
	await press('Control+b');
	await open();
	await press('Control+b');
	await goto(capacity);
	await command('Scaleset: Review');
	await wait(4000);
	await save('review');
}

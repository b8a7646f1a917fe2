// The scaleset program that the tests start, and copies of the examples of the repository.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** The root of the repository. The tests run in the folder of the extension. */
export const root = path.resolve('../..');

/** Returns the program of SCALESET_PROGRAM, or builds it. */
export function program(): string {
	const given = process.env.SCALESET_PROGRAM;
	if (given) {
		return path.resolve(given);
	}
	const built = path.resolve('out', process.platform === 'win32' ? 'scaleset.exe' : 'scaleset');
	execFileSync('go', ['build', '-o', built, './cmd/scaleset'], { cwd: root, stdio: 'inherit' });
	return built;
}

/** Makes a folder with a copy of the files of an example. */
export function workspaceOf(example: string): string {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'scaleset-')));
	const from = path.join(root, 'examples', example);
	for (const name of fs.readdirSync(from)) {
		fs.copyFileSync(path.join(from, name), path.join(folder, name));
	}
	return folder;
}

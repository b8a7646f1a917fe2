// Where the scaleset program is.

import * as fs from 'node:fs';
import * as path from 'node:path';

/** What the search for the program depends on. */
export interface Places {
	/** The setting scaleset.path; '' if it is not set. */
	setting: string;
	/** The folder of the extension. */
	extension: string;
	platform: NodeJS.Platform;
	arch: string;
	env: NodeJS.ProcessEnv;
	/** Reports whether a file exists and can be started. */
	isProgram(file: string): boolean;
}

export type Found = { program: string; from: 'setting' | 'extension' | 'path' } | { problem: string; setting: boolean };

/** Finds the program: the one of the setting, the one of the extension, or the one on PATH. */
export function findProgram(places: Places): Found {
	const join = places.platform === 'win32' ? path.win32 : path.posix;
	const name = places.platform === 'win32' ? 'scaleset.exe' : 'scaleset';
	const setting = places.setting.trim();
	if (setting !== '') {
		if (!join.isAbsolute(setting)) {
			return { setting: true, problem: `The setting scaleset.path is not an absolute path: ${setting}. Write the full path of the scaleset program.` };
		}
		if (!places.isProgram(setting)) {
			return { setting: true, problem: `The setting scaleset.path names a program that cannot be started: ${setting}. Correct the path, or remove the setting.` };
		}
		return { program: setting, from: 'setting' };
	}
	const bundled = join.join(places.extension, 'bin', `${places.platform}-${places.arch}`, name);
	if (places.isProgram(bundled)) {
		return { program: bundled, from: 'extension' };
	}
	// The system would also search the current folder, which may be a stranger's workspace, so PATH is
	// searched here, and relative folders in it are skipped.
	const variable = Object.keys(places.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	for (const folder of (places.env[variable] ?? '').split(join.delimiter)) {
		const file = join.join(folder, name);
		if (join.isAbsolute(folder) && places.isProgram(file)) {
			return { program: file, from: 'path' };
		}
	}
	return {
		setting: false,
		problem: `The scaleset program was not found: this build of the extension has none for ${places.platform}-${places.arch}, and PATH has none. Install it, or set scaleset.path.`,
	};
}

/** Reports whether a file exists and can be started. */
export function isProgram(file: string): boolean {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		return fs.statSync(file).isFile();
	} catch {
		return false;
	}
}

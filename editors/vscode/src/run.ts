// Runs the program for one result.

import { execFile } from 'node:child_process';

/** A run that has ended. */
export interface Ended {
	/** The result, if there is one. */
	text: string;
	/** Why there is none: what the program said. */
	problem?: string;
	/** What the program said beside the result. */
	notices: string;
}

/** How long one run takes at most, in milliseconds. */
const longest = 120_000;

/**
 * Runs the program without a shell. Exit code 1 is a result with findings; rejects only if the signal
 * is aborted.
 */
export function run(program: string, args: readonly string[], cwd: string, signal?: AbortSignal): Promise<Ended> {
	const env = { ...process.env, NO_COLOR: '1' };
	return new Promise((resolve, reject) => {
		execFile(program, args, { cwd, env, signal, shell: false, windowsHide: true, maxBuffer: 64 << 20, timeout: longest }, (error, text, notices) => {
			if (signal?.aborted) {
				reject(error);
			} else if (!error || (error.code === 1 && text !== '')) {
				resolve({ text, notices });
			} else if (error.killed) {
				resolve({ text: '', notices, problem: `scaleset ${args[0] ?? ''} was stopped after ${longest / 1000} seconds, or because its result is too long.` });
			} else {
				resolve({ text: '', notices, problem: saidBy(notices) || error.message });
			}
		});
	});
}

/** Returns the message of the program without its name. */
export function saidBy(notices: string): string {
	return notices.trim().replace(/^scaleset: /gm, '');
}

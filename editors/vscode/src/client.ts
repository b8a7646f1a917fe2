// The client of the language server.

import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, State, type LanguageClientOptions } from 'vscode-languageclient/node';
import { findProgram, isProgram, type Found } from './binary';
import { kinds } from './kind';
import { deploymentFlags } from './settings';

const help = 'https://github.com/scaleset/scaleset/blob/main/docs/editors.md';

/** The language server: at most one runs. */
export class Server implements vscode.Disposable {
	private client: LanguageClient | undefined;
	private starting: Promise<void> | undefined;
	private told = false; // that the program was not found
	private readonly status: vscode.LanguageStatusItem;

	constructor(
		private readonly context: vscode.ExtensionContext,
		readonly output: vscode.LogOutputChannel,
	) {
		this.status = vscode.languages.createLanguageStatusItem('scaleset.server', [...kinds]);
		this.status.name = 'Scaleset';
		this.status.command = { command: 'scaleset.showOutput', title: 'Show Output' };
		this.show('not started', false);
	}

	/** Finds the program that the settings mean. */
	find(): Found {
		return findProgram({
			setting: vscode.workspace.getConfiguration('scaleset').get<string>('path', ''),
			extension: this.context.extensionPath,
			platform: process.platform,
			arch: process.arch,
			env: process.env,
			isProgram,
		});
	}

	/** Finds the program; if there is none, tells the user what to do, and returns undefined. */
	program(): string | undefined {
		const found = this.find();
		if ('program' in found) {
			return found.program;
		}
		this.told = false; // a command always says why it does nothing
		this.missing(found);
		return undefined;
	}

	/** Starts the server for a document, unless it runs. */
	async start(document?: vscode.TextDocument): Promise<void> {
		this.starting ??= this.begin(document).finally(() => {
			this.starting = undefined;
		});
		await this.starting;
	}

	/** Stops the server, and starts it again with the settings as they are now. */
	async restart(): Promise<void> {
		await this.stop();
		this.told = false;
		await this.start(vscode.window.activeTextEditor?.document);
	}

	/** Stops the server. */
	async stop(): Promise<void> {
		await this.starting?.catch(() => undefined);
		const client = this.client;
		this.client = undefined;
		await client?.dispose(2000).catch((error: unknown) => this.output.warn(`The server did not stop: ${String(error)}`));
	}

	dispose(): void {
		void this.stop();
		this.status.dispose();
	}

	private async begin(document: vscode.TextDocument | undefined): Promise<void> {
		if (this.client) {
			return;
		}
		const found = this.find();
		if (!('program' in found)) {
			this.missing(found);
			return;
		}
		const args = ['lsp', ...deploymentFlags(vscode.workspace.getConfiguration('scaleset').get('deployment', {}))];
		this.output.info(`Starting ${found.program} ${args.join(' ')} (${{ setting: 'from scaleset.path', extension: 'of the extension', path: 'found on PATH' }[found.from]})`);
		const options: LanguageClientOptions = {
			documentSelector: kinds.flatMap((language) => [
				{ scheme: 'file', language },
				{ scheme: 'untitled', language },
			]),
			synchronize: { configurationSection: 'scaleset' },
			outputChannel: this.output,
			revealOutputChannelOn: RevealOutputChannelOn.Never,
			markdown: { isTrusted: false, supportHtml: false },
		};
		const client = new LanguageClient('scaleset', 'Scaleset', { command: found.program, args, options: { cwd: workingFolder(document), shell: false } }, options);
		client.onDidChangeState(({ newState }) => {
			if (newState === State.Running) {
				const server = client.initializeResult?.serverInfo;
				this.show(`${server?.name ?? 'scaleset'} ${server?.version ?? ''}`.trim(), false);
			} else if (newState === State.Stopped) {
				this.show('stopped', this.client === client);
			}
		});
		this.client = client;
		try {
			await client.start();
		} catch (error) {
			this.client = undefined;
			this.show('could not start', true);
			this.output.error(`The server could not start: ${String(error)}`);
			const open = 'Show Output';
			void vscode.window.showErrorMessage(`scaleset: the language server could not start: ${error instanceof Error ? error.message : String(error)}`, open).then((choice) => {
				if (choice === open) {
					this.output.show();
				}
			});
		}
	}

	private show(text: string, problem: boolean): void {
		this.status.text = text;
		this.status.severity = problem ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
	}

	private missing(found: Exclude<Found, { program: string }>): void {
		this.show('program not found', true);
		this.output.error(found.problem);
		if (this.told) {
			return;
		}
		this.told = true;
		const install = 'How to Install';
		const settings = 'Open Settings';
		void vscode.window.showErrorMessage(`scaleset: ${found.problem}`, ...(found.setting ? [settings] : [install, settings])).then((choice) => {
			if (choice === install) {
				void vscode.env.openExternal(vscode.Uri.parse(help));
			} else if (choice === settings) {
				void vscode.commands.executeCommand('workbench.action.openSettings', 'scaleset.path');
			}
		});
	}
}

/** Returns the folder in which the program runs for a document: that of the workspace, otherwise its own. */
export function workingFolder(document: vscode.TextDocument | undefined): string {
	if (document?.uri.scheme === 'file') {
		return vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? path.dirname(document.uri.fsPath);
	}
	return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? os.homedir();
}

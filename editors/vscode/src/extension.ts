// The extension: starts the language server when a template is opened, and has the commands.

import * as vscode from 'vscode';
import { Server } from './client';
import { Commands } from './commands';
import { detectLanguages, isKind } from './detect';

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
	const output = vscode.window.createOutputChannel('Scaleset', { log: true });
	const running = (server = new Server(context, output));
	context.subscriptions.push(output, running, new Commands(running, context.extensionUri));

	let detecting: vscode.Disposable | undefined;
	const detect = (): void => {
		detecting?.dispose();
		detecting = vscode.workspace.getConfiguration('scaleset').get('detectLanguage', true) ? detectLanguages() : undefined;
	};
	const startFor = (document: vscode.TextDocument): void => {
		if (isKind(document.languageId) && (document.uri.scheme === 'file' || document.uri.scheme === 'untitled')) {
			void running.start(document);
		}
	};

	context.subscriptions.push(
		vscode.commands.registerCommand('scaleset.restartServer', () => running.restart()),
		vscode.commands.registerCommand('scaleset.showOutput', () => output.show()),
		vscode.workspace.onDidOpenTextDocument(startFor),
		vscode.workspace.onDidChangeConfiguration((change) => {
			if (change.affectsConfiguration('scaleset.detectLanguage')) {
				detect();
			}
			if (change.affectsConfiguration('scaleset.path') || change.affectsConfiguration('scaleset.deployment')) {
				void running.restart();
			}
		}),
		new vscode.Disposable(() => detecting?.dispose()),
	);
	detect();
	vscode.workspace.textDocuments.forEach(startFor);
}

export async function deactivate(): Promise<void> {
	await server?.stop();
	server = undefined;
}

// Gives JSON documents that are templates or parameter files their language.

import * as vscode from 'vscode';
import { kindOf, kindOfName, kinds, type Kind } from './kind';

/** How long a document must not change before it is looked at again, in milliseconds. */
const pause = 300;

/** Longer documents are only looked at when they are opened. */
const longestWatched = 1 << 18;

/** Watches the JSON documents, until it is disposed. */
export function detectLanguages(): vscode.Disposable {
	const waiting = new Map<string, NodeJS.Timeout>();
	// A document that a person gives the language JSON again is closed and opened at once. It keeps it.
	const justClosed = new Set<string>();
	const declined = new Set<string>();

	const look = async (document: vscode.TextDocument): Promise<void> => {
		const kind = document.isClosed ? undefined : kindOfDocument(document);
		if (kind && !declined.has(document.uri.toString())) {
			await vscode.languages.setTextDocumentLanguage(document, kind);
		}
	};
	const later = (document: vscode.TextDocument): void => {
		const key = document.uri.toString();
		clearTimeout(waiting.get(key));
		waiting.set(
			key,
			setTimeout(() => {
				waiting.delete(key);
				void look(document);
			}, pause),
		);
	};

	const all = [
		vscode.workspace.onDidOpenTextDocument((document) => {
			if (justClosed.has(document.uri.toString()) && isJSON(document)) {
				declined.add(document.uri.toString());
			}
			void look(document);
		}),
		vscode.workspace.onDidCloseTextDocument((document) => {
			const key = document.uri.toString();
			clearTimeout(waiting.get(key));
			waiting.delete(key);
			declined.delete(key);
			if (isKind(document.languageId)) {
				justClosed.add(key);
				setImmediate(() => justClosed.delete(key));
			}
		}),
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			if (isJSON(document) && document.getText().length <= longestWatched) {
				later(document);
			}
		}),
		new vscode.Disposable(() => {
			for (const timer of waiting.values()) {
				clearTimeout(timer);
			}
		}),
	];
	for (const document of vscode.workspace.textDocuments) {
		void look(document);
	}
	return vscode.Disposable.from(...all);
}

/** Reports whether a language is one of this extension. */
export function isKind(language: string): language is Kind {
	return (kinds as readonly string[]).includes(language);
}

function isJSON(document: vscode.TextDocument): boolean {
	return document.languageId === 'json' || document.languageId === 'jsonc';
}

/** Returns the language that a document should have, or undefined if it should keep its own. */
function kindOfDocument(document: vscode.TextDocument): Kind | undefined {
	if (!isJSON(document)) {
		return undefined;
	}
	const text = document.getText();
	return text.trim() === '' ? kindOfName(document.uri.path) : kindOf(text);
}

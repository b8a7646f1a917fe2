// The commands that show what the program writes about a template.

import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { steps, wrongCapacity } from './capacity';
import { workingFolder, type Server } from './client';
import { isKind } from './detect';
import { newNonce, page, picturePage, type Look } from './page';
import { run, saidBy } from './run';
import { deploymentFlags } from './settings';

/** The scheme of the pages of rules. */
const ruleScheme = 'scaleset-rule';

/** A page in a webview, and how to write it again. */
interface Shown {
	panel: vscode.WebviewPanel;
	folder: string;
	/** Its document at the moment, before it is themed. */
	text: string;
	render(text: string, look: Look): string;
	again(): Promise<void>;
}

/** Registers the commands. */
export class Commands implements vscode.Disposable {
	private readonly shown = new Map<string, Shown>();
	private readonly all: vscode.Disposable[];

	constructor(
		private readonly server: Server,
		private readonly extension: vscode.Uri,
	) {
		const command = (name: string, call: (...args: any[]) => unknown): vscode.Disposable => vscode.commands.registerCommand(`scaleset.${name}`, call.bind(this));
		this.all = [
			command('previewCapacity', this.previewCapacity),
			command('plan', this.plan),
			command('review', this.review),
			command('graph', this.graph),
			command('savePage', this.savePage),
			command('explainRule', this.explainRule),
			command('newTemplate', this.newTemplate),
			command('showReferences', this.showReferences),
			command('selectParameterFile', this.selectParameterFile),
			vscode.workspace.registerTextDocumentContentProvider(ruleScheme, { provideTextDocumentContent: (uri) => this.rulePage(uri) }),
			vscode.languages.registerCodeActionsProvider(['arm-template', 'arm-parameters'], { provideCodeActions: explanations }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
			vscode.window.onDidChangeActiveColorTheme(() => this.shown.forEach(paint)),
			vscode.workspace.onDidSaveTextDocument((document) => this.saved(document)),
			new vscode.Disposable(() => this.shown.forEach(({ panel }) => panel.dispose())),
		];
	}

	dispose(): void {
		vscode.Disposable.from(...this.all).dispose();
	}

	/** Asks for a capacity, and shows which instances are added and removed. */
	private async previewCapacity(uri?: string, name?: string, capacity?: number): Promise<void> {
		const document = await this.template(uri);
		if (!document) {
			return;
		}
		const now = typeof capacity === 'number' ? ` It has ${capacity} now.` : '';
		const to = await vscode.window.showInputBox({
			title: typeof name === 'string' && name !== '' ? `Preview a capacity change of ${name}` : 'Preview a capacity change',
			prompt: `The new number of instances, or several one after the other: 15, +5, -10%.${now}`,
			value: typeof capacity === 'number' ? String(capacity + 1) : '',
			validateInput: wrongCapacity,
		});
		if (to === undefined) {
			return;
		}
		const which = typeof name === 'string' && name !== '' ? `--set-name=${name}` : '--all';
		await this.show(document, `Capacity ${steps(to)}`, ['simulate', `--to=${steps(to)}`, which, '--format=html'], page);
	}

	/** Shows how the change since the last commit rolls out. */
	private async plan(uri?: string): Promise<void> {
		if (!vscode.workspace.isTrusted) {
			void vscode.window.showWarningMessage('scaleset: A plan against HEAD runs git, which can run programs of the repository. Trust the workspace first.');
			return;
		}
		const document = await this.template(uri);
		if (document) {
			await this.show(document, 'Plan', ['plan', `HEAD:${fileOf(document)}`, '--format=html'], page);
		}
	}

	/** Shows the document for a review. */
	private async review(uri?: string): Promise<void> {
		const document = await this.template(uri);
		if (document) {
			await this.show(document, 'Review', ['review', '--format=html'], page);
		}
	}

	/** Draws the resources of the template. */
	private async graph(uri?: string): Promise<void> {
		const document = await this.template(uri);
		if (document) {
			const title = path.basename(document.fileName);
			await this.show(document, 'Graph', ['graph'], (svg, look) => picturePage(svg, title, look));
		}
	}

	/** Saves the page in front, as the program wrote it. */
	private async savePage(): Promise<void> {
		const shown = [...this.shown.values()].find(({ panel }) => panel.active);
		if (!shown) {
			return;
		}
		const extension = shown.text.startsWith('<svg') ? 'svg' : 'html';
		const name = shown.panel.title.replace(/^(.*): (.*)\.jsonc?$/, '$2-$1').toLowerCase().replace(/[^a-z0-9.+-]+/g, '-');
		const file = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.file(path.join(shown.folder, `${name}.${extension}`)), filters: { [extension.toUpperCase()]: [extension] } });
		if (file) {
			await vscode.workspace.fs.writeFile(file, Buffer.from(shown.text));
		}
	}

	/** Shows the page of a rule: the given one, the one of a finding at the cursor, or a chosen one. */
	private async explainRule(code?: string): Promise<void> {
		const chosen = typeof code === 'string' ? code : ((await this.ruleAtCursor()) ?? (await this.anyRule()));
		if (chosen !== undefined && isCode(chosen)) {
			// The rules of a project are those of the folder.
			const folder = workingFolder(vscode.window.activeTextEditor?.document);
			await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme: ruleScheme, path: `/${chosen}.md`, query: folder }));
		}
	}

	private async ruleAtCursor(): Promise<string | undefined> {
		const editor = vscode.window.activeTextEditor;
		if (!editor) {
			return undefined;
		}
		const line = editor.selection.active.line;
		const codes = codesOf(vscode.languages.getDiagnostics(editor.document.uri).filter(({ range }) => range.start.line <= line && line <= range.end.line));
		return codes.length > 1 ? vscode.window.showQuickPick(codes, { title: 'Explain a rule' }) : codes[0];
	}

	private async anyRule(): Promise<string | undefined> {
		const rules = this.list(['rules', '--all', '--format=json'], (text) =>
			(JSON.parse(text) as { rules: { code: string; name: string; summary: string }[] }).rules.map(({ code, name, summary }) => ({ label: code, description: name, detail: summary })),
		);
		return (await this.pick(rules, 'Explain a rule'))?.label;
	}

	/** Lists what the program knows. */
	private async list<T>(args: string[], parse: (text: string) => T[]): Promise<T[]> {
		const program = this.server.program();
		if (program === undefined) {
			return [];
		}
		const { text, problem } = await run(program, args, workingFolder(vscode.window.activeTextEditor?.document));
		if (problem !== undefined) {
			this.failed(problem);
			return [];
		}
		return parse(text);
	}

	private async pick<T extends vscode.QuickPickItem>(items: Promise<T[]>, title: string): Promise<T | undefined> {
		return (await items).length === 0 ? undefined : vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
	}

	private async rulePage(uri: vscode.Uri): Promise<string> {
		const code = /^\/([A-Z0-9]+)\.md$/.exec(uri.path)?.[1] ?? '';
		const program = this.server.program();
		if (!isCode(code) || program === undefined) {
			return '';
		}
		const { text, problem } = await run(program, ['explain', code], uri.query || workingFolder(undefined));
		return problem ?? text;
	}

	/** Writes a template for a scenario that the user chooses, with its parameter file. */
	private async newTemplate(): Promise<void> {
		const scenarios = this.list(['new', '--list'], (text) =>
			text.split('\n').flatMap((line) => {
				const [, label, description = '', detail = ''] = /^(\S+) {2,}(.*?) {2,}(.*)$/.exec(line) ?? [];
				return label === undefined ? [] : [{ label, description, detail }];
			}),
		);
		const scenario = await this.pick(scenarios, 'New template');
		if (!scenario) {
			return;
		}
		const [folder] = (await vscode.window.showOpenDialog({ title: `Folder for ${scenario.label}`, openLabel: 'Create Here', canSelectFolders: true, canSelectFiles: false, defaultUri: vscode.Uri.file(workingFolder(undefined)) })) ?? [];
		const file = folder && path.join(folder.fsPath, 'azuredeploy.json');
		if (file !== undefined && fs.existsSync(file)) {
			this.failed(`${file} exists already. Choose another folder.`);
			return;
		}
		if (!folder || (await this.result(['new', scenario.label, '--yes', '--output=.'], folder.fsPath, `New ${scenario.label}`)) === undefined) {
			return;
		}
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'azuredeploy.json')));
	}

	/** Shows the places that a lens of the server counts. */
	private async showReferences(uri?: string, position?: { line: number; character: number }, locations?: { uri: string; range: { start: Position; end: Position } }[]): Promise<void> {
		if (typeof uri !== 'string' || !position || !Array.isArray(locations)) {
			return;
		}
		const at = ({ line, character }: Position): vscode.Position => new vscode.Position(line, character);
		const places = locations.map(({ uri, range }) => new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(at(range.start), at(range.end))));
		await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), at(position), places);
	}

	/** Lets the user choose the parameter file whose values are shown. */
	private async selectParameterFile(): Promise<void> {
		const document = await this.template();
		if (!document) {
			return;
		}
		const folder = vscode.Uri.file(path.dirname(document.uri.fsPath));
		const stem = path.basename(document.fileName).replace(/\.jsonc?$/i, '');
		const files = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
		const all = files.filter((name) => /param.*\.jsonc?$/i.test(name) && name !== path.basename(document.fileName)).sort();
		const own = all.filter((name) => name.startsWith(`${stem}.`));
		const automatic = { label: 'The first one', description: 'the parameter file beside the template' };
		const chosen = await vscode.window.showQuickPick([automatic, ...[...own, ...all.filter((name) => !own.includes(name))].map((label) => ({ label }))], { title: `Values for ${path.basename(document.fileName)}` });
		if (chosen) {
			const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
			await vscode.workspace.getConfiguration('scaleset').update('parameterFile', chosen === automatic ? undefined : chosen.label, target);
		}
	}

	/** Returns the template that a command is about, saved; or tells why there is none. */
	private async template(uri?: unknown): Promise<vscode.TextDocument | undefined> {
		// A menu gives a Uri, a lens gives a text, and the list of commands gives nothing.
		const given = typeof uri === 'string' ? vscode.Uri.parse(uri) : uri instanceof vscode.Uri ? uri : undefined;
		const document = given ? await vscode.workspace.openTextDocument(given) : vscode.window.activeTextEditor?.document;
		if (!document || (!given && document.languageId !== 'arm-template')) {
			void vscode.window.showInformationMessage('scaleset: Open an ARM template first.');
			return undefined;
		}
		if (document.uri.scheme !== 'file' || document.isDirty) {
			const save = 'Save and Continue';
			const name = path.basename(document.fileName);
			if ((await vscode.window.showWarningMessage(`scaleset: ${name} has changes that are not saved.`, save)) !== save || !(await document.save())) {
				return undefined;
			}
		}
		// An untitled document is another one once it is saved.
		return document.uri.scheme === 'file' ? document : vscode.window.activeTextEditor?.document;
	}

	/** Runs the program for a template, and shows its result beside the template. */
	private async show(document: vscode.TextDocument, title: string, args: string[], render: Shown['render']): Promise<void> {
		const settings = vscode.workspace.getConfiguration('scaleset');
		const cwd = workingFolder(document);
		const all = [...args, ...deploymentFlags(settings.get('deployment', {})), ...this.parameters(document, settings.get('parameterFile', '')), fileOf(document)];
		const text = await this.result(all, cwd, `${title} of ${path.basename(document.fileName)}`);
		if (text === undefined) {
			return;
		}
		const key = `${args[0]} ${document.uri.toString()}`;
		const name = `${title}: ${path.basename(document.fileName)}`;
		const panel = this.shown.get(key)?.panel ?? this.panel(key, name);
		const again = async (): Promise<void> => {
			const { text, problem } = await run(this.server.program() ?? '', all, cwd).catch((error: unknown) => ({ text: '', problem: String(error) }));
			const shown = this.shown.get(key);
			if (problem !== undefined) {
				this.server.output.warn(problem);
			} else if (shown) {
				shown.text = text;
				paint(shown);
			}
		};
		const shown = { panel, folder: path.dirname(document.fileName), text, render, again };
		this.shown.set(key, shown);
		panel.title = name;
		paint(shown);
		panel.reveal(undefined, true);
	}

	private panel(key: string, title: string): vscode.WebviewPanel {
		const panel = vscode.window.createWebviewPanel('scaleset.page', title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: false, enableFindWidget: true, enableCommandUris: false, localResourceRoots: [] });
		panel.iconPath = vscode.Uri.joinPath(this.extension, 'icon.png');
		panel.onDidDispose(() => this.shown.delete(key));
		return panel;
	}

	/** Returns the flags for the parameter file of the settings, if it is beside the template. */
	private parameters(document: vscode.TextDocument, name: string): string[] {
		const base = path.basename(name);
		return base === '' ? [] : [`--parameters=${besides(document, base)}`];
	}

	/** Runs the program with a progress message that can cancel it. */
	private async result(args: string[], cwd: string, title: string): Promise<string | undefined> {
		const program = this.server.program();
		if (program === undefined) {
			return undefined;
		}
		this.server.output.info(`Running scaleset ${args.join(' ')}`);
		const abort = new AbortController();
		const ended = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: `scaleset: ${title}` }, async (_, token) => {
			token.onCancellationRequested(() => abort.abort());
			return run(program, args, cwd, abort.signal).catch(() => undefined);
		});
		if (!ended) {
			return undefined; // cancelled
		}
		if (ended.problem !== undefined) {
			this.failed(ended.problem);
			return undefined;
		}
		if (ended.notices.trim() !== '') {
			this.server.output.info(saidBy(ended.notices));
		}
		return ended.text;
	}

	private failed(problem: string): void {
		this.server.output.error(problem);
		const open = 'Show Output';
		const [first = ''] = problem.split('\n');
		void vscode.window.showErrorMessage(`scaleset: ${first}`, open).then((choice) => {
			if (choice === open) {
				this.server.output.show();
			}
		});
	}

	/** Writes the pages about the files of a folder again. */
	private saved(document: vscode.TextDocument): void {
		if (isKind(document.languageId)) {
			for (const shown of this.shown.values()) {
				if (shown.folder === path.dirname(document.fileName)) {
					void shown.again();
				}
			}
		}
	}
}

interface Position {
	line: number;
	character: number;
}

function paint(shown: Shown): void {
	const kind = vscode.window.activeColorTheme.kind;
	const dark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
	shown.panel.webview.html = shown.render(shown.text, { dark, nonce: newNonce() });
}

/** Returns the path of a document as an argument: relative to the folder in which the program runs. */
function fileOf(document: vscode.TextDocument): string {
	return besides(document, path.basename(document.fileName));
}

function besides(document: vscode.TextDocument, name: string): string {
	const relative = path.relative(workingFolder(document), path.join(path.dirname(document.fileName), name)).split(path.sep).join('/');
	return relative.startsWith('-') ? `./${relative}` : relative;
}

function codesOf(diagnostics: readonly vscode.Diagnostic[]): string[] {
	const codes = diagnostics.filter(({ source }) => source === 'scaleset').map(({ code }) => String(typeof code === 'object' ? code.value : code));
	return [...new Set(codes)].filter(isCode);
}

/** Reports whether a text has the form of the code of a rule: SS4001, or that of a rule of a project. */
function isCode(text: string): boolean {
	return /^[A-Z]{2,10}\d{1,5}$/.test(text);
}

/** Offers, for each finding, the page of its rule. */
function explanations(_: vscode.TextDocument, __: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
	return codesOf(context.diagnostics).map((code) => {
		const action = new vscode.CodeAction(`Explain ${code}`, vscode.CodeActionKind.QuickFix);
		action.command = { title: action.title, command: 'scaleset.explainRule', arguments: [code] };
		action.diagnostics = context.diagnostics.filter((diagnostic) => codesOf([diagnostic])[0] === code);
		return action;
	});
}

// The part of the API of VS Code that the extension and vscode-languageclient use, for tests under
// Node. Documents, settings and providers are kept in memory; `editor` is what a person at the editor
// would do and see.

import * as fs from 'node:fs';
import { URI, Utils } from 'vscode-uri';

// VS Code has these on Uri itself.
const Uri = Object.assign(URI, { joinPath: Utils.joinPath });
type Uri = URI;
export { Uri };
export const version = '1.85.0';

export class Disposable {
	constructor(private readonly call: () => unknown) {}
	static from(...all: { dispose(): unknown }[]): Disposable {
		return new Disposable(() => all.forEach((d) => d.dispose()));
	}
	dispose(): unknown {
		return this.call();
	}
}

export class EventEmitter<T> {
	private readonly listeners = new Set<(value: T) => unknown>();
	readonly event = (listener: (value: T) => unknown, self?: unknown, disposables?: Disposable[]): Disposable => {
		const bound = self === undefined ? listener : listener.bind(self);
		this.listeners.add(bound);
		const disposable = new Disposable(() => this.listeners.delete(bound));
		disposables?.push(disposable);
		return disposable;
	};
	fire(value: T): void {
		for (const listener of [...this.listeners]) {
			listener(value);
		}
	}
	dispose(): void {
		this.listeners.clear();
	}
}

export class CancellationTokenSource {
	private readonly emitter = new EventEmitter<void>();
	readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
	cancel(): void {
		this.token.isCancellationRequested = true;
		this.emitter.fire();
	}
	dispose(): void {
		this.emitter.dispose();
	}
}
export class CancellationError extends Error {}

export class Position {
	constructor(
		readonly line: number,
		readonly character: number,
	) {}
	isBefore(other: Position): boolean {
		return this.line < other.line || (this.line === other.line && this.character < other.character);
	}
	isEqual(other: Position): boolean {
		return this.line === other.line && this.character === other.character;
	}
}

export class Range {
	readonly start: Position;
	readonly end: Position;
	constructor(...at: [Position, Position] | [number, number, number, number]) {
		[this.start, this.end] = at.length === 2 ? at : [new Position(at[0], at[1]), new Position(at[2], at[3])];
	}
	get isEmpty(): boolean {
		return this.start.isEqual(this.end);
	}
	contains(other: Position | Range): boolean {
		const [start, end] = other instanceof Range ? [other.start, other.end] : [other, other];
		return !start.isBefore(this.start) && !this.end.isBefore(end);
	}
}
export class Selection extends Range {
	get active(): Position {
		return this.end;
	}
}

// Classes that only hold what they are given.
function holder<const Names extends readonly string[]>(...names: Names) {
	return class {
		[key: string]: unknown;
		constructor(...values: unknown[]) {
			names.forEach((name, i) => {
				if (i < values.length) {
					this[name] = values[i];
				}
			});
		}
	};
}
export class CallHierarchyItem extends holder('kind', 'name', 'detail', 'uri', 'range', 'selectionRange') {}
export class CodeAction extends holder('title', 'kind') {}
export class CodeLens extends holder('range', 'command') {}
export class CompletionItem extends holder('label', 'kind') {}
export class CompletionList extends holder('items', 'isIncomplete') {}
export class Diagnostic extends holder('range', 'message', 'severity') {}
export class DiagnosticRelatedInformation extends holder('location', 'message') {}
export class DocumentHighlight extends holder('range', 'kind') {}
export class DocumentLink extends holder('range', 'target') {}
export class DocumentSymbol extends holder('name', 'detail', 'kind', 'range', 'selectionRange') {}
export class FoldingRange extends holder('start', 'end', 'kind') {}
export class Hover extends holder('contents', 'range') {}
export class InlayHint extends holder('position', 'label', 'kind') {}
export class InlayHintLabelPart extends holder('value') {}
export class Location extends holder('uri', 'range') {}
export class MarkdownString extends holder('value') {}
export class ParameterInformation extends holder('label', 'documentation') {}
export class RelativePattern extends holder('base', 'pattern') {}
export class SelectionRange extends holder('range', 'parent') {}
export class SemanticTokens extends holder('data', 'resultId') {}
export class SemanticTokensEdit extends holder('start', 'deleteCount', 'data') {}
export class SemanticTokensEdits extends holder('edits', 'resultId') {}
export class SemanticTokensLegend extends holder('tokenTypes', 'tokenModifiers') {}
export class SignatureHelp extends holder() {}
export class SignatureInformation extends holder('label', 'documentation') {}
export class SnippetString extends holder('value') {}
export class SymbolInformation extends holder('name', 'kind', 'containerName', 'location') {}
export class TabInputText extends holder('uri') {}
export class TabInputTextDiff extends holder('original', 'modified') {}
export class TabInputCustom extends holder('uri', 'viewType') {}
export class TypeHierarchyItem extends holder('kind', 'name', 'detail', 'uri', 'range', 'selectionRange') {}

export class TextEdit {
	constructor(
		readonly range: Range,
		readonly newText: string,
	) {}
	static replace(range: Range, text: string): TextEdit {
		return new TextEdit(range, text);
	}
	static insert(at: Position, text: string): TextEdit {
		return new TextEdit(new Range(at, at), text);
	}
	static delete(range: Range): TextEdit {
		return new TextEdit(range, '');
	}
}
export class WorkspaceEdit {
	private readonly edits = new Map<string, TextEdit[]>();
	set(uri: Uri, edits: TextEdit[]): void {
		this.edits.set(uri.toString(), edits);
	}
	replace(uri: Uri, range: Range, text: string): void {
		this.edits.set(uri.toString(), [...(this.edits.get(uri.toString()) ?? []), new TextEdit(range, text)]);
	}
	insert(uri: Uri, at: Position, text: string): void {
		this.replace(uri, new Range(at, at), text);
	}
	delete(uri: Uri, range: Range): void {
		this.replace(uri, range, '');
	}
	entries(): [Uri, TextEdit[]][] {
		return [...this.edits].map(([uri, edits]) => [Uri.parse(uri), edits]);
	}
}

export class CodeActionKind {
	static readonly Empty = new CodeActionKind('');
	static readonly QuickFix = new CodeActionKind('quickfix');
	static readonly Refactor = new CodeActionKind('refactor');
	static readonly RefactorExtract = new CodeActionKind('refactor.extract');
	static readonly RefactorInline = new CodeActionKind('refactor.inline');
	static readonly RefactorRewrite = new CodeActionKind('refactor.rewrite');
	static readonly Source = new CodeActionKind('source');
	static readonly SourceFixAll = new CodeActionKind('source.fixAll');
	static readonly SourceOrganizeImports = new CodeActionKind('source.organizeImports');
	constructor(readonly value: string) {}
	append(part: string): CodeActionKind {
		return new CodeActionKind(this.value === '' ? part : `${this.value}.${part}`);
	}
}

const numbered = (...names: string[]): Record<string, number> => Object.fromEntries(names.map((name, i) => [name, i]));
export const CodeActionTriggerKind = { Invoke: 1, Automatic: 2 };
export const ColorThemeKind = { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 };
export const CompletionItemKind = numbered(...'Text Method Function Constructor Field Variable Class Interface Module Property Unit Value Enum Keyword Snippet Color File Reference Folder EnumMember Constant Struct Event Operator TypeParameter User Issue'.split(' '));
export const CompletionItemTag = { Deprecated: 1 };
export const CompletionTriggerKind = numbered('Invoke', 'TriggerCharacter', 'TriggerForIncompleteCompletions');
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };
export const DiagnosticSeverity = numbered('Error', 'Warning', 'Information', 'Hint');
export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 };
export const DocumentHighlightKind = numbered('Text', 'Read', 'Write');
export const EndOfLine = { LF: 1, CRLF: 2 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const FoldingRangeKind = { Comment: 1, Imports: 2, Region: 3 };
export const InlayHintKind = { Type: 1, Parameter: 2 };
export const LanguageStatusSeverity = numbered('Information', 'Warning', 'Error');
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const SignatureHelpTriggerKind = { Invoke: 1, TriggerCharacter: 2, ContentChange: 3 };
export const SymbolKind = numbered(...'File Module Namespace Package Class Method Property Field Constructor Enum Interface Function Variable Constant String Number Boolean Array Object Key Null EnumMember Struct Event Operator TypeParameter'.split(' '));
export const SymbolTag = { Deprecated: 1 };
export const TextDocumentSaveReason = { Manual: 1, AfterDelay: 2, FocusOut: 3 };
export const ViewColumn = { Active: -1, Beside: -2, One: 1, Two: 2 };

export class TextDocument {
	isClosed = false;
	isDirty = false;
	version = 1;
	readonly eol = EndOfLine.LF;
	constructor(
		readonly uri: Uri,
		public languageId: string,
		public text: string,
	) {}
	get fileName(): string {
		return this.uri.fsPath;
	}
	get isUntitled(): boolean {
		return this.uri.scheme === 'untitled';
	}
	get lineCount(): number {
		return this.text.split('\n').length;
	}
	getText(range?: Range): string {
		return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
	}
	offsetAt(at: Position): number {
		const lines = this.text.split('\n').slice(0, at.line);
		return lines.reduce((sum, line) => sum + line.length + 1, 0) + at.character;
	}
	positionAt(offset: number): Position {
		const lines = this.text.slice(0, offset).split('\n');
		return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
	}
	/** Finds the position in the middle of a text, for tests: that of the bar in `before|after`. */
	at(marked: string): Position {
		const bar = marked.indexOf('|');
		const found = this.text.indexOf(marked.replace('|', ''));
		if (bar < 0 || found < 0) {
			throw new Error(`${marked} is not in the document`);
		}
		return this.positionAt(found + bar);
	}
	async save(): Promise<boolean> {
		fs.writeFileSync(this.fileName, this.text);
		this.isDirty = false;
		editor.saved.fire(this);
		return true;
	}
}

class DiagnosticCollection {
	private readonly all = new Map<string, Diagnostic[]>();
	constructor(readonly name: string) {}
	set(uri: Uri, diagnostics: Diagnostic[] | undefined): void {
		this.all.set(uri.toString(), diagnostics ?? []);
		editor.diagnosed.fire({ uri, diagnostics: diagnostics ?? [] });
	}
	get(uri: Uri): Diagnostic[] | undefined {
		return this.all.get(uri.toString());
	}
	has(uri: Uri): boolean {
		return this.all.has(uri.toString());
	}
	delete(uri: Uri): void {
		this.all.delete(uri.toString());
	}
	clear(): void {
		this.all.clear();
	}
	dispose(): void {
		editor.collections.delete(this);
	}
}

type Selector = string | { language?: string; scheme?: string } | readonly Selector[];
const matches = (selector: Selector, document: TextDocument): number => {
	if (Array.isArray(selector)) {
		return Math.max(0, ...selector.map((one) => matches(one, document)));
	}
	const one = (typeof selector === 'string' ? { language: selector } : selector) as { language?: string; scheme?: string };
	const right = (one.language === undefined || one.language === document.languageId) && (one.scheme === undefined || one.scheme === document.uri.scheme);
	return right ? 10 : 0;
};

interface Registered {
	selector: Selector;
	provider: Record<string, (...args: any[]) => any>;
}

export class WebviewPanel {
	html = '';
	visible = true;
	active = true;
	disposed = false;
	private readonly closed = new EventEmitter<void>();
	readonly onDidDispose = this.closed.event;
	readonly webview: { html: string; cspSource: string; options: unknown };
	constructor(
		readonly viewType: string,
		public title: string,
		options: unknown,
	) {
		this.webview = { html: '', cspSource: 'vscode-webview:', options };
	}
	reveal(): void {
		this.visible = true;
	}
	dispose(): void {
		this.disposed = true;
		this.closed.fire();
	}
}

/** Waits until something holds; after half a minute, fails with what is the case instead. */
export async function until(holds: () => boolean | Promise<boolean>, instead: () => string = () => String(holds)): Promise<void> {
	for (let tries = 0; !(await holds()); tries++) {
		if (tries > 600) {
			throw new Error(`still ${instead()}\n${editor.log.join('\n')}`);
		}
		await new Promise((done) => setTimeout(done, 50));
	}
}

/** What a person does and sees. */
export const editor = {
	settings: {} as Record<string, unknown>,
	folders: undefined as { uri: Uri; name: string; index: number }[] | undefined,
	trusted: true,
	documents: [] as TextDocument[],
	messages: [] as string[],
	/** Chooses a button of a message; undefined closes it. */
	answer: (_message: string, _buttons: string[]): string | undefined => undefined,
	/** Types into an input box. */
	input: (_options: { value?: string; validateInput?(text: string): unknown }): string | undefined => undefined,
	/** Chooses a folder. */
	folder: (): Uri | undefined => undefined,
	/** Chooses a file to write; the argument is the one that is offered. */
	file: (offered: Uri): Uri | undefined => offered,
	/** The documents that were opened in an editor. */
	shown: [] as TextDocument[],
	/** Chooses an element of a list. */
	pick: (items: any[]): any => items[0],
	panels: [] as WebviewPanel[],
	log: [] as string[],
	executed: [] as { command: string; args: unknown[] }[],
	commands: new Map<string, (...args: any[]) => unknown>(),
	providers: new Map<string, Set<Registered>>(),
	contents: new Map<string, { provideTextDocumentContent(uri: Uri): unknown }>(),
	collections: new Set<DiagnosticCollection>(),
	diagnosed: new EventEmitter<{ uri: Uri; diagnostics: Diagnostic[] }>(),
	opened: new EventEmitter<TextDocument>(),
	closed: new EventEmitter<TextDocument>(),
	saved: new EventEmitter<TextDocument>(),
	changed: new EventEmitter<unknown>(),
	configured: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
	tabs: new EventEmitter<{ opened: unknown[]; closed: unknown[]; changed: unknown[] }>(),
	themed: new EventEmitter<unknown>(),
	watchers: [] as string[],

	open(file: string | Uri, language = 'json', text?: string): TextDocument {
		const uri = typeof file === 'string' ? Uri.file(file) : file;
		const document = new TextDocument(uri, language, text ?? fs.readFileSync(uri.fsPath, 'utf8'));
		this.documents.push(document);
		window.activeTextEditor = { document, selection: new Selection(0, 0, 0, 0), viewColumn: 1 };
		this.opened.fire(document);
		this.tabs.fire({ opened: [{ input: new TabInputText(uri) }], closed: [], changed: [] });
		return document;
	},
	close(document: TextDocument): void {
		this.documents = this.documents.filter((other) => other !== document);
		document.isClosed = true;
		this.closed.fire(document);
		this.tabs.fire({ opened: [], closed: [{ input: new TabInputText(document.uri) }], changed: [] });
	},
	type(document: TextDocument, range: Range, text: string): void {
		const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
		document.text = document.text.slice(0, start) + text + document.text.slice(end);
		document.version++;
		document.isDirty = true;
		this.changed.fire({ document, contentChanges: [{ range, rangeOffset: start, rangeLength: end - start, text }], reason: undefined });
	},
	set(name: string, value: unknown): void {
		this.settings[name] = value;
		this.configured.fire({ affectsConfiguration: (section) => name === section || name.startsWith(`${section}.`) });
	},
	/** Returns the last provider of a kind for a document, such as Hover. */
	provider(kind: string, document: TextDocument): Registered['provider'] {
		const found = [...(this.providers.get(kind) ?? [])].filter((one) => matches(one.selector, document) > 0).at(-1);
		if (!found) {
			throw new Error(`nothing provides ${kind} for ${document.languageId}`);
		}
		return found.provider;
	},
	/** Waits until the findings of a document are as wanted. */
	async diagnostics(document: TextDocument, wanted: (all: Diagnostic[]) => boolean = (all) => all.length > 0): Promise<Diagnostic[]> {
		const now = (): Diagnostic[] => languages.getDiagnostics(document.uri);
		await until(() => wanted(now()), () => `${now().length} findings in ${document.fileName}: ${JSON.stringify(now())}`);
		return now();
	},
};

const register =
	(kind: string) =>
	(selector: Selector, provider: Registered['provider']): Disposable => {
		const all = editor.providers.get(kind) ?? new Set();
		const one = { selector, provider };
		editor.providers.set(kind, all.add(one));
		return new Disposable(() => all.delete(one));
	};

export const languages = {
	match: matches,
	createDiagnosticCollection(name: string): DiagnosticCollection {
		const collection = new DiagnosticCollection(name);
		editor.collections.add(collection);
		return collection;
	},
	getDiagnostics: (uri: Uri): Diagnostic[] => [...editor.collections].flatMap((collection) => collection.get(uri) ?? []),
	createLanguageStatusItem: (id: string, selector: Selector) => ({ id, selector, text: '', dispose: () => undefined }),
	async setTextDocumentLanguage(document: TextDocument, language: string): Promise<TextDocument> {
		editor.closed.fire(document);
		document.languageId = language;
		editor.opened.fire(document);
		return document;
	},
	registerCallHierarchyProvider: register('CallHierarchy'),
	registerCodeActionsProvider: register('CodeActions'),
	registerCodeLensProvider: register('CodeLens'),
	registerColorProvider: register('Color'),
	registerCompletionItemProvider: register('CompletionItem'),
	registerDeclarationProvider: register('Declaration'),
	registerDefinitionProvider: register('Definition'),
	registerDocumentFormattingEditProvider: register('DocumentFormattingEdit'),
	registerDocumentHighlightProvider: register('DocumentHighlight'),
	registerDocumentLinkProvider: register('DocumentLink'),
	registerDocumentRangeFormattingEditProvider: register('DocumentRangeFormattingEdit'),
	registerDocumentRangeSemanticTokensProvider: register('DocumentRangeSemanticTokens'),
	registerDocumentSemanticTokensProvider: register('DocumentSemanticTokens'),
	registerDocumentSymbolProvider: register('DocumentSymbol'),
	registerFoldingRangeProvider: register('FoldingRange'),
	registerHoverProvider: register('Hover'),
	registerImplementationProvider: register('Implementation'),
	registerInlayHintsProvider: register('InlayHints'),
	registerLinkedEditingRangeProvider: register('LinkedEditingRange'),
	registerOnTypeFormattingEditProvider: register('OnTypeFormattingEdit'),
	registerReferenceProvider: register('Reference'),
	registerRenameProvider: register('Rename'),
	registerSelectionRangeProvider: register('SelectionRange'),
	registerSignatureHelpProvider: register('SignatureHelp'),
	registerTypeDefinitionProvider: register('TypeDefinition'),
	registerTypeHierarchyProvider: register('TypeHierarchy'),
	registerWorkspaceSymbolProvider: (provider: Registered['provider']) => register('WorkspaceSymbol')([{}], provider),
};

const never = new EventEmitter<never>();
const message =
	(kind: string) =>
	async (text: string, ...rest: unknown[]): Promise<string | undefined> => {
		editor.messages.push(`${kind}: ${text}`);
		return editor.answer(text, rest.filter((one): one is string => typeof one === 'string'));
	};

export const window = {
	activeTextEditor: undefined as { document: TextDocument; selection: Selection; viewColumn: number } | undefined,
	activeColorTheme: { kind: ColorThemeKind.Light },
	visibleTextEditors: [],
	tabGroups: {
		get all() {
			return [{ tabs: editor.documents.map(({ uri }) => ({ input: new TabInputText(uri) })) }];
		},
		onDidChangeTabs: editor.tabs.event,
	},
	onDidChangeActiveTextEditor: never.event,
	onDidChangeActiveColorTheme: editor.themed.event,
	createOutputChannel() {
		const log = (...parts: unknown[]): void => void editor.log.push(parts.join(' '));
		return { append: log, appendLine: log, info: log, warn: log, error: log, debug: log, trace: log, show: () => log('(shown)'), clear: () => undefined, dispose: () => undefined };
	},
	createWebviewPanel(viewType: string, title: string, _column: unknown, options: unknown): WebviewPanel {
		const panel = new WebviewPanel(viewType, title, options);
		editor.panels.push(panel);
		return panel;
	},
	showErrorMessage: message('error'),
	showWarningMessage: message('warning'),
	showInformationMessage: message('information'),
	showInputBox: async (options: object) => editor.input(options),
	showQuickPick: async (items: any[] | Promise<any[]>) => editor.pick(await items),
	showSaveDialog: async ({ defaultUri }: { defaultUri: Uri }) => editor.file(defaultUri),
	showOpenDialog: async () => [editor.folder()].filter((folder) => folder !== undefined),
	async showTextDocument(document: TextDocument) {
		editor.shown.push(document);
		return { document };
	},
	withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => unknown) => task({ report: () => undefined }, new CancellationTokenSource().token),
};

export const workspace = {
	get textDocuments(): TextDocument[] {
		return editor.documents;
	},
	get workspaceFolders() {
		return editor.folders;
	},
	get isTrusted(): boolean {
		return editor.trusted;
	},
	notebookDocuments: [],
	getWorkspaceFolder: (uri: Uri) => editor.folders?.find((folder) => uri.toString().startsWith(`${folder.uri.toString()}/`)),
	getConfiguration(section = '') {
		const prefix = section === '' ? '' : `${section}.`;
		const under = (name: string): unknown => {
			if (name in editor.settings) {
				return editor.settings[name];
			}
			const members = Object.keys(editor.settings).filter((key) => key.startsWith(`${name}.`));
			return members.length === 0 ? undefined : Object.fromEntries(members.map((key) => [key.slice(name.length + 1), editor.settings[key]]));
		};
		return {
			get: (name: string, otherwise?: unknown) => under(prefix + name) ?? otherwise,
			inspect: () => undefined,
			async update(name: string, value: unknown) {
				editor.set(prefix + name, value);
			},
			...(under(section) as object | undefined),
		};
	},
	onDidChangeConfiguration: editor.configured.event,
	onDidChangeTextDocument: editor.changed.event,
	onDidChangeWorkspaceFolders: never.event,
	onDidCloseNotebookDocument: never.event,
	onDidCloseTextDocument: editor.closed.event,
	onDidCreateFiles: never.event,
	onDidDeleteFiles: never.event,
	onDidOpenNotebookDocument: never.event,
	onDidOpenTextDocument: editor.opened.event,
	onDidRenameFiles: never.event,
	onDidSaveTextDocument: editor.saved.event,
	onWillCreateFiles: never.event,
	onWillDeleteFiles: never.event,
	onWillRenameFiles: never.event,
	onWillSaveTextDocument: never.event,
	createFileSystemWatcher(pattern: string) {
		editor.watchers.push(pattern);
		return { onDidCreate: never.event, onDidChange: never.event, onDidDelete: never.event, dispose: () => undefined };
	},
	registerTextDocumentContentProvider(scheme: string, provider: { provideTextDocumentContent(uri: Uri): unknown }): Disposable {
		editor.contents.set(scheme, provider);
		return new Disposable(() => editor.contents.delete(scheme));
	},
	async openTextDocument(uri: Uri): Promise<TextDocument> {
		const open = editor.documents.find((document) => document.uri.toString() === uri.toString());
		return open ?? new TextDocument(uri, 'plaintext', fs.readFileSync(uri.fsPath, 'utf8'));
	},
	fs: {
		writeFile: async (file: Uri, text: Uint8Array) => fs.writeFileSync(file.fsPath, text),
		readDirectory: async (folder: Uri) => fs.readdirSync(folder.fsPath).map((name) => [name, FileType.File] as const),
	},
	applyEdit: async () => true,
};

export const commands = {
	registerCommand(name: string, call: (...args: any[]) => unknown): Disposable {
		editor.commands.set(name, call);
		return new Disposable(() => editor.commands.delete(name));
	},
	async executeCommand(command: string, ...args: unknown[]): Promise<unknown> {
		editor.executed.push({ command, args });
		return editor.commands.get(command)?.(...args);
	},
};

export const env = { language: 'en', appName: 'test', openExternal: async () => true };

// The two documents of the page in an editor that talks to the language server.
import * as monaco from 'monaco-editor/editor/editor.api';
import { MonacoLspClient } from 'monaco-lsp-client';
import 'monaco-editor/editor/browser/coreCommands';
import 'monaco-editor/editor/contrib/bracketMatching/browser/bracketMatching';
import 'monaco-editor/editor/contrib/clipboard/browser/clipboard';
import 'monaco-editor/editor/contrib/codeAction/browser/codeActionContributions';
import 'monaco-editor/editor/contrib/comment/browser/comment';
import 'monaco-editor/editor/contrib/contextmenu/browser/contextmenu';
import 'monaco-editor/editor/contrib/find/browser/findController';
import 'monaco-editor/editor/contrib/folding/browser/folding';
import 'monaco-editor/editor/contrib/format/browser/formatActions';
import 'monaco-editor/editor/contrib/gotoError/browser/gotoError';
import 'monaco-editor/editor/contrib/hover/browser/hoverContribution';
import 'monaco-editor/editor/contrib/indentation/browser/indentation';
import 'monaco-editor/editor/contrib/parameterHints/browser/parameterHints';
import 'monaco-editor/editor/contrib/rename/browser/rename';
import 'monaco-editor/editor/contrib/semanticTokens/browser/documentSemanticTokens';
import 'monaco-editor/editor/contrib/snippet/browser/snippetController2';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/editor/contrib/toggleTabFocusMode/browser/toggleTabFocusMode';
import 'monaco-editor/editor/contrib/wordHighlighter/browser/wordHighlighter';
import { debounced } from './dom';
import { type FileName, fileNames, folder, type Library, type Texts } from './library';

export interface Finding {
  file: FileName;
  severity: 'error' | 'warning' | 'info';
  code: string;
  /** One line, and the remedy and further lines, which may be empty. */
  summary: string;
  detail: string;
  line: number;
  column: number;
}

const language = 'json';

monaco.languages.register({ id: language, extensions: ['.json'] });
monaco.languages.setLanguageConfiguration(language, {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [['{', '}'], ['[', ']'], ['(', ')']],
  autoClosingPairs: [
    { open: '{', close: '}', notIn: ['string'] },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"', notIn: ['string'] },
  ],
});
monaco.languages.setMonarchTokensProvider(language, {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'key'],
      [/"(?:[^"\\]|\\.)*"/, 'string'],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/\b(?:true|false|null)\b/, 'keyword'],
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/[{}[\],:]/, 'delimiter'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/[^*]+|\*/, 'comment'],
    ],
  },
});

function defineTheme(name: string, base: 'vs' | 'vs-dark', c: Record<string, string>) {
  const rule = (token: string, foreground: string | undefined) => ({ token, foreground: foreground! });
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      rule('key', c['key']), rule('string', c['string']), rule('number', c['number']), rule('keyword', c['number']),
      rule('comment', c['comment']), rule('delimiter', c['soft']), rule('function', c['function']), rule('parameter', c['name']),
      rule('variable', c['name']), rule('property', c['name']), rule('operator', c['soft']),
    ],
    colors: {
      'editor.background': '#' + c['bg'], 'editor.foreground': '#' + c['ink'], 'editorLineNumber.foreground': '#' + c['comment'],
      'editorLineNumber.activeForeground': '#' + c['ink'], 'editor.lineHighlightBackground': '#' + c['current'], 'editor.lineHighlightBorder': '#00000000',
    },
  });
}
defineTheme('scaleset-light', 'vs', {
  bg: 'ffffff', ink: '1c2430', soft: '5b6675', current: 'f6f8fa', key: '0b4a9e', string: '7a3e00', number: '0a6b4f', comment: '6b7684', function: '7a2fb5', name: '0b6b8a',
});
defineTheme('scaleset-dark', 'vs-dark', {
  bg: '12161c', ink: 'e6eaf0', soft: '9aa6b5', current: '1a2029', key: '8cc2ff', string: 'e8b583', number: '86d9b7', comment: '8390a0', function: 'cfa3f5', name: '7fd0e8',
});

export class Editor {
  private readonly editor: monaco.editor.IStandaloneCodeEditor;
  private readonly models = new Map<FileName, monaco.editor.ITextModel>();
  private readonly states = new Map<FileName, monaco.editor.ICodeEditorViewState | null>();
  private shown: FileName = 'azuredeploy.json';
  private checked = () => {};

  constructor(element: HTMLElement, library: Library, texts: Record<FileName, string>, opensRule: (code: string) => void) {
    for (const name of fileNames) {
      this.models.set(name, monaco.editor.createModel(texts[name], language, monaco.Uri.parse('file://' + folder + name)));
    }
    this.editor = monaco.editor.create(element, {
      model: this.model(this.shown),
      automaticLayout: true,
      ariaLabel: 'Template editor',
      fontFamily: 'ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 13,
      lineNumbersMinChars: 4,
      folding: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      overviewRulerBorder: false,
      padding: { top: 10, bottom: 10 },
      tabSize: 2,
      tabFocusMode: true, // the Tab key leaves the editor: no trap for the keyboard
      renderLineHighlight: 'line',
      'semanticHighlighting.enabled': true,
      quickSuggestions: { other: true, strings: true, comments: false },
      wordBasedSuggestions: 'off',
      links: false,
      unicodeHighlight: { nonBasicASCII: false, ambiguousCharacters: false, invisibleCharacters: false },
      fixedOverflowWidgets: true,
      accessibilitySupport: 'auto',
    });
    monaco.editor.registerLinkOpener({
      open: resource => {
        const code = /\b(?:ARM|SS)\d{4}\b/i.exec(resource.toString(true));
        if (code) opensRule(code[0].toUpperCase());
        return code !== null;
      },
    });
    new MonacoLspClient(transport(library, () => this.checked()));
  }

  private model(name: FileName): monaco.editor.ITextModel {
    const model = this.models.get(name);
    if (!model) throw new Error(`no document ${name}`);
    return model;
  }

  texts(): Texts {
    return Object.fromEntries(fileNames.map(name => [name, this.model(name).getValue()]));
  }

  /** Replaces a document as an edit that can be undone. */
  setText(name: FileName, text: string) {
    const model = this.model(name);
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    this.states.delete(name);
    if (name === this.shown) this.editor.setScrollTop(0);
  }

  show(name: FileName) {
    if (name === this.shown) return;
    this.states.set(this.shown, this.editor.saveViewState());
    this.shown = name;
    this.editor.setModel(this.model(name));
    this.editor.restoreViewState(this.states.get(name) ?? null);
  }

  goTo(f: Finding) {
    this.show(f.file);
    this.editor.setPosition({ lineNumber: f.line, column: f.column });
    this.editor.revealLineInCenter(f.line);
    this.editor.focus();
  }

  format() {
    this.editor.trigger('page', 'editor.action.formatDocument', {});
  }

  /** Shows the fixes at a finding. */
  fixes(f: Finding) {
    this.goTo(f);
    // The editor asks for actions itself a quarter of a second after the cursor has
    // moved, and that closes a list that is open.
    setTimeout(() => this.editor.trigger('findings', 'editor.action.quickFix', {}), 350);
  }

  setTheme(dark: boolean) {
    monaco.editor.setTheme(dark ? 'scaleset-dark' : 'scaleset-light');
  }

  onChange(f: () => void) {
    for (const model of this.models.values()) model.onDidChangeContent(f);
  }

  /** Calls f when a check has ended, also when it has found nothing new. */
  onFindings(f: (all: Finding[]) => void) {
    const tell = debounced(() => f(fileNames.flatMap(name => this.findings(name))), 0);
    monaco.editor.onDidChangeMarkers(tell);
    this.checked = tell;
  }

  private findings(file: FileName): Finding[] {
    const severities = { [monaco.MarkerSeverity.Error]: 'error', [monaco.MarkerSeverity.Warning]: 'warning' } as Record<number, Finding['severity']>;
    return monaco.editor.getModelMarkers({ resource: this.model(file).uri }).map(m => {
      const [summary = '', ...detail] = m.message.split('\n');
      return {
        file, summary, detail: detail.join(' '), line: m.startLineNumber, column: m.startColumn,
        severity: severities[m.severity] ?? 'info', code: typeof m.code === 'object' ? m.code.value : (m.code ?? ''),
      };
    });
  }
}

/** What the page does not use of the server: findings are sent, not pulled, so that those about both documents arrive together. */
const unused = ['diagnosticProvider', 'codeLensProvider', 'documentLinkProvider', 'inlayHintProvider', 'workspaceSymbolProvider', 'referencesProvider', 'selectionRangeProvider'];

type Message = Record<string, unknown>;
type Transport = ConstructorParameters<typeof MonacoLspClient>[0];

/** The stream of messages between the client of the editor and the server in the worker. */
function transport(library: Library, checked: () => void): Transport {
  const waiting: Message[] = [];
  let listener: ((m: never) => void) | undefined;
  library.onMessage = text => {
    const message = JSON.parse(text) as Message;
    const capabilities = (message['result'] as Message | null | undefined)?.['capabilities'] as Message | undefined;
    for (const name of unused) delete capabilities?.[name];
    if (listener) listener(message as never);
    else waiting.push(message);
    if (message['method'] === 'textDocument/publishDiagnostics') checked();
  };
  return {
    state: { value: { state: 'open' }, onChange: () => ({ dispose() {} }) },
    setListener(f) {
      listener = f as typeof listener;
      for (const m of waiting.splice(0)) listener?.(m as never);
    },
    send(message) {
      const params = message.method === 'initialize' ? (message.params as Message | undefined) : undefined;
      const documents = (params?.['capabilities'] as Message | undefined)?.['textDocument'] as Message | undefined;
      delete documents?.['diagnostic'];
      return library.send(JSON.stringify(message));
    },
    toString: () => 'worker',
  };
}

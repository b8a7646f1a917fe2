// The review and the graph: documents of the library, shown as they are.
import { h, latest } from './dom';
import { command, type Context, reason, type View } from './view';

/** What makes a document of a picture; its colors follow those of the page. */
const picture = '<!doctype html><meta name="color-scheme" content="light dark"><style>body{margin:0}svg{display:block;max-width:100%;height:auto}@media(max-width:600px){svg{max-width:none}}</style>';

/** Room for a scrollbar below a wide picture, in pixels. */
const scrollbar = 20;

/** A view that shows the HTML or SVG that a command writes, without scripts. */
export class DocumentView implements View {
  readonly element: HTMLElement;
  /** The colors that each rule of the document is for. */
  private readonly wanted = new WeakMap<CSSMediaRule, string>();
  private readonly result = h('div', { class: 'result document' });

  constructor(
    private readonly c: Context,
    private readonly title: string,
    private readonly args: string[],
    private readonly shown: string[],
  ) {
    this.element = h('section', { 'aria-label': title }, this.result);
  }

  readonly update = latest(() => this.run());

  private async run() {
    const r = await this.c.run(...this.args);
    if (!r.out) return this.result.replaceChildren(reason(r));
    // The frame can run no script: it is sandboxed, and the document forbids them too.
    const frame = h('iframe', { title: this.title, sandbox: 'allow-same-origin', class: 'document' });
    frame.addEventListener('load', () => {
      this.paint();
      this.fit(frame);
    });
    frame.srcdoc = r.out.startsWith('<svg') ? picture + r.out : r.out;
    this.result.replaceChildren(frame, command(...this.shown));
  }

  /** Gives the document the colors of the page, whatever those of the system are. */
  paint() {
    const dark = document.documentElement.dataset['theme'] === 'dark';
    const within = this.result.querySelector('iframe')?.contentDocument;
    within?.documentElement.style.setProperty('color-scheme', dark ? 'dark' : 'light');
    for (const sheet of within?.styleSheets ?? []) {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof (within!.defaultView as unknown as typeof globalThis).CSSMediaRule)) continue;
        const wanted = this.wanted.get(rule) ?? /prefers-color-scheme:\s*(dark|light)/.exec(rule.conditionText)?.[1];
        if (!wanted) continue;
        this.wanted.set(rule, wanted);
        rule.media.mediaText = (wanted === 'dark') === dark ? 'all' : 'not all';
      }
    }
  }

  /** Makes the frame as high as its document. */
  private fit(frame: HTMLIFrameElement) {
    frame.style.height = '0';
    const body = frame.contentDocument?.body;
    frame.style.height = `${(body?.scrollHeight ?? 0) + scrollbar}px`;
  }
}

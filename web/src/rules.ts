// The page of a rule, and the licences, in a dialog.
import dompurify from 'monaco-editor/base/browser/dompurify/dompurify';
import { parse } from 'monaco-editor/base/common/marked/marked';
import { byId, h } from './dom';
import type { Result } from './library';

export class Rules {
  private readonly dialog = byId<HTMLDialogElement>('rule');
  private readonly body = byId('rule-body');

  constructor(private readonly run: (...args: string[]) => Promise<Result>) {
    byId('rule-close').addEventListener('click', () => this.dialog.close());
    this.dialog.addEventListener('click', e => {
      if (e.target === this.dialog) this.dialog.close(); // beside it
    });
  }

  /** Shows the notices of the parts of the page. */
  licences() {
    this.show(byId<HTMLTemplateElement>('notices').content.cloneNode(true).childNodes);
  }

  async open(code: string) {
    const r = await this.run('explain', code);
    const text = h('div');
    text.innerHTML = dompurify.sanitize(parse(r.out || r.err, { async: false, gfm: true }));
    for (const a of text.querySelectorAll('a')) {
      const href = a.getAttribute('href') ?? '';
      if (/^https:/.test(href)) {
        a.target = '_blank';
        a.rel = 'noopener noreferrer';
      } else a.replaceWith(...a.childNodes); // to a page beside this one
    }
    this.show(text.childNodes);
  }

  private show(nodes: NodeListOf<ChildNode>) {
    this.body.replaceChildren(...nodes);
    if (!this.dialog.open) this.dialog.showModal();
    this.body.scrollTop = 0;
  }
}

// The library in its worker, as promises.
import type { FromWorker, ToWorker } from './worker';
import workerSource from 'build:worker';

export interface Result {
  code: number;
  out: string;
  err: string;
}

/** The files of the page, by name, as command lines name them. */
export type Texts = Record<string, string>;

/** The folder under which the language server finds the files. */
export const folder = '/page/';

export class Library {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (r: Result) => void>();
  private next = 1;
  /** Is called with each message of the language server. */
  onMessage: (message: string) => void = () => {};
  readonly ready: Promise<void>;
  /** Is resolved with the reason when the library has stopped. */
  readonly failed: Promise<string>;

  constructor(names: string[]) {
    const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
    this.worker = new Worker(url);
    let fail: (why: string) => void = () => {};
    this.failed = new Promise(resolve => (fail = resolve));
    this.ready = new Promise(resolve => {
      this.worker.onerror = e => fail(e.message);
      this.worker.onmessage = (event: MessageEvent<FromWorker>) => {
        const m = event.data;
        switch (m.kind) {
          case 'ready':
            performance.mark('library');
            return resolve();
          case 'failed':
            return fail(m.reason);
          case 'ran':
            this.waiting.get(m.id)?.(m);
            this.waiting.delete(m.id);
            return;
          case 'lsp':
            return this.onMessage(m.message);
        }
      };
    });
    this.post({ kind: 'start', module: embedded(), names });
  }

  /** Runs a command line, without the name of the program, over the texts. */
  async run(args: string[], texts: Texts): Promise<Result> {
    await this.ready;
    return new Promise(resolve => {
      const id = this.next++;
      this.waiting.set(id, resolve);
      this.post({ kind: 'run', id, args, texts });
    });
  }

  /** Hands a message to the language server. */
  async send(message: string): Promise<void> {
    await this.ready;
    this.post({ kind: 'lsp', message });
  }

  private post(message: ToWorker) {
    this.worker.postMessage(message);
  }
}

/** The compressed module, which the page contains as Base64 before the scripts. */
function embedded(): string {
  const element = document.getElementById('module');
  const text = element?.textContent ?? '';
  element?.remove();
  return text;
}

export type FileName = 'azuredeploy.json' | 'azuredeploy.parameters.json';
export const fileNames: FileName[] = ['azuredeploy.json', 'azuredeploy.parameters.json'];

/** The only instance. It is the first thing that the page makes: the library starts in its worker while the editor is made. */
export const library = new Library(fileNames);

// The Web Worker that runs the library. The build puts wasm_exec.js of the Go
// release before this file.
import { decompress } from 'fzstd';

declare class Go {
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

type Receive = (message: string) => void;

declare const scaleset: {
  run(args: string[], texts: Record<string, string>, done: (code: number, out: string, err: string) => void): void;
  serve(names: string[], send: Receive): Receive;
};

export type ToWorker =
  | { kind: 'start'; module: string; names: string[] }
  | { kind: 'run'; id: number; args: string[]; texts: Record<string, string> }
  | { kind: 'lsp'; message: string };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'failed'; reason: string }
  | { kind: 'ran'; id: number; code: number; out: string; err: string }
  | { kind: 'lsp'; message: string };

let receive: Receive | undefined;
const post = (message: FromWorker) => (self as unknown as Worker).postMessage(message);

async function start(module: string, names: string[]) {
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(decompress(fromBase64(module)) as Uint8Array<ArrayBuffer>, go.importObject);
  go.run(instance).then(() => post({ kind: 'failed', reason: 'the program ended' }));
  receive = scaleset.serve(names, message => post({ kind: 'lsp', message }));
  post({ kind: 'ready' });
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

self.onmessage = (event: MessageEvent<ToWorker>) => {
  const m = event.data;
  switch (m.kind) {
    case 'start':
      start(m.module, m.names).catch((e: unknown) => post({ kind: 'failed', reason: String(e) }));
      break;
    case 'run':
      scaleset.run(m.args, m.texts, (code, out, err) => post({ kind: 'ran', id: m.id, code, out, err }));
      break;
    case 'lsp':
      receive?.(m.message);
  }
};

// Builds the page: dist/index.html, one file that needs nothing else.
//
//   node build.mjs              everything
//   node build.mjs --page       only the page, with the WebAssembly of the last build
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildWasm, pack, version } from './wasm.mjs';

const here = import.meta.dirname;
const read = (...path) => readFileSync(join(here, ...path), 'utf8');

/** The examples that the page offers, by their folder. */
const examples = [
  ['current/rolling-upgrade', 'Rolling upgrade'],
  ['current/zonal', 'Three availability zones'],
  ['preview/linux-nat', 'Fault and update domains (2015)'],
  ['current/autoscale', 'Autoscale'],
  ['current/spot', 'Spot instances'],
  ['current/windows-nat', 'Windows behind a NAT pool'],
  ['broken', 'A template with defects'],
].map(([id, title]) => ({
  id: id.split('/').at(-1), title,
  template: read('..', 'examples', id, 'azuredeploy.json'), parameters: read('..', 'examples', id, 'azuredeploy.parameters.json'),
}));

async function bundle(entry, modules = {}) {
  const names = Object.keys(modules);
  const result = await build({
    entryPoints: [join(here, 'src', entry)],
    bundle: true, minify: true, write: false, format: 'iife', target: 'es2022', charset: 'utf8', legalComments: 'none', logLevel: 'warning',
    outdir: join(here, 'build'), tsconfig: join(here, 'tsconfig.json'), loader: { '.ttf': 'dataurl' },
    plugins: [{
      name: 'page',
      setup(b) {
        b.onResolve({ filter: /^build:/ }, a => ({ path: a.path, namespace: 'build' }));
        b.onLoad({ filter: /.*/, namespace: 'build' }, a => ({ contents: modules[a.path], loader: 'js' }));
        // The page shows no differences.
        b.onLoad({ filter: /[\\/](DiffEditorWidget|MultiDiffEditorWidget)\.js$/i }, () => ({
          contents: 'export class DiffEditorWidget {} export class MultiDiffEditorWidget {}', loader: 'js',
        }));
        // The client of the language server imports every feature of the editor;
        // the page chooses its own.
        b.onLoad({ filter: /monaco-lsp-client[\\/]out[\\/]index\.js$/ }, a => ({
          contents: readFileSync(a.path, 'utf8').replace(/^import '.*';$/gm, ''), loader: 'js',
        }));
      },
    }],
  });
  const text = extension => result.outputFiles.filter(f => f.path.endsWith(extension)).map(f => f.text).join('');
  return { script: text('.js'), style: text('.css') };
}

const module = join(here, 'build', 'scaleset.wasm');
if (!process.argv.includes('--page') || !existsSync(module)) buildWasm();
const compressed = pack(module);

const worker = read('build', 'wasm_exec.js') + (await bundle('worker.ts')).script;
const page = await bundle('main.ts', {
  'build:worker': `export default ${JSON.stringify(worker)}`,
  'build:examples': `export const examples = ${JSON.stringify(examples)}`,
  'build:version': `export default ${JSON.stringify(version())}`,
});

// Nothing may be loaded, sent or embedded. The editor makes style elements and a
// font of its own; the library is compiled from bytes in a worker.
const hash = createHash('sha256').update(page.script).digest('base64');
const policy = [
  "default-src 'none'", `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`, "style-src 'unsafe-inline'", 'img-src data:', 'font-src data:',
  'worker-src blob:', "connect-src 'none'", "frame-src 'none'", "base-uri 'none'", "form-action 'none'",
].join('; ');

// The notices that the licences of the parts require.
const notices = [
  ['The editor: monaco-editor', read('node_modules', 'monaco-editor', 'LICENSE') + '\n' + read('node_modules', 'monaco-editor', 'ThirdPartyNotices.txt')],
  ['fzstd', read('node_modules', 'fzstd', 'LICENSE')],
  ['The library: modules of Go', execFileSync(join(here, '..', '.ci', 'notices'), { encoding: 'utf8' })],
].map(([title, text]) => `${title}\n\n${text.trim()}\n`).join('\n\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const parts = { policy, style: page.style, script: page.script, notices, module: compressed.toString('base64') };
const html = read('src', 'index.html').replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
mkdirSync(join(here, 'dist'), { recursive: true });
writeFileSync(join(here, 'dist', 'index.html'), html);

/** The most that the page may have, in bytes, compressed as servers do. */
const most = 8e6;

const size = n => (n / 1e6).toFixed(2) + ' MB';
const transferred = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const zipped = gzipSync(html, { level: 9 }).length;
console.log(`dist/index.html: ${size(html.length)}; ${size(zipped)} with gzip, ${size(transferred)} with brotli`);
console.log(`  library ${size(compressed.length)}, scripts ${size(gzipSync(page.script).length)}, styles and the font of the editor ${size(gzipSync(page.style).length)}, compressed`);
if (zipped > most) {
  console.error(`the page is larger than ${size(most)}; look at what is new in: GOOS=js GOARCH=wasm go list -deps ./web/wasm`);
  process.exit(1);
}

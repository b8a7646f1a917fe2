// Builds the library as WebAssembly: build/scaleset.wasm, and beside it
// build/wasm_exec.js, the support code of the Go release that built it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

const go = (args, env = {}) =>
  execFileSync('go', args, { cwd: join(here, '..'), env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** The version of the page: that of the commit, if git knows it. */
export function version() {
  try {
    return execFileSync('git', ['describe', '--tags', '--always'], { cwd: here, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'development';
  }
}

export function buildWasm() {
  const out = join(here, 'build');
  mkdirSync(out, { recursive: true });
  const root = go(['env', 'GOROOT']);
  const http = join(root, 'src', 'net', 'http');
  const replace = {};
  for (const name of readdirSync(http)) {
    if (name.endsWith('.go')) replace[join(http, name)] = '';
  }
  replace[join(http, 'doc.go')] = join(here, 'nohttp.go.txt');
  const overlay = join(out, 'overlay.json');
  writeFileSync(overlay, JSON.stringify({ Replace: replace }));
  // Without inlining the module is smaller by a seventh: the page is one file, and most
  // of it is this module.
  go(
    ['build', '-trimpath', '-overlay', overlay, '-gcflags=all=-l', `-ldflags=-s -w -X main.version=${version()}`, '-o', join(out, 'scaleset.wasm'), './web/wasm'],
    { GOOS: 'js', GOARCH: 'wasm', CGO_ENABLED: '0' },
  );
  copyFileSync(join(root, 'lib', 'wasm', 'wasm_exec.js'), join(out, 'wasm_exec.js'));
  return join(out, 'scaleset.wasm');
}

/** The module, compressed as the worker reads it. */
export function pack(module) {
  const packed = module + '.zst';
  execFileSync('go', ['run', '.', module, packed], { cwd: join(here, 'pack'), stdio: ['ignore', 'inherit', 'inherit'] });
  return readFileSync(packed);
}

if (process.argv[1] === import.meta.filename) buildWasm();

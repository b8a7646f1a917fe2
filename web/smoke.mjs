// A smoke test of the WebAssembly under Node: a command, the language server, and
// the findings of a template with a defect.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWasm } from './wasm.mjs';

const here = import.meta.dirname;
const module = join(here, 'build', 'scaleset.wasm');
if (!existsSync(module) || process.argv.includes('--build')) buildWasm();

(0, eval)(readFileSync(join(here, 'build', 'wasm_exec.js'), 'utf8'));
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(module), go.importObject);
go.run(instance);

const example = name => readFileSync(join(here, '..', 'examples', 'preview', 'linux-nat', name), 'utf8');
const texts = { 'azuredeploy.json': example('azuredeploy.json'), 'azuredeploy.parameters.json': example('azuredeploy.parameters.json') };

const run = (...args) =>
  new Promise(resolve => globalThis.scaleset.run(args, texts, (code, out, err) => resolve({ code, out, err })));

const simulated = await run('simulate', 'azuredeploy.json', '--from', '20', '--to', '15', '--format', 'json');
assert.equal(simulated.code, 0, simulated.err);
assert.deepEqual(JSON.parse(simulated.out).steps[0].removed.map(i => i.name), ['web_19', 'web_18', 'web_17', 'web_16', 'web_15']);

const refused = await run('simulate', 'azuredeploy.json', '--to', 'many');
assert.equal(refused.code, 2);
assert.match(refused.err, /many/);

const uri = 'file:///page/azuredeploy.json';
const found = await new Promise((resolve, reject) => {
  const receive = globalThis.scaleset.serve(Object.keys(texts), text => {
    const m = JSON.parse(text);
    if (m.error) reject(new Error(m.error.message));
    if (m.method === 'textDocument/publishDiagnostics' && m.params.uri === uri) resolve(m.params.diagnostics);
  });
  const send = message => receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
  send({ id: 1, method: 'initialize', params: { capabilities: {} } });
  const text = texts['azuredeploy.json'].replace('"overprovision"', '"overprovison"').replace('"upgradePolicy"', '"upgradePolice"');
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, version: 1, text } } });
});
assert.ok(found.some(d => d.message.includes('upgradePolice')), JSON.stringify(found));

console.log(`WebAssembly: ${found.length} findings, a command and an error as expected`);
process.exit(0);

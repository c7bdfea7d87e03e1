// `npm run check`: types, lint, format, architecture and processes. Two at a time; says what failed and shows only its words.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join('node_modules', '.bin', name);

type Check = { readonly name: string; readonly command: readonly string[] };

const checks: readonly Check[] = [
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings=0', '--cache', '--cache-location', '.cache/eslint'] },
  { name: 'types of the server', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the forms', command: [bin('tsc'), '-p', 'tsconfig.forms.json'] },
  { name: 'types of the domain and the contract', command: [bin('tsc'), '-p', 'tsconfig.domain.json'] },
  { name: 'types of the pages', command: [bin('vue-tsc'), '-p', 'tsconfig.ui.json'] },
  { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'architecture', command: [bin('vitest'), 'run', '--project', 'unit', 'test/architecture.test.ts'] },
  { name: 'processes', command: [process.execPath, 'tools/check-processes.ts'] },
];

const waiting = [...checks];
const failed: string[] = [];
await Promise.all([work(), work()]);
const passed = checks.length - failed.length;
console.log(failed.length === 0 ? `\nV pořádku: ${passed} kontrol.` : `\nNeprošlo: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);

async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await run(check);
}

function run({ name, command: [program = '', ...args] }: Check): Promise<void> {
  const started = Date.now();
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${code === 0 ? '' : `\n${said.trimEnd()}\n`}`);
      if (code !== 0) failed.push(name);
      resolve();
    });
  });
}

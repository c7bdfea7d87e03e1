// Wrong settings end the process with one line that names the key; right ones become a typed configuration.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../server/platform/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'vyrizeno-config-'));
const file = join(folder, 'a-file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

type Settings = Readonly<Record<string, string>>;

/** What a person may get wrong: the key that the message has to name, and the settings. */
const broken: readonly (readonly [key: string, what: string, settings: Settings])[] = [
  ['PORT', 'a word', { PORT: 'http' }],
  ['PORT', 'a negative number', { PORT: '-1' }],
  ['PORT', 'too large', { PORT: '65536' }],
  ['PORT', 'not whole', { PORT: '80.5' }],
  ['PORT', 'hexadecimal', { PORT: '0x50' }],
  ['PORT', 'with a space', { PORT: '3000 ' }],
  ['PORT', 'empty', { PORT: '' }],
  ['HOST', 'with a space', { HOST: 'my town' }],
  ['HOST', 'an address with a scheme', { HOST: 'http://localhost' }],
  ['DATA_DIR', 'a file', { DATA_DIR: file }],
  ['DATA_DIR', 'below a file', { DATA_DIR: join(file, 'data') }],
  ['DATA_DIR', 'only spaces', { DATA_DIR: '  ' }],
  ['DATABASE_URL', 'another database', { DATABASE_URL: 'mysql://u:tajne@localhost/db' }],
  ['DATABASE_URL', 'not an address', { DATABASE_URL: 'localhost:5432' }],
  ['DATABASE_URL', 'no database', { DATABASE_URL: 'postgres://u:tajne@localhost:5432' }],
  ['DATABASE_URL', 'no user', { DATABASE_URL: 'postgres://localhost:5432/db' }],
  ['DATABASE_URL', 'no such port', { DATABASE_URL: 'postgres://u:tajne@localhost:543210/db' }],
  ['DATABASE_OWNER_URL', 'not an address', { DATABASE_OWNER_URL: 'owner' }],
  ['PUBLIC_URL', 'another protocol', { PUBLIC_URL: 'ftp://lhota.cz' }],
  ['PUBLIC_URL', 'no protocol', { PUBLIC_URL: 'podani.lhota.cz' }],
  ['PUBLIC_URL', 'with a path', { PUBLIC_URL: 'https://lhota.cz/podani' }],
  ['PUBLIC_URL', 'with a password', { PUBLIC_URL: 'https://u:tajne@lhota.cz' }],
  ['PUBLIC_URL', 'readable for the whole network', { PUBLIC_URL: 'http://podani.lhota.cz' }],
  ['DEMO', 'a word', { DEMO: 'yes' }],
  ['LOG_LEVEL', 'unknown', { LOG_LEVEL: 'loud' }],
  ['TENANT', 'with diacritics', { TENANT: 'Velká Lhota' }],
  ['TENANT', 'a path', { TENANT: '../lhota' }],
];

test.concurrent.each(broken)('%s, %s, ends the server with one line and exit code 78', async (key, _what, settings) => {
  const { code, stdout, stderr } = await run(['server/cli.ts', 'config'], settings);

  expect(code).toBe(78);
  expect(stderr.split('\n')).toHaveLength(2);
  expect(stderr).toContain(` ${key}: `);
  expect(stdout + stderr).not.toContain('tajne');
});

describe('right settings', () => {
  test('nothing set gives the defaults', () => {
    expect(parseConfig({})).toMatchObject({
      config: { port: 3000, host: '127.0.0.1', publicUrl: 'http://localhost:3000', demo: false, logLevel: 'info', databaseUrl: undefined },
    });
  });

  test('the public address follows the port, loses its slash, and may be unencrypted in a demo', () => {
    expect(parseConfig({ PORT: '8080' })).toMatchObject({ config: { publicUrl: 'http://localhost:8080' } });
    expect(parseConfig({ PUBLIC_URL: 'https://podani.lhota.cz/' })).toMatchObject({ config: { publicUrl: 'https://podani.lhota.cz' } });
    expect(parseConfig({ PUBLIC_URL: 'http://demo.lhota.cz', DEMO: '1' })).toMatchObject({ config: { demo: true } });
  });

  test('showing the configuration does not show a password', async () => {
    const { code, stdout } = await run(['server/cli.ts', 'config'], { DATABASE_URL: 'postgres://u:tajne@localhost/db' });

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ databaseUrl: 'postgres://u:***@localhost/db' });
  });
});

function run(
  args: readonly string[],
  settings: Settings,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  // Nothing of the tester's own environment may decide.
  const env = { PATH: process.env['PATH'], DATA_DIR: folder, ...settings };
  const child = spawn(process.execPath, args, { env, cwd: join(import.meta.dirname, '..', '..') });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

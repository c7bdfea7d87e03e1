// `npm run simulators` as a process of its own: what it says, that it keeps its folder to itself, and a town that a file points at it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectorDetail } from '../../server/contract/connectors.ts';
import { quietPort } from '../setup/port.ts';
import { connectorKeys } from '../../server/integrations/connectors.ts';
import { readConfigFile } from '../../server/town/config-file.ts';
import { simulatorRows } from '../../server/world/simulators.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown } from '../setup/town.ts';
import { citizen, officer } from '../wire/town-client.ts';
import { askForInformation, completeTask, endOf, until, caseOf } from '../wire/town-steps.ts';

const database = await cloneDatabase();
const folder = mkdtempSync(join(tmpdir(), 'simulators-'));
let simulators: Running;
let base = 0;
let townPort = 0;

interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
}

function run(...words: readonly string[]): Running {
  const child = spawn(process.execPath, ['tools/simulators.ts', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}
async function ends(...words: readonly string[]): Promise<readonly [code: number, said: string]> {
  const { child, said } = run(...words);
  const [code] = (await once(child, 'close')) as [number];
  return [code, said()];
}
const control = async <T>(path: string, init: RequestInit = {}): Promise<T> =>
  (await (await fetch(`http://127.0.0.1:${base}/zkusebni-svet/ovladani${path}`, init)).json()) as T;

beforeAll(async () => {
  base = await quietPort();
  townPort = await quietPort();
  simulators = run('--port-base', String(base), '--data-dir', folder, '--town-url', `http://localhost:${townPort}`, '--deliver-ms', '0');
  await until('the simulators', () => Promise.resolve(simulators.said().includes('Ctrl+C') ? true : undefined));
}, 60_000);
afterAll(() => {
  simulators.child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('says the address of every simulator, its accounts, the fingerprints of certificates and the file for the town', async () => {
  const said = simulators.said();
  for (const { name } of simulatorRows) expect(said).toContain(`http://127.0.0.1:${base}/zkusebni-svet/${name}/`);
  expect(said).toContain(`mail: 127.0.0.1:${base + 1}`);
  expect(said).toMatch(/Datová schránka: Jana Novotná: jnovot7, přihlášení jnovot7/);
  expect(said.match(/SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}/g)?.length).toBeGreaterThan(2);
  expect(said).toContain(`npm start -- --config ${join(folder, 'mesto', 'mesto.yaml')}`);
  const parts = await control<readonly { readonly name: string }[]>('/');
  expect(parts.map(({ name }) => name)).toEqual(simulatorRows.map(({ name }) => name));
});

test('its file names every secret by a file, and can be read', () => {
  const path = join(folder, 'mesto', 'mesto.yaml');
  const { settings } = readConfigFile(path);
  expect(Object.keys(settings)).toEqual(expect.arrayContaining(['isds', 'nia', 'officerLogin', 'mail', 'bank']));
  expect(readFileSync(path, 'utf8')).not.toMatch(/heslo|Lipova-1|BEGIN|demo-only/);
  expect(
    Object.keys(settings).filter((key) => typeof settings[key] === 'object' && !(connectorKeys as readonly string[]).includes(key)),
  ).toEqual([]);
});

test('a second one in the same folder, on the same port or with words it does not know is refused in one line', async () => {
  const [taken, why] = await ends('--port-base', String(base + 50), '--data-dir', folder);
  expect([taken, why.trim()]).toEqual([
    78,
    `Složku ${folder} už používají běžící simulátory (proces ${simulators.child.pid}). Zvolte jinou: --data-dir.`,
  ]);
  const other = mkdtempSync(join(tmpdir(), 'simulators-'));
  expect(await ends('--port-base', String(base), '--data-dir', other)).toEqual([
    78,
    `Port ${base} je obsazený. Zvolte jiný základ: --port-base.\n`,
  ]);
  expect((await ends('--port-base', 'abc', '--data-dir', other))[1]).toMatch(/^Chybné --port-base/);
  expect((await ends('--hned'))[1]).toMatch(/^Tomu nerozumím/);
  rmSync(other, { recursive: true });
});

test(
  'a town pointed at them by the file does its work there: a submission, a decision, a letter in the data box',
  { timeout: 120_000 },
  async () => {
    const town = await startTown(database, {
      PORT: String(townPort),
      TOWN_CONFIG: join(folder, 'mesto', 'mesto.yaml'),
    });
    try {
      const iveta = await officer(town.url, 'u-iveta-zbornikova');
      const bank = await iveta.get<ConnectorDetail>('/urad/api/connectors/bank');
      expect(bank.locked).toEqual(expect.arrayContaining(['bank.baseUrl', 'bank.token']));
      await iveta.send('PUT', '/urad/api/connectors/bank', { settings: { ...bank.settings, baseUrl: 'http://127.0.0.1:1' }, revision: 0 });
      expect((await iveta.get<ConnectorDetail>('/urad/api/connectors/bank')).settings['baseUrl']).toBe(bank.settings['baseUrl']);
      const jana = await citizen(town.url, 'jana-novotna');
      const radek = await officer(town.url, 'u-radek-simunek');
      const { caseId } = await askForInformation(jana);
      await completeTask(radek, caseId, 'posouzeni', { postup: 'poskytnout', informace: 'Smlouvy zasíláme v příloze.' });
      type Sent = { readonly sender?: string; readonly recipient?: string; readonly from?: string; readonly to?: string };
      const letters = await until('a message in her box', async () => {
        const sent = (await control<readonly Sent[]>('/isds/ledger')).filter((one) => JSON.stringify(one).includes('jnovot7'));
        return sent.length > 0 ? sent : undefined;
      });
      expect(letters).toHaveLength(1);
      await until('the letter in her case', async () =>
        (await caseOf(jana, caseId)).documents.some(({ kind }) => kind === 'letter') ? true : undefined,
      );
      expect(await control<{ readonly logins: readonly unknown[] }>('/nia/ledger')).toMatchObject({ logins: [{}] });
      // Nothing went to the simulators that the demo carries in itself.
      expect(await town.world('GET', '/isds/ledger')).toEqual([]);
      await completeTask(radek, caseId, 'zverejneni', {
        adresaZverejneni: 'https://lipova.example/informace/1',
        zverejneno: new Date().toISOString().slice(0, 10),
      });
      expect(await endOf(jana, caseId)).toBe('vyrizeno');
    } finally {
      await town.close();
    }
  },
);

test('npm start refuses a wrong file, a missing one and words it does not know before anything starts', async () => {
  const start = async (...words: readonly string[]): Promise<readonly [number, string]> => {
    const child = spawn(process.execPath, ['tools/start.ts', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return [code, text];
  };
  const wrong = join(folder, 'spatne.yaml');
  writeFileSync(wrong, 'isds: {adresa: x}\n');
  expect(await start('--config', wrong)).toEqual([78, `Chybné nastavení isds.adresa v souboru ${wrong}: takový klíč nastavení nemá.\n`]);
  const absent = join(folder, 'neni.yaml');
  expect(await start('--config', absent)).toEqual([78, `Soubor ${absent} s nastavením města nelze otevřít.\n`]);
  expect((await start('--neznam'))[0]).toBe(78);
});

test('Ctrl-C ends it cleanly and lets go of the folder', { timeout: 60_000 }, async () => {
  const ended = once(simulators.child, 'close');
  simulators.child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(simulators.said()).toMatch(/Simulátory skončily\.\n$/);
  const again = run('--port-base', String(base), '--data-dir', folder);
  await until('the simulators again', () => Promise.resolve(again.said().includes('Ctrl+C') ? true : undefined));
  const over = once(again.child, 'close');
  again.child.kill('SIGTERM');
  expect((await over)[0]).toBe(0);
});

// Settings of connectors in a running town: who may, what is seen, tried, saved, gone back to; applied without a restart and kept over one.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectorAnswer, ConnectorDetail, ConnectorList, FailingConnectors, SettingGroup } from '../../server/contract/connectors.ts';
import { demoSmsbrana } from '../../server/integrations/sms/simulator.ts';
import { demoBankToken } from '../../server/integrations/bank/simulator.ts';
import { portalBox, townBox } from '../../server/integrations/isds/simulator-boxes.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { officer, type Client } from './town-client.ts';

const database = await cloneDatabase();
let town: RunningTown;
let iveta: Client;
let hana: Client;

beforeAll(async () => {
  town = await startTown(database, { LOG_LEVEL: 'info' });
  iveta = await officer(town.url, 'u-iveta-zbornikova');
  hana = await officer(town.url, 'u-hana-vlckova');
  mkdirSync(join(town.dataDir, 'secrets'));
  writeFileSync(join(town.dataDir, 'secrets', 'policie.klic'), 'tajny-klic-policie\n');
}, 120_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

const rows = (text: string): Promise<readonly unknown[]> =>
  withClient(everyTownUrl(database), async (client) => (await client.query(text)).rows);
const detail = (key: string): Promise<ConnectorDetail> => iveta.get(`/urad/api/connectors/${key}`);
const save = (key: string, settings: SettingGroup | null, revision: number): ReturnType<typeof iveta.ask<ConnectorAnswer>> =>
  iveta.ask<ConnectorAnswer>('PUT', `/urad/api/connectors/${key}`, { settings, revision });
const attempt = (key: string, settings: SettingGroup | null): Promise<ConnectorAnswer> =>
  iveta.send('POST', `/urad/api/connectors/${key}/try`, { settings });

test('only an administrator sees and changes settings', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/isds'],
    ['POST', '/isds/try'],
    ['PUT', '/isds'],
    ['POST', '/isds/return'],
  ] as const)
    expect(
      (await hana.ask(method, `/urad/api/connectors${path}`, method === 'GET' ? undefined : { settings: {}, revision: 0, to: 0 })).body
        .code,
    ).toBe('not-permitted');
  expect((await iveta.ask('GET', '/urad/api/connectors/neni')).body.code).toBe('connector-not-found');
});

test('no page, answer or log line of an administrator tells a secret', async () => {
  const { connectors } = await iveta.get<ConnectorList>('/urad/api/connectors');
  const seen: string[] = [];
  for (const { key } of connectors) {
    const whole = await detail(key);
    seen.push(JSON.stringify(whole), JSON.stringify(await attempt(key, whole.settings)));
  }
  const secrets = [demoBankToken, demoSmsbrana.password, townBox.password, portalBox.password, 'PRIVATE KEY', 'demo-only-secret'];
  for (const secret of secrets) {
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    expect(town.output().includes(secret)).toBe(false);
  }
  expect(connectors.filter(({ isOn }) => isOn).length).toBeGreaterThan(8);
});

test('a wrong value is told at its field, a secret in plain text is refused, and nothing is saved', async () => {
  const { settings } = await detail('isds');
  const wrong = await save('isds', { ...settings, baseUrl: 'nikam', pollMs: -1, nesmysl: 1 }, 0);
  expect(wrong.body.problems).toEqual([{ path: 'isds.nesmysl', message: 'takový klíč nastavení nemá' }]);

  const told = await save('isds', { ...settings, baseUrl: 'nikam', pollMs: -1 }, 0);
  expect(told.body.problems.map(({ path }) => path)).toEqual(['isds.baseUrl', 'isds.pollMs']);

  const police = await detail('cityPolice');
  const open = await save('cityPolice', { ...police.settings, token: 'heslo' }, 0);
  expect(open.body.problems).toEqual([
    { path: 'cityPolice.token', message: 'tajný údaj smí být jen v samostatném souboru: {"file": "cesta k souboru"}' },
  ]);
  expect(await rows('select * from town_connector')).toEqual([]);
});

test.each(['../clock.json', '/etc/hostname', 'odkaz', 'neni'])('a secret is never read from %s', async (file) => {
  const link = join(town.dataDir, 'secrets', 'odkaz');
  if (file === 'odkaz') symlinkSync(join(town.dataDir, 'clock.json'), link);
  const { settings } = await detail('cityPolice');
  const { problems } = await attempt('cityPolice', { ...settings, token: { file } });
  expect(problems.map(({ path }) => path)).toEqual(['cityPolice.token']);
});

test('settings are tried before they are saved, apply at once, are kept over a restart, and can be taken back', async () => {
  const asked: string[] = [];
  const police = createServer((request, response) => {
    asked.push(`${request.headers.authorization} ${request.url}`);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ pokuty: [], dalsi: 0 }));
  });
  await new Promise<void>((resolve) => police.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(police.address() as AddressInfo).port}`;
  try {
    const { settings, card } = await detail('cityPolice');
    expect(card.revision).toBe(0);
    const edited = { ...settings, baseUrl, token: { file: 'policie.klic' } };
    expect(await attempt('cityPolice', { ...settings, baseUrl: 'http://127.0.0.1:1' })).toMatchObject({
      problems: [],
      check: { ok: false },
    });
    expect(await attempt('cityPolice', edited)).toMatchObject({ problems: [], check: { ok: true } });
    expect((await detail('cityPolice')).card.revision).toBe(0);

    expect((await save('cityPolice', edited, 0)).body).toMatchObject({ problems: [], check: { ok: true } });
    // Two administrators: the second one has seen an older state.
    expect((await save('cityPolice', edited, 0)).body).toMatchObject({ code: 'connector-changed' });
    expect(await rows('select revision, settings from town_connector')).toEqual([
      { revision: 1, settings: { baseUrl, token: { file: 'policie.klic' } } },
    ]);
    expect(asked).toContain('Bearer tajny-klic-policie /pokuty?po=0');

    await town.kill('SIGTERM');
    await town.startAgain();
    asked.length = 0;
    iveta = await officer(town.url, 'u-iveta-zbornikova');
    await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const after = await detail('cityPolice');
    expect(after.settings).toMatchObject({ baseUrl, token: { file: 'policie.klic' } });
    expect(after.history).toMatchObject([{ revision: 1, changedBy: 'Iveta Zborníková', takenFrom: null }]);
    expect(after.history[0]?.changes.toSorted()).toEqual([
      `Adresa služby: výchozí, nově ${baseUrl}`,
      'Přístupový klíč: výchozí, nově soubor policie.klic',
    ]);

    await iveta.send('POST', '/urad/api/connectors/cityPolice/return', { to: 0, revision: 1 });
    const back = await detail('cityPolice');
    expect([back.card.revision, back.settings['baseUrl'], back.settings['token']]).toEqual([
      2,
      `${town.url}/zkusebni-svet/city-police`,
      { kept: true },
    ]);
    expect(back.history[0]).toMatchObject({ revision: 2, takenFrom: 0 });
    expect(town.output()).toMatch(/settings of a connector changed/);
    expect(town.output()).not.toContain('tajny-klic-policie');
  } finally {
    police.close();
    police.closeAllConnections();
  }
});

test('a connector that the town can do without is turned off and on again without a restart', async () => {
  const { settings, card } = await detail('sms');
  expect((await save('sms', null, card.revision)).body.problems).toEqual([]);
  expect((await detail('sms')).card.isOn).toBe(false);
  expect((await save('sms', settings, card.revision + 1)).body.problems).toEqual([]);
  expect((await detail('sms')).card.isOn).toBe(true);
  expect((await save('mail', null, 0)).body.problems).toEqual([{ path: 'mail', message: 'chybí' }]);
});

test('one that does not work is known to every officer, with since when, and no more when it works again', async () => {
  const { settings, card } = await detail('economy');
  await save('economy', { ...settings, baseUrl: 'http://127.0.0.1:1' }, card.revision);
  const { failing } = await hana.get<FailingConnectors>('/urad/api/failing-connectors');
  expect(failing.map(({ title, text }) => `${title}: ${text}`)).toContain('Ekonomický systém: Ekonomický systém neodpovídá.');
  await iveta.send('POST', '/urad/api/connectors/economy/return', { to: 0, revision: card.revision + 1 });
  expect((await hana.get<FailingConnectors>('/urad/api/failing-connectors')).failing.map(({ title }) => title)).not.toContain(
    'Ekonomický systém',
  );
});

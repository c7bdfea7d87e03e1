// Ways of access to ISDS: addresses of each, and client certificates over a real TLS server.
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultPlan } from '../../../server/integrations/fault-plan.ts';
import { addressOf, loginOf } from '../../../server/integrations/isds/addresses.ts';
import { isdsConfigSchema, type IsdsConfig } from '../../../server/integrations/isds/config.ts';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import { makeSealKeys, makeTlsKey } from '../../../server/integrations/isds/simulator-seal.ts';
import { createIsdsSimulator, townBox } from '../../../server/integrations/isds/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { testClock } from '../simulated-server.ts';
import { pdf } from './town.ts';

type Account = IsdsConfig['accounts'][string];
const keys = { certificatePem: '-----BEGIN CERTIFICATE-----', privateKeyPem: '-----BEGIN PRIVATE KEY-----' };
const settingsOf = (account: Partial<Account>, more: Partial<IsdsConfig> = {}): ReturnType<typeof isdsConfigSchema.parse> =>
  isdsConfigSchema.parse({ domain: 'datovka.gov.cz', accounts: { town: { boxId: townBox.id, ...account } }, ...more });

describe('the address of a service', () => {
  it.each([
    [
      'password',
      { access: 'password', user: 'u', password: 'p' },
      'https://ws1.datovka.gov.cz/DS/dx',
      'https://ws2.datovka.gov.cz/DS/vodz',
      'u:p',
    ],
    [
      'certificate',
      { access: 'certificate', ...keys },
      'https://ws1c.datovka.gov.cz/cert/DS/dx',
      'https://ws2c.datovka.gov.cz/cert/DS/vodz',
      undefined,
    ],
    [
      'certificate and password',
      { access: 'certificate-password', user: 'u', password: 'p', ...keys },
      'https://ws1c.datovka.gov.cz/certds/DS/dx',
      'https://ws2c.datovka.gov.cz/certds/DS/vodz',
      'u:p',
    ],
    [
      'hosted',
      { access: 'hosted', ...keys },
      'https://ws1c.datovka.gov.cz/hspis/DS/dx',
      'https://ws2c.datovka.gov.cz/hspis/DS/vodz',
      `${townBox.id}:`,
    ],
  ] as const)('follows from the way: %s', (_way, account, ordinary, big, login) => {
    const settings = settingsOf(account);
    const town = settings.accounts['town'];
    if (!town) throw new Error('town');
    const said = loginOf(town);
    expect([addressOf(settings, town, 'dx'), addressOf(settings, town, 'vodz'), said && `${said.user}:${said.password}`]).toEqual([
      ordinary,
      big,
      login,
    ]);
  });

  it('can be said of one service, or of all', () => {
    const settings = settingsOf({ user: 'u' }, { baseUrl: 'http://127.0.0.1:1/isds', serviceUrls: { vodz: 'https://jinde.example/vodz' } });
    const town = settings.accounts['town'];
    if (!town) throw new Error('town');
    expect([addressOf(settings, town, 'dz'), addressOf(settings, town, 'vodz')]).toEqual([
      'http://127.0.0.1:1/isds/DS/dz',
      'https://jinde.example/vodz',
    ]);
  });

  it.each([
    ['no environment', { domain: undefined }, { user: 'u' }],
    ['no name', {}, {}],
    ['no certificate', {}, { access: 'certificate' }],
    ['no key', {}, { access: 'hosted', certificatePem: keys.certificatePem }],
  ] as const)('is refused with %s', (_what, more, account) => {
    expect(() =>
      isdsConfigSchema.parse({ domain: 'datovka.gov.cz', accounts: { town: { boxId: townBox.id, ...account } }, ...more }),
    ).toThrow();
  });
});

describe('a client certificate', () => {
  const at = new Date();
  const authority = makeSealKeys(at).authority;
  const serverKey = makeTlsKey('127.0.0.1', authority, at);
  const system = makeTlsKey('Spisová služba města', authority, at);
  const stranger = makeTlsKey('Nikdo', authority, at);
  const hosting = makeTlsKey('Hostující spisová služba', authority, at);
  let server: Server;
  let baseUrl: string;

  beforeEach(async () => {
    const trusted = { key: serverKey.privateKeyPem, cert: serverKey.certificatePem, ca: authority.certificatePem };
    server = createServer({ ...trusted, requestCert: true, rejectUnauthorized: false });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clock = testClock();
    const options = { baseUrl, store: createMemoryStore(), clock, faults: createFaultPlan(createMemoryStore(), clock), deliverMs: 0 };
    const certificates = [
      { certificatePem: system.certificatePem, boxId: townBox.id },
      { certificatePem: hosting.certificatePem, hosts: [townBox.id] },
    ];
    const app = new Koa();
    app.use(createIsdsSimulator({ ...options, certificates }).middleware);
    server.on('request', app.callback());
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const connect = (account: Partial<Account>, more: Partial<IsdsConfig> = {}): ReturnType<typeof createIsdsConnector> =>
    createIsdsConnector({
      baseUrl,
      serverCertificates: [authority.certificatePem],
      accounts: { town: { boxId: townBox.id, ...account } },
      ...more,
    });

  it.each([
    ['of the system, alone', { access: 'certificate', ...system }],
    ['with a password', { access: 'certificate-password', user: townBox.user, password: townBox.password, ...system }],
    ['of a hosted records service', { access: 'hosted', ...hosting }],
  ] as const)('%s opens the box', async (_way, account) => {
    const connector = connect(account);
    expect(await connector.check()).toMatchObject({ ok: true });
    const send = connector.effects['isds.send'];
    const input = send?.input.parse({ from: 'town', to: 'jnovot7', subject: 'Výzva', documents: [] });
    expect(await send?.perform('klic', input, [pdf])).toMatchObject({ done: { messageId: expect.any(String) } });
  });

  it.each([
    ['that nobody registered', { access: 'certificate', ...stranger }],
    ['of another box than the one hosted', { access: 'hosted', ...system }],
    ['with a wrong password', { access: 'certificate-password', user: townBox.user, password: 'jine', ...system }],
  ] as const)('%s is refused', async (_way, account) => {
    expect(await connect(account).check()).toEqual({ ok: false, text: expect.stringContaining('HTTP 401') });
  });

  it('is not shown to a server whose own certificate nobody trusts', async () => {
    const account = { access: 'certificate', ...system } as const;
    expect(await connect(account, { serverCertificates: [] }).check()).toMatchObject({
      ok: false,
      text: expect.stringContaining('nedostupná'),
    });
  });

  it('is not needed where the password is enough, though the server is known only to us', async () => {
    expect(await connect({ user: townBox.user, password: townBox.password }).check()).toMatchObject({ ok: true });
  });
});

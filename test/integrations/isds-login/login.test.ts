// Login through a data box: over real TLS with client certificates, against the simulated service and against one that lies.
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoBoxes } from '../../../server/integrations/isds/simulator.ts';
import { createIsdsLogin } from '../../../server/integrations/isds-login/login.ts';
import type { IsdsLogin } from '../../../server/integrations/isds-login/login.ts';
import { createIsdsLoginSimulator } from '../../../server/integrations/isds-login/simulator.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { Browser, actionOf, fieldsOf, formInit } from '../../http/auth/a-browser.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

const RETURN = 'http://localhost:1/prihlaseni/isds/navrat';
type Changes = Partial<Parameters<typeof createIsdsLogin>[0]>;
type Loa = 'low' | 'substantial';

let simulated: SimulatedServer;
let channel: string;
let keys: Awaited<ReturnType<typeof pairs>>;
let liar: Server;
let lie = (_token: string): string | Buffer => '';
let lastToken = '';

const pairs = async () => {
  const [town, service, stranger] = await Promise.all([createKeyPair('Město'), createKeyPair('localhost'), createKeyPair('Cizí')]);
  return { town, service, stranger };
};

beforeAll(async () => {
  keys = await pairs();
  const { town, service } = keys;
  simulated = await serve((options) =>
    createIsdsLoginSimulator({
      ...options,
      boxes: demoBoxes,
      channelPort: 0,
      tls: service,
      application: { atsId: 'LIPOVA1', returnUrl: RETURN, certificatePem: town.certificatePem, afterLogoutUrl: 'http://localhost:1/' },
    }),
  );
  channel = `https://localhost:${String(await simulated.simulator.listening)}/asws/extIs2Endpoint`;
  liar = createServer({ cert: service.certificatePem, key: service.privateKeyPem }, (_request, response) => response.end(lie(lastToken)));
  await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  liar.closeAllConnections();
  liar.close();
  await simulated.close();
});

function login(changes: Changes = {}): IsdsLogin {
  const { town, service } = keys;
  const given = { atsId: 'LIPOVA1', portalUrl: simulated.baseUrl, confirmUrl: channel, afterLogoutUrl: 'http://localhost:1/' };
  return createIsdsLogin({ ...given, ...town, authorityPem: service.certificatePem, ...changes });
}

/** Where the service sends the browser after this user was chosen, or at once when it knows the person. */
async function comeBack(url: string, user: string, browser = new Browser()): Promise<URL> {
  const page = await follow(browser, new URL(url));
  if (page.url.port === '1') return page.url;
  return (await follow(browser, new URL(actionOf(page), page.url), formInit(fieldsOf(page), user))).url;
}

async function follow(browser: Browser, start: URL, init: RequestInit = {}): Promise<Awaited<ReturnType<Browser['send']>>> {
  let answer = await browser.send(start, init);
  for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 10; hops += 1) {
    const next = new URL(answer.headers.get('location') ?? '', answer.url);
    if (next.port === '1') return { ...answer, url: next };
    answer = await browser.send(next, {});
  }
  return answer;
}

const seen = new Set<string>();
const isFirstUse = async (id: string): Promise<boolean> => !seen.has(id) && Boolean(seen.add(id));

async function logIn(user: string, changes: Changes = {}, loa: Loa = 'low') {
  const way = login(changes);
  const { id, departure } = await way.start({ loa, fresh: false });
  const url = await comeBack(departure.url, user);
  return way.finish({ url }, { id: way.idOf({ url }), loa, isFirstUse }).then(({ identity }) => ({ identity, id }));
}

describe('a person comes through a box', () => {
  test('of his own: the box is the key', async () => {
    const { identity } = await logIn('jnovot7');

    expect(identity).toEqual({
      subject: 'jnovot7',
      givenName: 'Jana',
      familyName: 'Novotná',
      loa: 'low',
      dataBox: { id: 'jnovot7', type: 'FO', userType: 'PRIMARY_USER' },
    });
  });

  test('of a company: the box and his name are the key, and the company is told', async () => {
    const [statutory, entrusted] = [await logIn('psipes2-primary_user'), await logIn('psipes2-entrusted_user')];

    expect(statutory.identity).toMatchObject({
      subject: 'psipes2#NOVOTNÁ JANA',
      dataBox: { id: 'psipes2', type: 'PO', ico: '27074358', firmName: 'Psí hotel U Kapličky s. r. o.', userType: 'PRIMARY_USER' },
    });
    expect(entrusted.identity).toMatchObject({ subject: 'psipes2#ČÍŽEK TOMÁŠ', dataBox: { userType: 'ENTRUSTED_USER' } });
  });

  test('at the level that the settings say, and not where more is needed', async () => {
    expect((await logIn('jnovot7', { level: 'substantial' }, 'substantial')).identity.loa).toBe('substantial');
    await expect(logIn('jnovot7', {}, 'substantial')).rejects.toMatchObject({ code: 'loa-too-low' });
  });

  test('is not asked twice, but anew when the proof must be fresh', async () => {
    const browser = new Browser();
    const way = login();
    await comeBack((await way.start({ loa: 'low', fresh: false })).departure.url, 'jnovot7', browser);

    const straight = await follow(browser, new URL((await way.start({ loa: 'low', fresh: false })).departure.url));
    const asked = await follow(browser, new URL((await way.start({ loa: 'low', fresh: true })).departure.url));

    expect(straight.url.port).toBe('1');
    expect(asked.text).toContain('Vyberte schránku');
  });

  test('and goes: ISDS forgets him and sends him where we say', async () => {
    const browser = new Browser();
    const way = login();
    await comeBack((await way.start({ loa: 'low', fresh: false })).departure.url, 'jnovot7', browser);

    const gone = await follow(browser, new URL((await way.logout()) ?? ''));
    const asked = await follow(browser, new URL((await way.start({ loa: 'low', fresh: false })).departure.url));

    expect(gone.url.href).toBe('http://localhost:1/');
    expect(asked.text).toContain('Vyberte schránku');
  });

  test('or gives up', async () => {
    await expect(logIn('')).rejects.toMatchObject({ code: 'session-missing', kind: 'cancelled' });
  });
});

describe('a session is not accepted', () => {
  test('twice, neither here nor there', async () => {
    const way = login();
    const { id, departure } = await way.start({ loa: 'low', fresh: false });
    const url = await comeBack(departure.url, 'jnovot7');
    await way.finish({ url }, { id, loa: 'low', isFirstUse });

    await expect(way.finish({ url }, { id, loa: 'low', isFirstUse })).rejects.toMatchObject({ code: 'replayed' });
    await expect(way.finish({ url }, { id, loa: 'low', isFirstUse: async () => true })).rejects.toMatchObject({
      code: 'session-not-found',
    });
  });

  test('of another login, though the address says otherwise', async () => {
    const way = login();
    const [mine, theirs] = [await way.start({ loa: 'low', fresh: false }), await way.start({ loa: 'low', fresh: false })];
    const url = await comeBack(theirs.departure.url, 'zrehor8');
    url.searchParams.set('appToken', mine.id);

    await expect(way.finish({ url }, { id: mine.id, loa: 'low', isFirstUse })).rejects.toMatchObject({ code: 'token-mismatch' });
  });

  test('from a service that we do not trust', async () => {
    await expect(logIn('jnovot7', { authorityPem: keys.stranger.certificatePem })).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('by an application with a foreign certificate', async () => {
    await expect(logIn('jnovot7', keys.stranger)).rejects.toMatchObject({ code: 'answer-certificate' });
  });

  test('while the service has trouble, and that is told apart from a lie', async () => {
    for (const kind of ['unavailable', 'fail-before', 'lose-answer'] as const) {
      await simulated.faults.set([{ operation: 'potvrzeni', kind, times: 1 }]);
      await expect(logIn('jnovot7')).rejects.toMatchObject({ code: 'unavailable' });
    }
    await simulated.faults.set([{ operation: 'potvrzeni', kind: 'drip', ms: 20, times: 1 }]);
    await expect(logIn('jnovot7', { timeoutMs: 300 })).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('an application that is not registered finds nothing', async () => {
    const { departure } = await login({ atsId: 'NIKDO' }).start({ loa: 'low', fresh: false });

    expect((await fetch(departure.url, { redirect: 'manual' })).status).toBe(404);
  });
});

const ATS = 'http://agw-as.cz/ats-ws/v1';
const honest = (token: string, more = ''): string =>
  `<attribute name="dbID" value="jnovot7"/><attribute name="dbType" value="FO"/><attribute name="appToken" value="${token}"/>${more}`;
const response = (attributes: string, status = 'OK'): string =>
  `<authConfirmationResponse xmlns="${ATS}"><status>${status}</status><attributes>${attributes}</attributes></authConfirmationResponse>`;
const soap = (content: string): string =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;

/** The answer of the lying service is built with the right token, so that only the lie refuses it. */
async function lied(told: (token: string) => string | Buffer, changes: Changes = {}) {
  const way = login({ confirmUrl: `https://localhost:${String((liar.address() as AddressInfo).port)}/`, ...changes });
  const { id } = await way.start({ loa: 'low', fresh: false });
  [lie, lastToken] = [told, id];
  const url = new URL(`${RETURN}?${new URLSearchParams({ sessionId: `s${id}`, appToken: id }).toString()}`);
  return (await way.finish({ url }, { id, loa: 'low', isFirstUse })).identity;
}

describe('an answer of the back channel', () => {
  test('is read with and without namespace, whatever order and attributes it has', async () => {
    const bare = (token: string): string =>
      soap(
        `<authConfirmationResponse xmlns=""><attributes>${honest(token, '<attribute name="novy" value="x"/>')}</attributes><status>OK</status></authConfirmationResponse>`,
      );

    expect(await lied(bare)).toMatchObject({ subject: 'jnovot7', familyName: 'datová schránka jnovot7' });
    expect(await lied((token) => soap(response(honest(token))))).toMatchObject({ subject: 'jnovot7' });
  });

  test('has its attributes under the names that the settings say', async () => {
    const told = (token: string): string =>
      soap(response(honest(token, '<attribute name="jmeno" value="Jan"/><attribute name="prijmeni" value="Dvořák"/>')));

    expect(await lied(told, { attributes: { givenNames: 'jmeno', lastName: 'prijmeni' } })).toMatchObject({ familyName: 'Dvořák' });
  });

  const user = (type: string): string => `<attribute name="userType" value="${type}"/>`;
  test.each<readonly [string, (token: string) => string | Buffer, string]>([
    ['with a system error', () => soap(response('', 'SYSTEM_ERROR')), 'unavailable'],
    ['with an unknown status', (token) => soap(response(honest(token), 'OKAY')), 'answer-status'],
    ['with a status hidden by a comment', (token) => soap(response(honest(token)).replace('OK', 'O<!-- -->K')), 'answer-markup'],
    [
      'with two statuses',
      (token) => soap(response(honest(token)).replace('<attributes>', '<status>OK</status><attributes>')),
      'answer-shape',
    ],
    ['with two boxes', (token) => soap(response(honest(token, '<attribute name="dbID" value="zrehor8"/>'))), 'attribute-repeated'],
    ['with two answers', (token) => soap(response(honest(token)) + response(honest(token))), 'answer-shape'],
    ['wrapped in something else', (token) => soap(`<x>${response(honest(token))}</x>`), 'answer-shape'],
    ['of a foreign namespace', (token) => soap(response(honest(token)).replace(ATS, 'urn:evil')), 'answer-shape'],
    ['in SOAP of another kind', (token) => soap(response(honest(token))).replace('/soap/envelope/', '/evil/'), 'answer-shape'],
    ['with an entity bomb', (token) => `<!DOCTYPE a [<!ENTITY b "bbbb">]>${soap(response(honest(token)))}`, 'answer-markup'],
    ['with a processing instruction', (token) => soap(response(honest(token)).replace('OK', 'O<?x?>K')), 'answer-processing-instruction'],
    ['deeper than any answer', (token) => soap(`${'<a>'.repeat(200)}${response(honest(token))}${'</a>'.repeat(200)}`), 'answer-too-deep'],
    ['cut off in the middle', (token) => soap(response(honest(token))).slice(0, -30), 'answer-malformed'],
    ['longer than any answer', (token) => soap(response(honest(token, ' '.repeat(70_000)))), 'answer-too-large'],
    [
      'in another encoding',
      (token) => Buffer.from(soap(response(honest(token, '<attribute name="x" value="Dvořák"/>'))), 'latin1').subarray(0),
      'answer-encoding',
    ],
    ['in UTF-16', (token) => Buffer.from(`\uFEFF${soap(response(honest(token)))}`, 'utf16le'), 'answer-encoding'],
    [
      'with a hundred attributes',
      (token) =>
        soap(response(honest(token, Array.from({ length: 100 }, (_, n) => `<attribute name="a${String(n)}" value=""/>`).join('')))),
      'answer-shape',
    ],
    ['without a box', (token) => soap(response(honest(token)).replace('jnovot7', '')), 'attribute-missing'],
    ['with a box that is none', (token) => soap(response(honest(token)).replace('jnovot7', "x' or 1=1")), 'attribute-missing'],
    ['without our token', (token) => soap(response(honest(token)).replace(token, '')), 'token-mismatch'],
    ['of a closed box', (token) => soap(response(honest(token, '<attribute name="dbState" value="4"/>'))), 'box-closed'],
    ['of a stranger in a person’s box without his name', (token) => soap(response(honest(token, user('ENTRUSTED_USER')))), 'name-missing'],
  ])('%s is refused', async (_name, told, code) => {
    await expect(lied(told)).rejects.toMatchObject({ name: 'IsdsLoginRefused', code });
  });
});

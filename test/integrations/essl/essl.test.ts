// The eSSL connector against its simulator: everything both sides say is checked against the official schema, files live their life, events come back in order.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Connector, Effect } from '../../../server/integrations/connector.ts';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { createEsslConnector } from '../../../server/integrations/essl/index.ts';
import type { EsslConfig } from '../../../server/integrations/essl/index.ts';
import { localTime } from '../../../server/integrations/essl/xml-frame.ts';
import { createEsslSimulator, demoEssl } from '../../../server/integrations/essl/simulator.ts';
import { pdf } from '../isds/town.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';

const schema = join(process.env['SPECS_DIR'] ?? join('..', 'shared', 'specs'), 'nsesss', 'ermsIFSyn.xsd');
const hasXmllint = ((): boolean => {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const canValidate = existsSync(schema) && hasXmllint;
if (!canValidate)
  console.warn(
    `SKIPPED: ${hasXmllint ? `no official schema at ${schema} (set SPECS_DIR)` : 'xmllint is not installed'}, eSSL messages are not validated`,
  );

const folder = mkdtempSync(join(tmpdir(), 'essl-'));
afterAll(() => rmSync(folder, { recursive: true }));

let world: SimulatedServer;
let said: string[];
beforeEach(async () => {
  world = await serve(createEsslSimulator);
  said = [];
});
afterEach(() => world.close());

/** Keeps what both sides say, as sent. */
const listening: typeof fetch = async (url, init) => {
  said.push(String(init?.body));
  const response = await fetch(url, init);
  said.push(await response.clone().text());
  return response;
};
const connect = (more: Partial<EsslConfig> = {}): Connector =>
  createEsslConnector(
    { baseUrl: `${world.baseUrl}/ermsAPI`, ...demoEssl, timeoutMs: 2_000, ...more },
    { fetch: listening, now: () => world.clock.now() },
  );
const effect = (name: string): Effect => {
  const found = connect().effects[`essl.${name}`];
  if (!found) throw new Error(`${name} is missing`);
  return found;
};
const act = async (name: string, input: object, files: readonly (typeof pdf)[] = []): Promise<Answer<unknown>> => {
  const wanted = effect(name);
  return wanted.perform('k', wanted.input.parse(input), files);
};
const ask = (name: string, input: object): Promise<unknown> => {
  const wanted = effect(name);
  return wanted.find?.('k', wanted.input.parse(input)) ?? Promise.reject(new Error('cannot be asked'));
};
const pdfDocument = '019a0000-0000-7000-8000-000000000001';
const createdAt = '2026-03-02T08:15:00Z';
const submission = {
  id: 'dok-1',
  kind: 'received',
  title: 'Žádost o zábor & spol.',
  createdAt,
  sender: { kind: 'person', name: 'Nováková', givenName: 'Jana', dataBox: 'jnovot7' },
};
const ledger = (): { documents: Record<string, unknown>[]; files: Record<string, unknown>[] } =>
  world.simulator.ledger() as unknown as { documents: Record<string, unknown>[]; files: Record<string, unknown>[] };

async function wholeLife(): Promise<void> {
  await act('register-document', submission, [pdf, { ...pdf, name: 'plánek.pdf' }]);
  await act('open-file', { id: 'spis-1', title: 'Zábor', createdAt, firstDocument: 'dok-1' });
  await act('register-document', { id: 'dok-2', kind: 'own', title: 'Výzva', createdAt, fileId: 'spis-1' }, [pdf]);
  await act('register-document', {
    id: 'dok-3',
    kind: 'received',
    title: 'E-mail',
    createdAt,
    way: 'email',
    sender: { kind: 'company', name: 'Stavby s.r.o.', ico: '27082440', email: 'a@b.cz' },
  });
  await act('add-document', { fileId: 'spis-1', documentId: 'dok-3' });
  await act('attach-file', { documentId: 'dok-2', documents: [pdfDocument] }, [pdf]);
  const recipient = { kind: 'person', name: 'Nováková', givenName: 'Jana', dataBox: 'jnovot7' };
  await act('dispatch', { documentId: 'dok-2', by: 'data-box', at: createdAt, reference: '1000001', recipient });
  await act('note-delivery', { documentId: 'dok-2', at: '2026-03-12' });
  for (const documentId of ['dok-1', 'dok-2', 'dok-3']) await act('settle-document', { documentId, at: createdAt });
  await act('settle-file', { fileId: 'spis-1', at: createdAt, reason: 'Povoleno' });
  await act('close-file', { fileId: 'spis-1', at: createdAt });
}

describe('a file in the records service', () => {
  test('a received document gets its number, its files stand in the right order', async () => {
    expect(await act('register-document', submission, [pdf, { ...pdf, name: 'plánek.pdf' }])).toEqual({
      done: { number: 'MULNO/1/2026', mark: null, ids: [{ value: 'D-1', source: 'ESSL' }] },
    });
    expect(ledger().documents).toMatchObject([
      {
        id: 'dok-1',
        title: 'Žádost o zábor & spol.',
        source: 'PORTAL',
        files: [expect.stringMatching(/-1$/), expect.stringMatching(/-2$/)],
      },
    ]);
  });

  test('lives from its first document to its closing and can be opened again', async () => {
    await wholeLife();
    expect(ledger().files).toMatchObject([
      { id: 'spis-1', mark: 'SZ MULNO 1/2026', state: 'uzavren', documents: ['dok-1', 'dok-2', 'dok-3'] },
    ]);
    expect(await act('register-document', { id: 'dok-4', kind: 'own', title: 'Pozdě', createdAt, fileId: 'spis-1' })).toMatchObject({
      refused: { code: 'registration-refused', reason: 'Spis je uzavřen (2003).' },
    });
    expect(await act('reopen-file', { fileId: 'spis-1', at: createdAt, reason: 'Odvolání' })).toEqual({ done: { state: 'otevren' } });
    expect(await act('register-document', { id: 'dok-4', kind: 'own', title: 'Odvolání', createdAt, fileId: 'spis-1' })).toEqual({
      done: { number: 'MULNO/4/2026', mark: 'SZ MULNO 1/2026', ids: [{ value: 'D-4', source: 'ESSL' }] },
    });
  });

  test('is asked about before a second try', async () => {
    expect(await ask('register-document', submission)).toBeUndefined();
    expect(await ask('open-file', { id: 'spis-1', title: 'Zábor', createdAt, firstDocument: 'dok-1' })).toBeUndefined();
    await wholeLife();
    expect(await ask('register-document', submission)).toEqual({
      number: 'MULNO/1/2026',
      mark: 'SZ MULNO 1/2026',
      ids: [{ value: 'D-1', source: 'ESSL' }],
    });
    expect(await ask('open-file', { id: 'spis-1', title: 'Zábor', createdAt, firstDocument: 'dok-1' })).toEqual({
      mark: 'SZ MULNO 1/2026',
      ids: [{ value: 'S-1-2026', source: 'ESSL' }],
    });
    expect(await ask('add-document', { fileId: 'spis-1', documentId: 'dok-3' })).toEqual({ state: 'vlozen' });
    expect(await ask('add-document', { fileId: 'spis-2', documentId: 'dok-3' })).toBeUndefined();
    expect(await ask('close-file', { fileId: 'spis-1', at: createdAt })).toEqual({ state: 'uzavren' });
    expect(await ask('reopen-file', { fileId: 'spis-1', at: createdAt })).toBeUndefined();
  });

  test('a letter gets its file, goes out and is delivered; each is known before a second try', async () => {
    const letter = { documentId: 'dok-2', at: createdAt };
    await act('register-document', { id: 'dok-2', kind: 'own', title: 'Výzva', createdAt });
    const before = [
      await ask('attach-file', { documentId: 'dok-2', documents: [pdfDocument] }),
      await ask('dispatch', { ...letter, by: 'email' }),
      await ask('note-delivery', letter),
      await ask('settle-document', letter),
    ];
    expect(before).toEqual([undefined, undefined, undefined, undefined]);
    expect(await act('note-delivery', letter)).toMatchObject({ refused: { reason: 'Vypravení není založeno (2004).' } });
    await act('attach-file', { documentId: 'dok-2', documents: [pdfDocument] }, [pdf]);
    await act('dispatch', { ...letter, by: 'email', reference: 'id@posta' });
    await act('note-delivery', letter);
    await act('settle-document', letter);
    expect(await ask('attach-file', { documentId: 'dok-2', documents: [pdfDocument] })).toEqual({ state: 'pripojen' });
    expect(await ask('dispatch', { ...letter, by: 'email' })).toEqual({ state: 'vypraveno' });
    expect(await ask('note-delivery', letter)).toEqual({ state: 'doruceno' });
    expect(await ask('settle-document', letter)).toEqual({ state: 'vyrizen' });
    expect(ledger().documents).toMatchObject([
      {
        files: [`f-${pdfDocument}`],
        state: 'vyrizen',
        dispatches: [{ way: 'ElektronickaPosta', state: 'doruceno', deliveredOn: '2026-03-02' }],
      },
    ]);
  });

  test('a wrong password stops the tries at once', async () => {
    const wrong = connect({ password: 'x' }).effects['essl.close-file'];
    const error = await wrong?.perform('k', wrong.input.parse({ fileId: 'spis-1', at: createdAt }), []).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OutsideFailure);
    expect(error).toMatchObject({ code: 'essl-login-refused', retryable: false });
  });

  test('the check says whether the service answers', async () => {
    expect(await connect().check()).toEqual({ ok: true, text: 'Spisová služba odpovídá.' });
    expect(await connect({ password: 'x' }).check()).toMatchObject({ ok: false });
  });
});

describe('events of the records service', () => {
  test('are read in order, once, with our own ids first', async () => {
    const { inbox } = connect();
    const empty = await inbox?.poll(undefined);
    expect(empty).toEqual({ messages: [], cursor: '0' });
    await world.act('delivered', { document: 'dok-1' });
    await world.act('delivered', { document: 'dok-2' });
    const read = await inbox?.poll(empty?.cursor);
    expect(read?.messages).toMatchObject([
      {
        id: 'ESSL:1:1',
        kind: 'records-event',
        payload: { name: 'VypraveniDoruceno', batch: 1, identifiers: [{ value: 'dok-1', source: 'PORTAL' }, { source: 'ESSL' }] },
      },
      { id: 'ESSL:2:2', payload: { batch: 2 } },
    ]);
    expect(await inbox?.poll(read?.cursor)).toEqual({ messages: [], cursor: '2' });
    expect((await inbox?.poll(undefined))?.messages.map(({ id }) => id)).toEqual(['ESSL:1:1', 'ESSL:2:2']);
  });
});

test('times of Prague carry their offset in summer and winter', () => {
  expect(localTime('2026-03-02T08:15:00Z')).toBe('2026-03-02T09:15:00+01:00');
  expect(localTime('2026-07-02T08:15:00.999Z')).toBe('2026-07-02T10:15:00+02:00');
});

test.skipIf(!canValidate)(
  'everything that both sides say is valid by the official schema',
  async () => {
    await wholeLife();
    await act('reopen-file', {
      fileId: 'spis-1',
      at: createdAt,
      reason: 'Odvolání podané v zákonné lhůtě, spis se otevírá k dalšímu řízení',
    });
    await ask('register-document', submission);
    await ask('close-file', { fileId: 'spis-1', at: createdAt });
    await world.act('delivered', { document: 'dok-1' });
    await world.act('assigned', { document: 'dok-1', to: 'jnovak' });
    await world.act('assigned', { file: 'spis-1', to: 'jnovak' });
    await world.act('reopened', { file: 'spis-1' });
    await world.act('said', { text: 'Spisovna bude zavřená' });
    await connect().inbox?.poll(undefined);
    expect(said.length).toBeGreaterThan(20);
    const file = join(folder, 'message.xml');
    for (const envelope of said) {
      const body = /<(?:soapenv|soap):Body>([\s\S]*)<\/(?:soapenv|soap):Body>/.exec(envelope)?.[1] ?? '';
      writeFileSync(file, body);
      try {
        execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], { stdio: 'pipe' });
      } catch (cause) {
        throw new Error(`${body.slice(0, 400)}\n${String((cause as { stderr?: Buffer }).stderr)}`, { cause });
      }
    }
  },
  60_000,
);

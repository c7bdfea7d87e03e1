// Every operation of our client against the simulated ISDS; each request and each answer on the way judged by the official schema.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Effect, InboxMessage } from '../../../server/integrations/connector.ts';
import { createIsdsClient, type IsdsClient } from '../../../server/integrations/isds/client.ts';
import { isdsConfigSchema, type IsdsConfig } from '../../../server/integrations/isds/config.ts';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import type { DataBoxMessage } from '../../../server/integrations/isds/index.ts';
import { createIsdsSimulator, portalBox, townBox, type IsdsSimulator } from '../../../server/integrations/isds/simulator.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';
import { bodyOf, hasSpecs, hasXmllint, schemaFault } from './schema.ts';
import { pdf, townConfig } from './town.ts';

const KB = 1024;
const limits = { ordinary: 100 * KB, bigFrom: 90 * KB, largest: 1000 * KB };
/** What a town configured for the small limits says. */
const small: Partial<IsdsConfig> = { ordinaryBytes: limits.ordinary, largestBytes: limits.largest };
let isds: SimulatedServer<IsdsSimulator>;
/** Bodies seen on the line, without parts. */
let seen: string[] = [];

const listening: typeof fetch = async (input, init) => {
  if (typeof init?.body === 'string') seen.push(bodyOf(init.body));
  const answer = await fetch(input, init);
  if (!answer.headers.get('content-type')?.startsWith('multipart')) seen.push(bodyOf(await answer.clone().text()));
  return answer;
};
const clientOf = (account: 'town' | 'portal', more: Partial<IsdsConfig> = {}): IsdsClient => {
  const settings = isdsConfigSchema.parse(townConfig(isds.baseUrl, { ...small, ...more }));
  const found = settings.accounts[account];
  if (!found) throw new Error(account);
  return createIsdsClient(settings, found, listening);
};
const sendEffect = (more: Partial<IsdsConfig> = {}): Effect => {
  const effect = createIsdsConnector(townConfig(isds.baseUrl, { ...small, ...more }), { clock: isds.clock }).effects['isds.send'];
  if (!effect) throw new Error('isds.send is missing');
  return effect;
};
const received = async (more: Partial<IsdsConfig> = {}): Promise<InboxMessage[]> => {
  const trust = { trustedCertificates: [isds.simulator.authorityPem] };
  const { inbox } = createIsdsConnector(townConfig(isds.baseUrl, { ...small, ...trust, ...more }), { clock: isds.clock });
  return [...((await inbox?.poll(undefined))?.messages ?? [])].filter(({ kind }) => kind === 'data-box-message');
};
const envelope = { dbIDRecipient: townBox.id, dmAnnotation: 'Věc & <spol>', dmPersonalDelivery: false, dmAllowSubstDelivery: true };
const big = { name: 'plan.pdf', mime: 'application/pdf', content: randomBytes(120 * KB) };

beforeEach(async () => {
  seen = [];
  isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0, limits }));
});
afterEach(async () => {
  await isds.close();
  if (!hasSpecs || !hasXmllint) return;
  const faults = seen.filter(Boolean).map((body) => schemaFault(body));
  expect(faults.filter(Boolean)).toEqual([]);
});

describe('one message', () => {
  it('is sent, listed, downloaded sealed on both sides, verified, its author named', async () => {
    const [portal, town] = [clientOf('portal'), clientOf('town')];
    const { messageId = '' } = await portal.createMessage(envelope, [pdf]);
    for await (const message of town.listReceived(new Date(0), new Date('2100-01-01'))) expect(message.messageId).toBe(messageId);
    const downloaded = await town.download(messageId);
    const sealed = await town.downloadSigned('received', messageId);
    expect(await portal.downloadSigned('sent', messageId)).not.toEqual(sealed);
    expect(await town.hashOf(messageId)).toEqual(downloaded.hash);
    expect(await town.authenticate(sealed)).toBe(true);
    expect(await town.authenticate(Buffer.from('neco jineho'))).toBe(false);
    expect(await town.downloadEnvelope('received', messageId)).toMatchObject({ messageId, subject: 'Věc & <spol>', state: 6 });
    expect((await portal.downloadEnvelope('sent', messageId)).senderBox).toBe(portalBox.id);
    expect(await town.authorOf(messageId)).toEqual({ userType: 'OFFICIAL_CERT' });
    expect((await portal.getDeliveryInfo(messageId)).events).toHaveLength(3);
    expect(await portal.downloadSigned('delivery', messageId)).toBeInstanceOf(Buffer);
    expect(await portal.getMessageStateChanges(new Date(0), new Date('2100-01-01'))).toHaveLength(2);
    await town.markAsDownloaded(messageId);
    await town.ping();
  });

  it('of a citizen names its author', async () => {
    const { id } = (await isds.act('send', { from: 'jnovot7', to: townBox.id, subject: 'Dotaz', text: 'Kdy otvíráte?' })) as { id: string };
    await isds.act('login', { box: townBox.id });
    expect(await clientOf('town').authorOf(id)).toEqual({ userType: 'PRIMARY_USER', pnGivenNames: 'Jana', pnLastName: 'Novotná' });
  });

  it('to several boxes has an end for each', async () => {
    const town = clientOf('town');
    const { dbIDRecipient: _one, ...common } = envelope;
    const to = [{ boxId: 'jnovot7', toHands: 'Jana' }, { boxId: 'zzzzzz1' }, { boxId: 'zrehor8' }];
    const { status, each } = await town.createMultipleMessage(to, common, [pdf]);
    expect([status.code, each.map((one) => one.status.code), each.map((one) => one.messageId !== undefined)]).toEqual([
      '0004',
      ['0000', '5001', '0000'],
      [true, false, true],
    ]);
    expect((await town.createMultipleMessage(to.slice(0, 1), common, [pdf])).status.code).toBe('0000');
    const many = Array.from({ length: 51 }, () => ({ boxId: 'jnovot7' }));
    expect((await town.createMultipleMessage(many, common, [pdf])).status.code).toMatch(/^2/);
    expect(isds.simulator.ledger()).toHaveLength(3);
  });
});

describe('boxes and logins', () => {
  it('are searched by pages, hits marked, accents and case aside', async () => {
    const town = clientOf('town');
    const first = await town.searchBoxes({ text: 'LIPOVA nad orlici', page: 0, pageSize: 2 });
    expect([first.total, first.boxes.length, first.isLastPage]).toEqual([6, 2, false]);
    expect((await town.searchBoxes({ text: 'lipova nad orlici', page: 2, pageSize: 2 })).isLastPage).toBe(true);
    const [found] = (await town.searchBoxes({ text: 'novotna', scope: 'FO', page: 0, pageSize: 50 })).boxes;
    expect(found).toEqual({
      boxId: 'jnovot7',
      type: 'FO',
      name: 'Jana Novotná',
      address: 'Školní 214/7, 56299 Lipová nad Orlicí, CZ',
      sending: 'DZ',
      hits: ['Novotná'],
      birthDate: '1986-03-14',
    });
    expect((await town.searchBoxes({ text: 'nikdo takový', page: 0, pageSize: 50 })).boxes).toEqual([]);
    expect((await town.searchBoxes({ text: '27074358', type: 'ICO', page: 0, pageSize: 50 })).boxes).toMatchObject([{ ico: '27074358' }]);
    await expect(town.searchBoxes({ text: 'ab', page: 0, pageSize: 50 })).rejects.toMatchObject({ code: 'isds-refused' });
  });

  it('tell the state of a box, its owner, its user and the end of the password', async () => {
    const town = clientOf('town');
    expect(await town.checkDataBox('jnovot7')).toBe(1);
    expect(await town.ownerOfLogin()).toMatchObject({ boxId: townBox.id, type: 'OVM' });
    expect(await town.userOfLogin()).toEqual({ name: townBox.name, type: 'PRIMARY_USER', privileges: 255 });
    expect(await town.passwordEndsAt()).toBeUndefined();
    expect(await town.findDataBox({ dbType: 'FO', pnLastName: 'Novotná' })).toHaveLength(1);
  });
});

describe.each([
  ['by MTOM', true],
  ['in base64', false],
])('a large message %s', (_how, mtom) => {
  const input = { from: 'portal', to: townBox.id, subject: 'Dokumentace stavby', documents: [] };

  it('is chosen by its size, comes with its attachments and a believed seal', async () => {
    const send = sendEffect({ mtom });
    const answer = await send.perform('velka-1', send.input.parse(input), [big, { ...pdf, name: 'dopis.pdf' }]);
    if (!('done' in answer)) throw new Error('refused');
    const { messageId } = answer.done as { messageId: string };
    const [message] = await received({ mtom });
    expect(message?.payload).toMatchObject({
      messageId,
      isBig: true,
      senderIdent: 'velka-1',
      zfo: { valid: true },
    } satisfies Partial<DataBoxMessage>);
    expect(message?.files?.map(({ name }) => name)).toEqual(['plan.pdf', 'dopis.pdf', `${messageId}.zfo`]);
    expect(Buffer.from(message?.files?.[0]?.content ?? []).equals(big.content)).toBe(true);
  });

  it('is found by its key after the answer was lost, so nothing is sent twice', async () => {
    const send = sendEffect({ mtom });
    await isds.faults.set([{ operation: 'CreateBigMessage', kind: 'lose-answer', times: 1 }]);
    await expect(send.perform('velka-2', send.input.parse(input), [big])).rejects.toMatchObject({ code: 'isds-unreachable' });
    expect(await send.find?.('velka-2', send.input.parse(input))).toMatchObject({ messageId: expect.any(String) });
    expect(isds.simulator.ledger()).toHaveLength(1);
  });

  it('gives single attachments, and the whole without a seal', async () => {
    const [portal, town] = [clientOf('portal', { mtom }), clientOf('town', { mtom })];
    const { messageId = '' } = await portal.createBigMessage(envelope, [big]);
    await isds.act('login', { box: townBox.id });
    const file = await town.downloadAttachment(messageId, 0);
    expect([file?.name, Buffer.from(file?.content ?? []).equals(big.content)]).toEqual(['plan.pdf', true]);
    expect(await town.downloadAttachment(messageId, 1)).toBeUndefined();
    expect((await town.downloadBig(messageId)).files).toHaveLength(1);
    expect(await portal.downloadBigSigned('sent', messageId)).toBeInstanceOf(Buffer);
    await expect(town.download(messageId)).rejects.toMatchObject({ message: expect.stringContaining('1281') });
  });

  it('whose sealed file cannot be read comes all the same, marked', async () => {
    const { messageId = '' } = await clientOf('portal', { mtom }).createBigMessage(envelope, [big]);
    const [message] = await received({ mtom, trustedCertificates: [] });
    expect(message?.payload).toMatchObject({ messageId, zfo: { valid: false, reason: 'not-trusted' } });
    expect(message?.files).toHaveLength(2);
  });
});

describe('a large message', () => {
  it('too small for its service is refused, and a foreign or lost attachment too', async () => {
    const portal = clientOf('portal');
    expect((await portal.createBigMessage(envelope, [pdf])).status.code).toBe('1297');
    expect((await portal.createBigMessage(envelope, [{ ...big, name: 'plan.exe' }])).status.code).toBe('1214');
  });
});

// What the inbox brings from the simulated ISDS: submissions with their files, states of what was sent, each told once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Inbox, InboxMessage } from '../../../server/integrations/connector.ts';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import type { DataBoxMessage, DataBoxState, IsdsConfig } from '../../../server/integrations/isds/index.ts';
import { createIsdsSimulator, portalBox, townBox } from '../../../server/integrations/isds/simulator.ts';
import type { IsdsSimulator } from '../../../server/integrations/isds/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { readTrust, type SealTrust } from '../../../server/integrations/isds/seal-trust.ts';
import { ZFO_MIME, verifyZfo } from '../../../server/integrations/isds/zfo.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';
import { pdf, townConfig } from './town.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let isds: SimulatedServer<IsdsSimulator>;

const start = async (): Promise<void> => {
  isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 1000 }));
};
const inboxOf = (more: Partial<IsdsConfig> = {}): Inbox => {
  const { inbox } = createIsdsConnector(townConfig(isds.baseUrl, { trustedCertificates: [isds.simulator.authorityPem], ...more }), {
    clock: isds.clock,
  });
  if (!inbox) throw new Error('no inbox');
  return inbox;
};
const send = async (key: string, more: Record<string, unknown> = {}): Promise<string> => {
  const effect = createIsdsConnector(townConfig(isds.baseUrl), { clock: isds.clock }).effects['isds.send'];
  const input = effect?.input.parse({
    from: 'portal',
    to: townBox.id,
    subject: 'Přihlášení psa',
    senderRef: 'P-1',
    documents: [],
    ...more,
  });
  const answer = await effect?.perform(key, input, [pdf]);
  if (!answer || !('done' in answer)) throw new Error('refused');
  return (answer.done as { messageId: string }).messageId;
};
const trustOf = (world: SimulatedServer<IsdsSimulator>): SealTrust => readTrust([world.simulator.authorityPem], 'datových schránek');
const ofKind = (messages: readonly InboxMessage[], kind: string): InboxMessage[] => messages.filter((message) => message.kind === kind);
const statesOf = (messages: readonly InboxMessage[], messageId: string): number[] =>
  ofKind(messages, 'data-box-state')
    .map(({ payload }) => payload as DataBoxState)
    .filter((state) => state.messageId === messageId)
    .map(({ state }) => state);
const pollAll = async (inbox: Inbox, cursor?: string): Promise<{ messages: InboxMessage[]; cursor: string }> => {
  const messages: InboxMessage[] = [];
  let current = cursor;
  for (let round = 0; round < 10; round += 1) {
    const polled = await inbox.poll(current);
    messages.push(...polled.messages);
    current = polled.cursor;
    if (polled.messages.length === 0) break;
  }
  return { messages, cursor: current ?? '' };
};

beforeEach(start);
afterEach(() => isds.close());

describe('a message received by the town', () => {
  it('comes with sender, references, times, hash and file', async () => {
    const messageId = await send('case-1');
    isds.clock.forward(1000);
    const { messages } = await inboxOf().poll(undefined);

    const [message] = ofKind(messages, 'data-box-message');
    expect(message?.id).toBe(`message:${messageId}`);
    expect(message?.payload).toEqual({
      account: 'town',
      messageId,
      senderBox: portalBox.id,
      senderName: portalBox.name,
      senderType: 10,
      recipientBox: townBox.id,
      subject: 'Přihlášení psa',
      senderRef: 'P-1',
      senderIdent: 'case-1',
      deliveredAt: '2026-03-02T09:00:01.000+01:00',
      acceptedAt: '2026-03-02T09:00:01.000+01:00',
      hash: { algorithm: 'SHA-256', value: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
      zfo: {
        valid: true,
        signedBy: 'Informační systém datových schránek - simulátor',
        signedAt: '2026-03-02T08:00:01.000Z',
        stampedAt: '2026-03-02T08:00:00.000Z',
      },
      files: [
        { name: 'podani.pdf', mime: 'application/pdf', kind: 'main' },
        { name: `${messageId}.zfo`, mime: ZFO_MIME, kind: 'zfo' },
      ],
    } satisfies DataBoxMessage);
    expect(message?.files?.[0]).toEqual(pdf);
    expect(message?.files?.[1]).toEqual({ name: `${messageId}.zfo`, mime: ZFO_MIME, content: expect.any(Buffer) });
  });

  it('is not there before it was put into the box, and comes once although the windows overlap', async () => {
    const inbox = inboxOf();
    await send('case-1');
    const early = await inbox.poll(undefined);
    isds.clock.forward(1000);
    const { messages, cursor } = await pollAll(inbox, early.cursor);
    const again = await inbox.poll(cursor);

    expect(ofKind(early.messages, 'data-box-message')).toEqual([]);
    expect(ofKind(messages, 'data-box-message')).toHaveLength(1);
    expect(again.messages).toEqual([]);
  });

  it('comes once even when ISDS lists everything twice, and with the same id after a lost cursor', async () => {
    await send('case-1');
    isds.clock.forward(1000);
    await isds.faults.set([{ operation: '*', kind: 'answer-twice' }]);
    const first = await inboxOf().poll(undefined);
    const second = await inboxOf().poll(undefined);
    expect(ofKind(first.messages, 'data-box-message')).toHaveLength(1);
    expect(second.messages.map(({ id }) => id)).toEqual(expect.arrayContaining(first.messages.map(({ id }) => id)));
  });

  it('does not wait for ever behind others: a poll takes so many, the next the rest', async () => {
    for (let index = 0; index < 5; index += 1) await send(`case-${index}`);
    isds.clock.forward(1000);
    const inbox = inboxOf({ messagesPerPoll: 2 });
    const first = await inbox.poll(undefined);
    const { messages } = await pollAll(inbox, first.cursor);
    const ids = [...ofKind(first.messages, 'data-box-message'), ...ofKind(messages, 'data-box-message')].map(({ id }) => id);
    expect([ofKind(first.messages, 'data-box-message').length, ids.length, new Set(ids).size]).toEqual([2, 5, 5]);
  });

  it('that came hours after the last one is still found, and the old ones are not downloaded again', async () => {
    const inbox = inboxOf();
    await send('case-1');
    isds.clock.forward(1000);
    const { cursor } = await pollAll(inbox);
    isds.clock.forward(30 * DAY);
    const late = await send('case-2');
    isds.clock.forward(1000);
    const { messages } = await pollAll(inbox, cursor);
    expect(ofKind(messages, 'data-box-message').map(({ id }) => id)).toEqual([`message:${late}`]);
  });

  it('that cannot be downloaded is told to a person after three tries and stops nobody else', async () => {
    await send('bad');
    await send('good');
    isds.clock.forward(1000);
    const inbox = inboxOf();
    await isds.faults.set([{ operation: 'MessageDownload', kind: 'malformed', times: 1 }]);
    const first = await inbox.poll(undefined);
    expect(ofKind(first.messages, 'data-box-message')).toHaveLength(1);
    await isds.faults.set([{ operation: 'MessageDownload', kind: 'malformed' }]);
    const second = await inbox.poll(first.cursor);
    const third = await inbox.poll(second.cursor);
    const fourth = await inbox.poll(third.cursor);
    expect(ofKind(third.messages, 'data-box-unreadable')).toMatchObject([{ payload: { account: 'town', reason: 'isds-malformed' } }]);
    expect(fourth.messages).toEqual([]);
  });

  it.each(['unavailable', 'lose-answer', 'fail-before'] as const)('is not lost when ISDS is %s meanwhile', async (kind) => {
    const inbox = inboxOf();
    await send('case-1');
    isds.clock.forward(1000);
    await isds.faults.set([{ operation: 'MessageDownload', kind, times: 1 }]);
    await expect(inbox.poll(undefined)).rejects.toBeInstanceOf(OutsideFailure);
    expect(ofKind((await inbox.poll(undefined)).messages, 'data-box-message')).toHaveLength(1);
  });
});

describe('the seal of a received message', () => {
  const received = async (more: Partial<IsdsConfig> = {}): Promise<InboxMessage | undefined> => {
    await send('case-1');
    isds.clock.forward(1000);
    return ofKind((await inboxOf(more).poll(undefined)).messages, 'data-box-message')[0];
  };
  const zfoOf = (message: InboxMessage | undefined): unknown => (message?.payload as DataBoxMessage).zfo;

  it('that nobody trusts marks the message, which comes whole all the same', async () => {
    const message = await received({ trustedCertificates: [] });
    expect(zfoOf(message)).toMatchObject({ valid: false, reason: 'not-trusted', reasonText: expect.stringContaining('autorit') });
    expect(message?.files).toHaveLength(2);
  });

  it('of somebody else under the same authority marks the message', async () => {
    expect(zfoOf(await received({ sealSubject: 'Česká pošta' }))).toMatchObject({ valid: false, reason: 'other-sealer' });
  });

  it('that ISDS does not give marks the message, which comes with its attachments', async () => {
    await isds.faults.set([{ operation: 'SignedMessageDownload', kind: 'malformed' }]);
    const message = await received();
    expect([zfoOf(message), message?.files]).toEqual([expect.objectContaining({ valid: false, reason: 'missing' }), [pdf]]);
  });

  it('without a time stamp is believed by its own time (status 0005)', async () => {
    await isds.act('switch', { name: 'stamps', isOn: false });
    const zfo = zfoOf(await received());
    expect(zfo).toEqual({ valid: true, signedBy: expect.any(String), signedAt: '2026-03-02T08:00:01.000Z' });
  });
});

describe('the state of a sent message', () => {
  it('is told when it comes into the box and when it is delivered by login', async () => {
    const inbox = inboxOf();
    const messageId = await send('letter-1', { from: 'town', to: 'jnovot7' });
    isds.clock.forward(1000);
    const first = await inbox.poll(undefined);
    isds.clock.forward(3 * DAY);
    await isds.act('login', { box: 'jnovot7' });
    const second = await inbox.poll(first.cursor);
    const third = await inbox.poll(second.cursor);

    expect([statesOf(first.messages, messageId), statesOf(second.messages, messageId), statesOf(third.messages, messageId)]).toEqual([
      [4],
      [6],
      [],
    ]);
    const [told] = ofKind(second.messages, 'data-box-state');
    expect(told?.payload).toEqual({
      account: 'town',
      messageId,
      state: 6,
      at: '2026-03-05T09:00:01.000+01:00',
      deliveredAt: '2026-03-02T09:00:01.000+01:00',
      acceptedAt: '2026-03-05T09:00:01.000+01:00',
      events: [
        { at: '2026-03-02T09:00:00.000+01:00', code: 'EV0', text: expect.any(String) },
        { at: '2026-03-02T09:00:01.000+01:00', code: 'EV5', text: expect.any(String) },
        { at: '2026-03-05T09:00:01.000+01:00', code: 'EV1', text: expect.any(String) },
      ],
      zfo: expect.objectContaining({ valid: true, signedAt: '2026-03-05T08:00:01.000Z' }),
      files: [
        { name: `dorucenka-${messageId}.zfo`, mime: ZFO_MIME, kind: 'delivery-report' },
        { name: `odeslana-${messageId}.zfo`, mime: ZFO_MIME, kind: 'zfo' },
      ],
    } satisfies DataBoxState);
    expect(verifyZfo(Buffer.from(told?.files?.[1]?.content ?? []), trustOf(isds)).content).toMatchObject({ kind: 'sent', messageId });
    expect(verifyZfo(Buffer.from(told?.files?.[0]?.content ?? []), trustOf(isds)).content).toMatchObject({ kind: 'delivery', messageId });
  });

  it('is 5, delivered by fiction, at the end of the tenth day and not before', async () => {
    const messageId = await send('letter-1', { from: 'town', to: 'jnovot7' });
    isds.clock.forward(10 * DAY);
    const before = await inboxOf().poll(undefined);
    isds.clock.forward(15 * HOUR);
    const after = await inboxOf().poll(undefined);
    await isds.act('login', { box: 'jnovot7' });

    expect(statesOf(before.messages, messageId)).toEqual([4]);
    expect(statesOf(after.messages, messageId)).toEqual([4, 5]);
    expect(statesOf((await inboxOf().poll(undefined)).messages, messageId)).toEqual([4, 5]);
    expect(ofKind(after.messages, 'data-box-state')[1]?.payload).toMatchObject({ at: '2026-03-12T23:59:59.000+01:00' });
  });

  it('stays 4 where the sender excluded the fiction, until somebody logs in', async () => {
    const messageId = await send('letter-1', { from: 'town', to: 'jnovot7', allowFiction: false });
    isds.clock.forward(14 * DAY);
    const waiting = await inboxOf().poll(undefined);
    expect(statesOf(waiting.messages, messageId)).toEqual([4]);
    await isds.act('login', { box: 'jnovot7' });
    expect(statesOf((await inboxOf().poll(undefined)).messages, messageId)).toEqual([4, 6]);
  });

  it('brings the sealed file of a large message too', async () => {
    const plan = { name: 'plan.pdf', mime: 'application/pdf', content: Buffer.alloc(120 * 1024, 'x') };
    const large = await serve((options) =>
      createIsdsSimulator({ ...options, deliverMs: 1000, limits: { ordinary: 100 * 1024, bigFrom: 90 * 1024, largest: 1000 * 1024 } }),
    );
    try {
      const config = townConfig(large.baseUrl, { trustedCertificates: [large.simulator.authorityPem], ordinaryBytes: 100 * 1024 });
      const { effects, inbox } = createIsdsConnector(config, { clock: large.clock });
      const effect = effects['isds.send'];
      const input = effect?.input.parse({ from: 'town', to: 'jnovot7', subject: 'Dokumentace', documents: [] });
      const answer = await effect?.perform('velka', input, [plan]);
      if (!answer || !('done' in answer)) throw new Error('refused');
      const { messageId } = answer.done as { messageId: string };
      large.clock.forward(1000);
      await large.act('login', { box: 'jnovot7' });
      const polled = await inbox?.poll(undefined);
      const told = ofKind(polled?.messages ?? [], 'data-box-state').find(({ payload }) => (payload as DataBoxState).state === 6);
      expect(told?.files?.map(({ name }) => name)).toEqual([`dorucenka-${messageId}.zfo`, `odeslana-${messageId}.zfo`]);
      expect(verifyZfo(Buffer.from(told?.files?.[1]?.content ?? []), trustOf(large)).content).toMatchObject({ kind: 'sent', messageId });
    } finally {
      await large.close();
    }
  });

  it('is 3 when it carried a virus, told once although no change of state is reported', async () => {
    const messageId = await send('letter-1', { from: 'town', to: 'jnovot7' });
    await isds.act('spoil', { messageId, state: 3 });
    const inbox = inboxOf();
    const first = await inbox.poll(undefined);
    const second = await inbox.poll(first.cursor);
    expect([statesOf(first.messages, messageId), statesOf(second.messages, messageId)]).toEqual([[3], []]);
    expect(ofKind(first.messages, 'data-box-state')[0]?.payload).toMatchObject({ events: [{ code: 'EV0' }, { code: 'EV8' }] });
  });

  it('is told without a report that ISDS does not give', async () => {
    const messageId = await send('letter-1', { from: 'town', to: 'jnovot7' });
    isds.clock.forward(11 * DAY);
    await isds.faults.set([{ operation: 'GetSignedDeliveryInfo', kind: 'malformed' }]);
    const { messages } = await inboxOf().poll(undefined);
    expect(statesOf(messages, messageId)).toEqual([4, 5]);
    expect(ofKind(messages, 'data-box-state')[1]?.payload).toMatchObject({ zfo: { valid: false, reason: 'missing' } });
  });

  it('is 8 when the recipient turns out to have had no box', async () => {
    const messageId = await send('letter-1', { from: 'town', to: 'jnovot7' });
    isds.clock.forward(DAY);
    await isds.act('spoil', { messageId, state: 8 });
    expect(statesOf((await inboxOf().poll(undefined)).messages, messageId)).toEqual([4, 8]);
  });
});

describe('the simulated ISDS', () => {
  it('remembers everything after it was killed, without a half-written line', async () => {
    const store = createMemoryStore();
    await isds.close();
    isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }), { store });
    const messageId = await send('case-1');
    const { clock } = isds;
    await isds.close();
    isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }), { store, clock });
    expect(isds.simulator.ledger()).toMatchObject([{ messageId, senderIdent: 'case-1' }]);
    expect(await send('case-2')).not.toBe(messageId);
  });

  it('shows a person the box, hides what is not delivered yet, and delivers by the button', async () => {
    await send('letter-1', { from: 'town', to: 'jnovot7', subject: '<b>Výzva</b>' });
    isds.clock.forward(1000);
    const page = async (): Promise<string> => (await fetch(`${isds.baseUrl}/schranka/jnovot7`)).text();
    expect(await page()).not.toContain('Výzva');
    await fetch(`${isds.baseUrl}/schranka/jnovot7/prihlaseni`, { method: 'POST' });
    expect(await page()).toContain('&#60;b&#62;Výzva');
    const href = /href="([^"]+\/zprava\/\d+)"/.exec(await page())?.[1] ?? '';
    const message = await (await fetch(href)).text();
    const file = await fetch(/href="([^"]+\/priloha\/0)"/.exec(message)?.[1] ?? '');
    expect([file.headers.get('content-disposition'), await file.text()]).toEqual([expect.stringContaining('podani.pdf'), '%PDF-1.4\n']);
    expect((await fetch(href.replace('jnovot7', 'zrehor8'))).status).toBe(404);
  });

  it('lets a person write to the town', async () => {
    const answer = await fetch(`${isds.baseUrl}/schranka/jnovot7/zprava`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ to: townBox.id, subject: 'Dotaz', ref: 'MULI/7/2026', text: 'Kdy otvíráte?' }),
    });
    isds.clock.forward(1000);
    const [message] = ofKind((await inboxOf().poll(undefined)).messages, 'data-box-message');
    expect([
      answer.status,
      (message?.payload as DataBoxMessage).recipientRef,
      Buffer.from(message?.files?.[0]?.content ?? []).toString('utf8'),
    ]).toEqual([302, 'MULI/7/2026', 'Kdy otvíráte?']);
  });
});

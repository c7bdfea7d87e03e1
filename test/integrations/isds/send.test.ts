// The effect isds.send against the simulated ISDS: succeed, be refused, fail, time out, lose the answer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Answer, Effect } from '../../../server/integrations/connector.ts';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import type { IsdsConfig } from '../../../server/integrations/isds/index.ts';
import { createIsdsSimulator, portalBox, townBox } from '../../../server/integrations/isds/simulator.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';
import { pdf, townConfig } from './town.ts';

let isds: SimulatedServer;
let send: Effect;

const configOf = townConfig;

const connect = (more: Partial<IsdsConfig> = {}): Effect => {
  const effect = createIsdsConnector(configOf(isds.baseUrl, more), { clock: isds.clock }).effects['isds.send'];
  if (!effect) throw new Error('isds.send is missing');
  return effect;
};

beforeEach(async () => {
  isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }));
  send = connect();
});
afterEach(() => isds.close());

const input = (more: Record<string, unknown> = {}): unknown =>
  send.input.parse({
    from: 'portal',
    to: townBox.id,
    subject: 'Přihlášení psa <Rek & syn>',
    senderRef: 'MUKV/1/2026',
    documents: [],
    ...more,
  });

const failureOf = async (work: Promise<unknown>): Promise<OutsideFailure> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OutsideFailure)) throw new Error('expected an OutsideFailure', { cause: error });
  return error;
};
const refusalOf = (answer: Answer<unknown>): string | undefined => ('refused' in answer ? answer.refused.code : undefined);
const sentMessages = (): readonly Record<string, unknown>[] => isds.simulator.ledger() as readonly Record<string, unknown>[];

describe('sending a data message', () => {
  it('gives the number of the message and carries key, references and file', async () => {
    const answer = await send.perform('case-1-send', input(), [pdf]);

    expect(answer).toEqual({ done: { messageId: expect.stringMatching(/^\d+$/) } });
    expect(sentMessages()).toMatchObject([
      {
        from: portalBox.id,
        to: townBox.id,
        senderIdent: 'case-1-send',
        senderRef: 'MUKV/1/2026',
        subject: 'Přihlášení psa <Rek & syn>',
        files: ['podani.pdf'],
      },
    ]);
  });

  it.each([
    ['a box that does not exist', { to: 'zzzzzz1' }, 'box-not-available'],
    ['a file of a forbidden kind', { file: { ...pdf, name: 'virus.exe' } }, 'attachment-refused'],
  ])('to %s is refused as a business answer', async (_what, { file, ...more }: { file?: typeof pdf; to?: string }, code) => {
    expect(refusalOf(await send.perform('k', input(more), [file ?? pdf]))).toBe(code);
    expect(sentMessages()).toEqual([]);
  });

  it('of attachments over the largest size is refused before ISDS is asked', async () => {
    send = connect({ largestBytes: 1000 });
    const answer = await send.perform('k', input(), [{ ...pdf, content: Buffer.alloc(1001) }]);
    expect([refusalOf(answer), sentMessages()]).toEqual(['message-too-large', []]);
  });

  it('to a box made inaccessible is refused', async () => {
    await isds.act('set-box-state', { box: townBox.id, state: 2 });
    expect(refusalOf(await send.perform('k', input(), [pdf]))).toBe('box-not-available');
  });

  it('between two people is refused, because neither is a public authority', async () => {
    const config = configOf(isds.baseUrl, { accounts: { portal: { boxId: 'jnovot7', user: 'jnovot7', password: 'Obcan-1' } } });
    const effect = createIsdsConnector(config, { clock: isds.clock }).effects['isds.send'];
    expect(refusalOf((await effect?.perform('k', input({ to: 'zrehor8' }), [pdf])) as Answer<unknown>)).toBe('box-not-available');
  });

  it('without a file is refused before ISDS is asked', async () => {
    expect(refusalOf(await send.perform('k', input(), []))).toBe('attachment-refused');
  });

  it.each([
    ['unavailable', 'isds-unavailable', true],
    ['fail-before', 'isds-fault', true],
    ['malformed', 'isds-malformed', true],
    ['lose-answer', 'isds-unreachable', true],
  ] as const)('fails so that it is tried again when the answer is %s', async (kind, code, retryable) => {
    await isds.faults.set([{ operation: 'CreateMessage', kind }]);
    const failure = await failureOf(send.perform('k', input(), [pdf]));
    expect([failure.code, failure.retryable]).toEqual([code, retryable]);
  });

  it('fails for good when the password is wrong', async () => {
    send = connect({ accounts: { portal: { boxId: portalBox.id, user: 'portal', password: 'wrong' } } });
    const failure = await failureOf(send.perform('k', input(), [pdf]));
    expect([failure.code, failure.retryable]).toEqual(['isds-login-refused', false]);
  });

  it('fails for good when the account is not configured', async () => {
    expect((await failureOf(send.perform('k', input({ from: 'nobody' }), [pdf]))).retryable).toBe(false);
  });

  it('times out by itself', async () => {
    send = connect({ timeoutMs: 100 });
    await isds.faults.set([{ operation: 'CreateMessage', kind: 'slow', ms: 400 }]);
    expect((await failureOf(send.perform('k', input(), [pdf]))).code).toBe('isds-timeout');
  });

  it('fails when nobody listens', async () => {
    await isds.close();
    expect((await failureOf(send.perform('k', input(), [pdf]))).code).toBe('isds-unreachable');
    isds = await serve((options) => createIsdsSimulator({ ...options }));
  });

  it.each(['lose-answer', 'malformed'] as const)(
    'is found by its key after the answer was lost (%s), so nothing is sent twice',
    async (kind) => {
      await isds.faults.set([{ operation: 'CreateMessage', kind, times: 1 }]);
      await failureOf(send.perform('case-7-send', input(), [pdf]));

      const found = await send.find?.('case-7-send', input());

      expect(found).toEqual({ messageId: sentMessages()[0]?.['messageId'] });
      expect(sentMessages()).toHaveLength(1);
    },
  );

  it('is not found when it never came through, nor under another key, nor in another box', async () => {
    await isds.faults.set([{ operation: 'CreateMessage', kind: 'fail-before', times: 1 }]);
    await failureOf(send.perform('case-8', input(), [pdf]));
    await send.perform('case-9', input(), [pdf]);

    expect(await send.find?.('case-8', input())).toBeUndefined();
    expect(await send.find?.('case-9', input({ from: 'town' }))).toBeUndefined();
    expect(await send.find?.('case-9', input())).toBeDefined();
  });

  it('is found on the second page of a long list', async () => {
    for (let index = 0; index < 1005; index += 1)
      await isds.act('send', { from: portalBox.id, to: townBox.id, subject: `${index}`, text: 'x' });
    await send.perform('last-one', input(), [pdf]);
    expect(await send.find?.('last-one', input())).toBeDefined();
  });

  it('of many at once goes one after another, because ISDS refuses parallel requests', async () => {
    await isds.close();
    isds = await serve((options) => createIsdsSimulator({ ...options, refusesParallel: true }));
    send = connect();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => send.perform(`k${index}`, input(), [pdf])));
    expect(answers.every((answer) => 'done' in answer)).toBe(true);
  });
});

describe('the check of the connector', () => {
  it('passes for the boxes configured', async () => {
    expect(await createIsdsConnector(configOf(isds.baseUrl)).check()).toMatchObject({ ok: true });
  });

  it('names the account whose login fails or leads to another box', async () => {
    const account = { user: portalBox.user, password: 'wrong', boxId: portalBox.id };
    expect(await createIsdsConnector(configOf(isds.baseUrl, { accounts: { portal: account } })).check()).toMatchObject({
      ok: false,
      text: expect.stringContaining('portal'),
    });
    const other = { user: portalBox.user, password: portalBox.password, boxId: townBox.id };
    expect(await createIsdsConnector(configOf(isds.baseUrl, { accounts: { portal: other } })).check()).toMatchObject({
      ok: false,
      text: expect.stringContaining(portalBox.id),
    });
  });
});

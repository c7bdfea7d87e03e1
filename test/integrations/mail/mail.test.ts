// mail.send over real SMTP against the simulated mail server: succeed, be refused, fail, time out, lose the answer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Effect } from '../../../server/integrations/connector.ts';
import { createMailConnector } from '../../../server/integrations/mail/index.ts';
import { createMailSimulator } from '../../../server/integrations/mail/simulator.ts';
import type { MailSimulator } from '../../../server/integrations/mail/simulator.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';

let world: SimulatedServer;
let port: number;

const connect = (more = {}): { check: () => Promise<{ ok: boolean }>; send: Effect } => {
  const connector = createMailConnector({
    host: '127.0.0.1',
    port,
    requireTls: false,
    from: 'Město Lipová nad Orlicí <podatelna@lipova.example>',
    domain: 'lipova.example',
    timeoutMs: 1000,
    ...more,
  });
  const send = connector.effects['mail.send'];
  if (!send) throw new Error('mail.send is missing');
  return { check: connector.check, send };
};
const input = (more = {}): unknown =>
  connect().send.input.parse({
    to: 'jana@example.cz',
    subject: 'Vaše podání č. j. MUKV/1/2026: přijato',
    text: 'Dobrý den,\npodání jsme přijali.',
    ...more,
  });
const failureOf = async (work: Promise<unknown>): Promise<readonly unknown[]> => {
  const error = await work.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  return error instanceof OutsideFailure ? [error.code, error.retryable] : ['not a failure', error];
};
const ledger = (): readonly Record<string, unknown>[] => world.simulator.ledger() as readonly Record<string, unknown>[];

beforeEach(async () => {
  let simulator: MailSimulator | undefined;
  world = await serve((options) => (simulator = createMailSimulator({ ...options, smtpPort: 0 })));
  port = (await simulator?.listening) ?? 0;
});
afterEach(() => world.close());

describe('sending an e-mail', () => {
  it('delivers subject, text and attachment with Czech letters, under a Message-ID made of the key', async () => {
    const files = [{ name: 'Potvrzení o přijetí.pdf', mime: 'application/pdf', content: Buffer.from('%PDF-1.4 ž', 'utf8') }];
    const answer = await connect().send.perform('case-1-mail', input(), files);

    expect(answer).toEqual({ done: { messageId: '<case-1-mail@lipova.example>' } });
    expect(ledger()).toMatchObject([
      {
        messageId: '<case-1-mail@lipova.example>',
        to: ['jana@example.cz'],
        subject: 'Vaše podání č. j. MUKV/1/2026: přijato',
        attachments: ['Potvrzení o přijetí.pdf'],
      },
    ]);
    expect(String(ledger()[0]?.['text']).trim().replaceAll('\r\n', '\n')).toBe('Dobrý den,\npodání jsme přijali.');
    const page = await fetch(`${world.baseUrl}/zprava/0/priloha/0`);
    expect(Buffer.from(await page.arrayBuffer()).toString('utf8')).toBe('%PDF-1.4 ž');
  });

  it('keeps text and HTML apart', async () => {
    await connect().send.perform('k', input({ html: '<p>Dobrý den</p>' }), []);
    expect(await world.act('mailbox', { address: 'jana@example.cz' })).toMatchObject([
      { html: expect.stringContaining('<p>Dobrý den</p>'), text: expect.stringContaining('přijali') },
    ]);
  });

  it('to an address nobody has is refused as a business answer', async () => {
    expect(await connect().send.perform('k', input({ to: 'nikdo@neexistuje.example' }), [])).toMatchObject({
      refused: { code: 'address-refused' },
    });
    expect(ledger()).toEqual([]);
  });

  it.each([
    ['fail-before', 'mail-rejected'],
    ['unavailable', 'mail-rejected'],
    ['lose-answer', 'mail-unreachable'],
  ] as const)('fails so that it is tried again: %s', async (kind, code) => {
    await world.faults.set([{ operation: 'message', kind }]);
    expect(await failureOf(connect().send.perform('k', input(), []))).toEqual([code, true]);
  });

  it('times out by itself', async () => {
    await world.faults.set([{ operation: 'message', kind: 'slow', ms: 700 }]);
    expect(await failureOf(connect({ timeoutMs: 200 }).send.perform('k', input(), []))).toEqual(['mail-timeout', true]);
  });

  it('cannot be looked up, so a lost answer shows as two copies with one Message-ID', async () => {
    const { send } = connect();
    await world.faults.set([{ operation: 'message', kind: 'lose-answer', times: 1 }]);
    await failureOf(send.perform('case-2-mail', input(), []));
    await send.perform('case-2-mail', input(), []);
    expect(send.find).toBeUndefined();
    expect(ledger().map(({ messageId }) => messageId)).toEqual(['<case-2-mail@lipova.example>', '<case-2-mail@lipova.example>']);
  });

  it('does not let a subject smuggle in another header', async () => {
    await connect().send.perform('k', input({ subject: 'Ahoj\r\nBcc: zlo@example.cz' }), []);
    expect(ledger().map(({ to }) => to)).toEqual([['jana@example.cz']]);
  });

  it.each([{ to: 'nikdo' }, { to: 'a@b.cz, c@d.cz' }, { subject: '' }, { text: '' }])('is not accepted as input: %j', (wrong) => {
    expect(() => input(wrong)).toThrow();
  });
});

describe('the check', () => {
  it('tells a server that answers from one that does not', async () => {
    expect((await connect().check()).ok).toBe(true);
    expect((await connect({ port: 1 }).check()).ok).toBe(false);
  });
});

// The sender of an e-mail to the podatelna is told once that it has come; machines never, and nobody without end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connector } from '../../server/integrations/connector.ts';
import { readMessage } from '../../server/integrations/imap/inbox-message.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import { messageDetail } from '../../server/queries/messages.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { letter, returned } from '../integrations/imap/letters.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
const settings = { domain: 'lhota.example', bounceAddress: 'vraceno@lhota.example', confirmReceipt: true };
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown(database);
});
afterAll(() => town.close());

async function comes(raw: string, given: typeof settings = settings): Promise<void> {
  const message = await readMessage(Buffer.from(raw), { settings: given, receivedAt: '2026-03-02T08:00:00.000Z' });
  const connector: Connector = {
    name: 'imap',
    effects: {},
    inbox: { everyMs: 1, poll: () => Promise.resolve({ messages: [message], cursor: '1:1' }) },
    check: () => Promise.resolve({ ok: true, text: '' }),
  };
  const workshop = { ...aWorkshop(town, []), connectors: [connector] };
  for (const loop of inboxLoops(workshop)) await loop.run();
  await processInbox(workshop);
}
const receiptsTo = (address: string) =>
  town.sql<{ key: string; input: { subject: string; text: string } }>(
    `select key, input from outbox where effect = 'mail.send' and input ->> 'to' = $1 order by created_at, key`,
    [address],
  );

test('a letter is confirmed once, with what identifies it', async () => {
  const raw = letter({ from: 'Jana <jana@posta.example>', subject: 'Žádost o kácení' });
  await comes(raw);
  await comes(raw);
  await comes(raw.replace('Received: from mx', 'Received: from mx2'));
  const receipts = await receiptsTo('jana@posta.example');
  expect(receipts.map(({ input }) => input.subject)).toEqual(['Potvrzení o doručení e-mailu']);
  expect(receipts[0]?.input.text).toContain('Žádost o kácení');
});

test('a town whose mail server confirms by itself sends nothing', async () => {
  await comes(letter({ from: 'petr@posta.example' }), { ...settings, confirmReceipt: false });
  expect(await receiptsTo('petr@posta.example')).toEqual([]);
});

test.each([
  ['an out-of-office reply', letter({ from: 'eva@posta.example', headers: ['Auto-Submitted: auto-replied'] }), 'eva@posta.example'],
  ['a list', letter({ from: 'seznam@posta.example', headers: ['List-Id: <seznam.posta.example>'] }), 'seznam@posta.example'],
  ['a server', letter({ from: 'MAILER-DAEMON@posta.example' }), 'MAILER-DAEMON@posta.example'],
  ['an address that nobody reads', letter({ from: 'no-reply@posta.example' }), 'no-reply@posta.example'],
  ['returned mail', returned({ messageId: '<x@lhota.example>', recipient: 'x@posta.example' }), 'MAILER-DAEMON@mx.posta.example'],
  ['no address at all', letter({ from: 'Nikdo' }), 'Nikdo'],
])('%s is never confirmed', async (_name, raw, address) => {
  await comes(raw);
  expect(await receiptsTo(address)).toEqual([]);
});

test('an answer to a confirmation is not confirmed: two machines would write for ever', async () => {
  await comes(letter({ from: 'stroj@posta.example', subject: 'První' }));
  const [first] = await receiptsTo('stroj@posta.example');
  await comes(letter({ from: 'stroj@posta.example', subject: 'Děkuji', headers: [`In-Reply-To: <${first?.key ?? ''}@lhota.example>`] }));
  expect(await receiptsTo('stroj@posta.example')).toHaveLength(1);
});

test('one address gets at most ten a day', async () => {
  for (let number = 1; number <= 13; number += 1) await comes(letter({ from: 'pilny@posta.example', subject: `Dotaz ${number}` }));
  expect(await receiptsTo('pilny@posta.example')).toHaveLength(10);
});

test('the clerk sees that nobody signed it and until when it must be confirmed', async () => {
  await comes(letter({ from: 'olga@posta.example', subject: 'Stížnost' }));
  const account = () => ({ account: '', iban: '' });
  const reader = { db: town.db, shelf: town.corridor.shelf, now: () => town.clock.now(), account };
  const [row] = await town.sql<{ id: string }>(`select id from inbox where payload ->> 'from' = 'olga@posta.example'`);
  const detail = await messageDetail(reader, 1, row?.id ?? '');
  expect(detail).toMatchObject({ signature: null, confirmBy: '2026-03-09' });
});

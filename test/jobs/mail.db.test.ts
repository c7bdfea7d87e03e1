// What mail means to the town: a letter finds its case, returned mail closes an address, machines are not listened to, a doubled letter counts once.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sortMessage, unsortMessage } from '../../server/cases/messages/desk.ts';
import { readInterventionDesk } from '../../server/cases/intervention-desk.ts';
import { readMessage } from '../../server/integrations/imap/inbox-message.ts';
import type { Connector } from '../../server/integrations/connector.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import { saveContact } from '../../server/store/contacts.ts';
import { insertEffects } from '../../server/store/outbox.ts';
import { situation, startForm, userTask, whole } from '../cases/situations.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { catching, end, message, path } from '../engine/diagrams.ts';
import { attachment, letter, multipart, returned, text } from '../integrations/imap/letters.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
const settings = { domain: 'lhota.example', bounceAddress: 'vraceno@lhota.example' };
let town: TestTown;
let caseId: string;
let mark: string;
/** A situation whose case waits for a message of that name. */
const waitsFor = (id: string, name: string) =>
  situation(id, [
    startForm,
    catching('zprava', message(name), 'spis:result="zprava"'),
    userTask('kontrola'),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'zprava', 'kontrola', 'hotovo'),
  ]);
const markOf = async (id: string): Promise<string> =>
  (await town.sql<{ mark: string }>('select mark from cases where id = $1', [id]))[0]?.mark ?? '';
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('zkouska', whole());
  caseId = await town.file('zkouska');
  mark = await markOf(caseId);
  await town.install('ceka-email', waitsFor('ceka-email', 'dosel-email'));
  await town.install('ceka-zpravu', waitsFor('ceka-zpravu', 'dosla-zprava'));
  await town.db.withTenant(1, (trx) =>
    saveContact(trx, 1, town.citizen.id, { channel: 'email', address: 'jana@posta.example', confirmedAt: town.clock.now().toISOString() }),
  );
});
afterAll(() => town.close());

/** What its process heard: the variable of the event. */
async function heardBy(id: string): Promise<unknown> {
  const desk = await readInterventionDesk(town.corridor, 1, { ...town.head, groups: ['analytici'] }, id);
  return desk.variables['zprava'];
}
/** As the mailbox gives it, through the job that reads inboxes and the one that understands them. */
const comes = (...raws: readonly string[]): Promise<readonly Row[]> => comesAt(null, ...raws);
async function comesAt(receivedAt: string | null, ...raws: readonly string[]): Promise<readonly Row[]> {
  const messages = await Promise.all(raws.map((raw) => readMessage(Buffer.from(raw), { settings, receivedAt })));
  const connector: Connector = {
    name: 'imap',
    effects: {},
    inbox: { everyMs: 1, poll: () => Promise.resolve({ messages, cursor: '1:1' }) },
    check: () => Promise.resolve({ ok: true, text: '' }),
  };
  const workshop = { ...aWorkshop(town, []), connectors: [connector] };
  for (const loop of inboxLoops(workshop)) await loop.run();
  await processInbox(workshop);
  return town.sql<Row>(
    'select id, kind, result, reason, case_id as "caseId", pairing from inbox where message_id = any($1) order by received_at, id',
    [messages.map(({ id }) => id)],
  );
}
interface Row {
  readonly id: string;
  readonly kind: string;
  readonly result: string | null;
  readonly reason: string | null;
  readonly caseId: string | null;
  readonly pairing: { readonly candidates?: readonly { readonly caseId: string; readonly rule: string }[] } | null;
}
async function sent(key: string, to: string, ofCase: string | null = caseId): Promise<void> {
  const at = town.clock.now().toISOString();
  await town.db.withTenant(1, (trx) =>
    insertEffects(trx, 1, [
      {
        key,
        caseId: ofCase,
        executionId: null,
        elementId: null,
        effect: 'mail.send',
        title: 'Oznámení',
        input: { to, documents: [] },
        at,
        delayMs: 3_600_000,
      },
    ]),
  );
}
const broken = (address: string) =>
  town.sql<{ permanent: boolean; reason: string; bounces: number }>(
    'select permanent, reason, bounces from broken_address where address = $1',
    [address],
  );

describe('a letter', () => {
  test('with our mark in its subject comes into the case with its attachments and the message as it came', async () => {
    const mixed = multipart('mixed', [text('Posílám doklad.'), attachment('doklad.pdf', 'application/pdf', '%PDF-1.4')]);
    const [row] = await comes(letter({ subject: `K ${mark}: doklad`, from: 'nekdo@jinde.example', ...mixed }));
    expect(row).toMatchObject({ result: 'delivered', caseId });
    const documents = await town.sql<{ title: string }>('select title from document where case_id = $1 and direction = $2', [caseId, 'in']);
    expect(documents.map(({ title }) => title)).toEqual(
      expect.arrayContaining([`E-mail: K ${mark}: doklad`, 'doklad.pdf', 'zprava.eml', 'text-zpravy.txt']),
    );
  });

  test('that answers our message comes into the case of that message', async () => {
    await sent('klicodpovedi', 'jana@posta.example');
    const [row] = await comes(letter({ subject: 'Re: zpráva', headers: ['In-Reply-To: <klicodpovedi@lhota.example>'] }));
    expect(row).toMatchObject({ result: 'delivered', caseId, reason: 'reply' });
  });

  test('known only by its sender is offered to a person, never placed: an address proves nothing', async () => {
    const [row] = await comes(letter({ subject: 'Dotaz' }));
    expect(row).toMatchObject({ result: 'unsorted', reason: 'only-by-sender', caseId: null });
    expect(row?.pairing?.candidates).toEqual([{ caseId, rule: 'sender', certainty: 'possible' }]);
  });

  test('of a stranger waits for a person', async () => {
    expect(await comes(letter({ from: 'cizi@jinde.example', subject: 'Dobrý den' }))).toMatchObject([
      { result: 'unsorted', reason: 'no-case' },
    ]);
  });

  test('that came by two of our addresses counts once', async () => {
    const headers = ['Message-ID: <dvakrat@jinde.example>'];
    const one = { from: 'dvakrat@jinde.example', headers, body: 'Totéž.' };
    const rows = await comes(letter({ ...one, to: 'podatelna@lhota.example' }), letter({ ...one, to: 'urad@lhota.example' }));
    expect(rows.map(({ result }) => result).sort()).toEqual(['ignored', 'unsorted']);
  });

  test('with a Message-ID that somebody else used before is not hidden by it', async () => {
    const headers = ['Message-ID: <stejne@jinde.example>'];
    await comes(letter({ from: 'utocnik@jinde.example', headers, body: 'Podvržené.' }));
    expect(await comes(letter({ from: 'cizi2@jinde.example', headers, body: 'Pravé podání.' }))).toMatchObject([{ result: 'unsorted' }]);
  });

  test('that cannot be read waits for a person', async () => {
    const deep = Array.from({ length: 40 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('');
    expect(await comes(`From: a@b.example\r\n${deep}`)).toMatchObject([{ kind: 'mail-message', result: 'unsorted', reason: 'unreadable' }]);
  });
});

describe('returned mail', () => {
  test('closes the address to which we sent it', async () => {
    await sent('vraceny', 'Mrtva@posta.example');
    const [row] = await comes(returned({ messageId: '<vraceny@lhota.example>', recipient: 'mrtva@posta.example' }));
    expect(row).toMatchObject({ kind: 'mail-bounce', result: 'noted', reason: 'bounce-permanent' });
    expect(await broken('mrtva@posta.example')).toEqual([{ permanent: true, reason: 'Taková schránka neexistuje.', bounces: 1 }]);
  });

  test('never closes an address that somebody wrote into a notification', async () => {
    await sent('vraceny2', 'prava@posta.example');
    await comes(returned({ messageId: '<vraceny2@lhota.example>', recipient: 'obet@posta.example' }));
    await comes(returned({ messageId: '<vymysleny@lhota.example>', recipient: 'obet@posta.example' }));
    expect(await broken('obet@posta.example')).toEqual([]);
    expect(await broken('prava@posta.example')).toHaveLength(1);
  });

  test('of a full box does not close it yet', async () => {
    await sent('vraceny3', 'plna@posta.example');
    await comes(returned({ messageId: '<vraceny3@lhota.example>', recipient: 'plna@posta.example', status: '5.2.2' }));
    expect(await broken('plna@posta.example')).toMatchObject([{ permanent: false, reason: 'Schránka je plná.' }]);
  });

  test('that only says that it takes longer changes nothing', async () => {
    await sent('vraceny4', 'pomala@posta.example');
    const [row] = await comes(
      returned({ messageId: '<vraceny4@lhota.example>', recipient: 'pomala@posta.example', action: 'delayed', status: '4.4.1' }),
    );
    expect(row).toMatchObject({ result: 'noted', reason: 'bounce-delayed' });
    expect(await broken('pomala@posta.example')).toEqual([]);
  });

  test('that came twice counts the same message once', async () => {
    await sent('vraceny5', 'dvojita@posta.example');
    const raw = returned({ messageId: '<vraceny5@lhota.example>', recipient: 'dvojita@posta.example' });
    await comes(raw);
    await comes(raw);
    expect(await broken('dvojita@posta.example')).toMatchObject([{ bounces: 1 }]);
  });
});

test('an out-of-office reply is kept and bothers nobody', async () => {
  expect(await comes(letter({ subject: 'Automatická odpověď', headers: ['Auto-Submitted: auto-replied'] }))).toMatchObject([
    { kind: 'mail-auto', result: 'ignored', reason: 'automatic' },
  ]);
});

test('an address that the mail server refuses at once is closed like one from which mail comes back', async () => {
  await sent('odmitnuty', 'odmitnuta@posta.example', null);
  await town.sql(`update outbox set next_at = clock_timestamp() where key = 'odmitnuty'`);
  const mail: Connector = {
    name: 'mail',
    effects: {
      'mail.send': {
        input: { parse: (value: unknown) => value } as never,
        output: {} as never,
        perform: () => Promise.resolve({ refused: { code: 'address-refused', reason: 'x' } }),
      },
    },
    check: () => Promise.resolve({ ok: true, text: '' }),
  };
  await performEffects({ ...aWorkshop(town, []), connectors: [mail] });
  expect(await broken('odmitnuta@posta.example')).toMatchObject([{ permanent: true }]);
});

describe('a letter with the mark of a case whose process waits', () => {
  test('moves a process that waits for e-mails, on the day on which it came to our mailbox', async () => {
    const waiting = await town.file('ceka-email');
    const raw = letter({ subject: `Re: ${await markOf(waiting)}`, headers: ['Date: Mon, 5 Jan 2026 10:00:00 +0100'] });
    const [row] = await comesAt('2026-03-01T23:30:00.000Z', raw);
    expect(row).toMatchObject({ result: 'delivered', caseId: waiting });
    expect(await town.waits(waiting)).toEqual(['task kontrola']);
    expect(await heardBy(waiting)).toMatchObject({
      documentId: row?.id,
      subject: `Re: ${await markOf(waiting)}`,
      deliveredAt: '2026-03-01T23:30:00.000Z',
      deliveredOn: '2026-03-02',
      senderBox: null,
      fromApplicant: false,
    });
  });

  test('is not told to a process that waits for a message of a known sender, until an officer puts it there by hand', async () => {
    const waiting = await town.file('ceka-zpravu');
    const [row] = await comes(letter({ subject: await markOf(waiting) }));
    expect(row).toMatchObject({ result: 'delivered', caseId: waiting });
    expect(await town.waits(waiting)).toEqual(['message dosla-zprava']);
    const asked = () => ({ commandId: randomUUID(), actor: town.eva, inboxId: row?.id ?? '' });
    await unsortMessage(town.corridor, 1, { ...asked(), note: 'předat procesu' });
    await sortMessage(town.corridor, 1, { ...asked(), mark: await markOf(waiting) });
    expect(await town.waits(waiting)).toEqual(['task kontrola']);
  });
});

// A citizen proves his e-mail and telephone before they are used, chooses ways, and is written to by another way when one does not work.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askToConfirm, confirmContact, forgetContact } from '../../server/cases/account/contacts.ts';
import { withdraw } from '../../server/cases/commands/index.ts';
import { keepReminders } from '../../server/cases/account/reminders.ts';
import type { Corridor } from '../../server/cases/corridor.ts';
import { Problem } from '../../server/domain/problem.ts';
import { newId } from '../../server/platform/ids.ts';
import { reminderSettings } from '../../server/queries/account/notices.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { noteBroken } from '../../server/store/contacts.ts';
import { insertPerson } from '../../server/store/people.ts';
import { cloneDatabase } from '../setup/database.ts';
import { whole } from './situations.ts';
import { openTestTown, type Citizen, type TestTown } from './town.ts';

const database = await cloneDatabase();
let town: TestTown;
let corridor: Corridor;
let jana: Citizen;
beforeAll(async () => {
  town = await openTestTown(database);
  const facts = town.corridor.town(1);
  corridor = { ...town.corridor, town: () => ({ ...facts, sendsSms: true }) };
  await town.install('zkouska', whole());
});
afterAll(() => town.close());
beforeEach(async () => {
  jana = { kind: 'citizen', id: newId(town.clock.now()) };
  const facts = {
    givenName: 'Jana',
    familyName: 'Nová',
    birthDate: null,
    placeOfBirth: null,
    address: null,
    phone: null,
    dataBox: 'janabox',
  };
  await town.db.withTenant(1, (trx) =>
    insertPerson(trx, 1, { id: jana.id, ...facts, email: 'jana@nia.example', lang: 'cs' }, town.clock.now()),
  );
});

const settings = () => reminderSettings({ db: town.db, now: town.clock.now } as Reader, 1, jana.id);
const ask = (channel: 'email' | 'sms', address: string): Promise<void> =>
  askToConfirm(corridor, 1, { personId: jana.id, channel, address });
const confirm = (channel: 'email' | 'sms', secret: string): Promise<void> =>
  confirmContact(corridor, 1, { personId: jana.id, channel, secret });
async function sent(): Promise<{ readonly effect: string; readonly to: string; readonly text: string }> {
  const [row] = await town.sql<{ effect: string; to: string; text: string }>(
    `select effect, input->>'to' as to, input->>'text' as text from outbox where case_id is null order by created_at desc, next_at desc limit 1`,
  );
  if (!row) throw new Error('nothing was sent');
  return row;
}
async function refusal(work: Promise<unknown>): Promise<string> {
  const failure: unknown = await work.then(
    () => 'not refused',
    (error: unknown) => error,
  );
  return failure instanceof Problem ? failure.code : String(failure);
}
const linkOf = ({ text }: { readonly text: string }): string => /potvrdit=([\w-]+)/.exec(text)?.[1] ?? '';
const codeOf = ({ text }: { readonly text: string }): string => /kód (\d{6})/.exec(text)?.[1] ?? '';

describe('an e-mail', () => {
  test('of an identity is offered and not used', async () => {
    expect((await settings()).email).toEqual({ address: null, broken: null, pending: null, offered: 'jana@nia.example' });
  });

  test('is used when its link was opened, and not before', async () => {
    await ask('email', ' jana@posta.example ');
    expect((await settings()).email).toMatchObject({ address: null, pending: 'jana@posta.example' });
    const mail = await sent();
    expect(mail).toMatchObject({ effect: 'mail.send', to: 'jana@posta.example' });

    await confirm('email', linkOf(mail));

    expect((await settings()).email).toMatchObject({ address: 'jana@posta.example', pending: null });
    expect(await refusal(confirm('email', linkOf(mail)))).toBe('contact-secret-expired');
  });

  test('of somebody else cannot be confirmed by his link', async () => {
    await ask('email', 'jana@posta.example');
    const link = linkOf(await sent());
    expect(await refusal(confirmContact(corridor, 1, { personId: town.neighbour.id, channel: 'email', secret: link }))).toBe(
      'contact-secret-expired',
    );
  });

  test('has a day to be confirmed', async () => {
    await ask('email', 'jana@posta.example');
    const link = linkOf(await sent());
    town.later(24 * 3_600_000);
    expect(await refusal(confirm('email', link))).toBe('contact-secret-expired');
  });

  test.each(['jana', 'jana@posta', 'jana@posta.example\r\nBcc: x@y.example', `${'j'.repeat(250)}@posta.example`])(
    '%j is none',
    async (address) => {
      expect(await refusal(ask('email', address))).toBe('contact-invalid');
    },
  );

  test('that is forgotten is used no more', async () => {
    await ask('email', 'jana@posta.example');
    await confirm('email', linkOf(await sent()));
    await forgetContact(corridor, 1, jana.id, 'email');
    expect((await settings()).email.address).toBeNull();
  });
});

describe('a telephone', () => {
  test('is used when the code was copied; nine digits are a Czech number', async () => {
    await ask('sms', '601 123 456');
    const message = await sent();
    expect(message).toMatchObject({ effect: 'sms.send', to: '+420601123456' });

    await confirm('sms', codeOf(message));

    expect((await settings()).phone.address).toBe('+420601123456');
  });

  test('five wrong codes are enough: the right one comes too late', async () => {
    await ask('sms', '+420601123456');
    const code = codeOf(await sent());
    const wrong = code === '000000' ? '000001' : '000000';
    for (let one = 0; one < 5; one += 1) expect(await refusal(confirm('sms', wrong))).toBe('contact-secret-wrong');
    expect(await refusal(confirm('sms', code))).toBe('contact-secret-expired');
  });

  test('is not asked for more than five times a day, nor twice in half a minute', async () => {
    await ask('sms', '+420601123456');
    expect(await refusal(ask('sms', '+420601123456'))).toBe('contact-too-often');
    for (let one = 0; one < 4; one += 1) {
      town.later(30_000);
      await ask('sms', '+420601123456');
    }
    town.later(30_000);
    expect(await refusal(ask('sms', '+420601123456'))).toBe('contact-too-often');
    town.later(24 * 3_600_000);
    await ask('sms', '+420601123456');
  });

  test('is not offered by a town without a gateway', async () => {
    expect(await refusal(askToConfirm(town.corridor, 1, { personId: jana.id, channel: 'sms', address: '+420601123456' }))).toBe(
      'sms-not-offered',
    );
  });
});

describe('a notice about a case', () => {
  const notices = async (caseId: string): Promise<readonly { readonly effect: string; readonly to: string; readonly text: string }[]> =>
    town.sql(
      `select effect, input->>'to' as to, coalesce(input->>'notice', input->>'text') as text from outbox where case_id = $1 and execution_id is null order by effect`,
      [caseId],
    );
  async function withdrawn(): Promise<string> {
    const { caseId } = await town.submit(await town.draft('zkouska', jana), { person: jana });
    await town.run(caseId, withdraw, jana, { reason: '' });
    return caseId;
  }

  test('goes to the confirmed e-mail, and says nothing of what the case is about', async () => {
    await ask('email', 'jana@posta.example');
    await confirm('email', linkOf(await sent()));
    const [notice] = await notices(await withdrawn());
    expect(notice).toMatchObject({ effect: 'mail.send', to: 'jana@posta.example' });
    expect(notice?.text).not.toMatch(/Zkouška/i);
  });

  test('goes nowhere when nothing is confirmed and its end need not be told', async () => {
    expect(await notices(await withdrawn())).toEqual([]);
  });

  test('goes to the data box of who wants it there', async () => {
    await keepReminders(corridor, 1, jana.id, {
      daysBefore: 7,
      events: [{ event: 'case-ended', byEmail: false, bySms: false, byDataBox: true }],
    });
    expect(await notices(await withdrawn())).toMatchObject([{ effect: 'isds.send', to: 'janabox' }]);
  });

  test('does not go to an e-mail from which mail comes back, until it is confirmed anew', async () => {
    await ask('email', 'jana@posta.example');
    await confirm('email', linkOf(await sent()));
    const bounce = { address: 'Jana@posta.example', permanent: true, status: '5.1.1', reason: 'Schránka neexistuje.' };
    await town.db.withTenant(1, (trx) => noteBroken(trx, 1, { ...bounce, at: town.clock.now().toISOString() }));
    expect((await settings()).email.broken).toMatchObject({ permanent: true, reason: 'Schránka neexistuje.' });
    expect(await notices(await withdrawn())).toEqual([]);

    town.later(60_000);
    await ask('email', 'jana@posta.example');
    await confirm('email', linkOf(await sent()));

    expect((await settings()).email.broken).toBeNull();
    expect(await notices(await withdrawn())).toHaveLength(1);
  });

  test('that is needed cannot be switched off', async () => {
    const off = { daysBefore: 7, events: [{ event: 'case-turn' as const, byEmail: false, bySms: false, byDataBox: false }] };
    expect(await refusal(keepReminders(corridor, 1, jana.id, off))).toBe('notice-needed');
  });
});

test('three temporary failures in a row count as a permanent one', async () => {
  const bounce = { address: 'plna@posta.example', permanent: false, status: '4.2.2', reason: 'Schránka je plná.' };
  const note = () => town.db.withTenant(1, (trx) => noteBroken(trx, 1, { ...bounce, at: town.clock.now().toISOString() }));
  const isPermanent = async (): Promise<boolean | undefined> =>
    (await town.sql<{ permanent: boolean }>(`select permanent from broken_address where address = 'plna@posta.example'`))[0]?.permanent;
  await note();
  await note();
  expect(await isPermanent()).toBe(false);
  await note();
  expect(await isPermanent()).toBe(true);
});

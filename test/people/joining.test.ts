// Two identities become one person only by a proof of both, whatever somebody tries instead; and one may be taken away again.
import { afterAll, describe, expect, test } from 'vitest';
import type { Visit } from './town-of-people.ts';
import { anIdentity, openTownOfPeople, TOWN } from './town-of-people.ts';
import { FRESH_MS } from '../../server/people/sessions.ts';

const town = await openTownOfPeople();
const { people, comeIn, look, query } = town;
afterAll(() => town.close());

let last = 0;
const subject = (): string => `s${(last += 1)}`;
const join = (
  visit: Pick<Visit, 'idHash'>,
  provider: string,
  changes: Parameters<typeof anIdentity>[0],
): ReturnType<typeof people.joinIdentity> => people.joinIdentity(TOWN, { session: visit.idHash, provider, identity: anIdentity(changes) });
const keyOf = async (visit: Visit, provider: string): Promise<string> =>
  (await people.overview(TOWN, await look(visit.cookie))).identities.find((one) => one.provider === provider)?.key ?? '';
const eventsOf = async (personId: string): Promise<readonly string[]> =>
  (await query<{ kind: string }>('select kind from person_event where person_id = $1 order by kind', [personId])).map(({ kind }) => kind);

describe('an identity that belongs to nobody', () => {
  test('becomes the person’s, and the next login with it is the same person', async () => {
    const jan = await comeIn('nia', { subject: subject() });
    const mojeid = subject();

    const joined = await join(jan, 'mojeid', { subject: mojeid });
    const again = await comeIn('mojeid', { subject: mojeid });

    expect(joined).toMatchObject({ joined: true });
    expect(again.person.id).toBe(jan.person.id);
    expect(await eventsOf(jan.person.id)).toEqual(['identity-joined']);
  });

  test('joining it gives the session a new cookie and ends every other session', async () => {
    const nia = subject();
    const jan = await comeIn('nia', { subject: nia });
    const elsewhere = await comeIn('nia', { subject: nia });

    const joined = await join(jan, 'mojeid', { subject: subject() });

    expect(await people.citizen(TOWN, jan.cookie)).toBeUndefined();
    expect(await people.citizen(TOWN, elsewhere.cookie)).toBeUndefined();
    expect((await look('joined' in joined ? joined.cookie : '')).person.id).toBe(jan.person.id);
  });

  test('is told by e-mail without names and links', async () => {
    const jan = await comeIn('nia', { subject: subject(), email: 'jan.tell@posta.example' });

    await join(jan, 'mojeid', { subject: subject() });

    const mails = await query<{ input: { to: string; subject: string; text: string } }>(
      `select input from outbox where effect = 'mail.send' and input ->> 'to' = 'jan.tell@posta.example'`,
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.input.subject).toBe('K vašemu účtu přibylo přihlášení');
    expect(mails[0]?.input.text).not.toMatch(/Novák|http|mojeid/i);
  });
});

describe('is refused', () => {
  test.each([
    ['other-birth-date', { birthDate: '1981-05-17' }],
    ['other-name', { familyName: 'DVOŘÁK' }],
    ['other-name', { givenName: 'PETR' }],
  ] as const)('%s', async (refused, changes) => {
    const jan = await comeIn('nia', { subject: subject() });

    expect(await join(jan, 'mojeid', { subject: subject(), ...changes })).toEqual({ refused });
  });

  test('never: the same name written otherwise, or a provider that does not know the birth date', async () => {
    const jan = await comeIn('nia', { subject: subject(), givenName: 'JAN KAREL' });
    const { birthDate: _unknown, ...unborn } = anIdentity({ subject: subject(), givenName: 'Jan', familyName: 'Novak' });

    expect(await people.joinIdentity(TOWN, { session: jan.idHash, provider: 'isds', identity: unborn })).toMatchObject({ joined: true });
  });

  test('a second pseudonym of NIA: it is another human being', async () => {
    const jan = await comeIn('nia', { subject: subject() });

    expect(await join(jan, 'nia', { subject: subject() })).toEqual({ refused: 'two-register-identities' });
  });

  test('the identity that is the person’s already, be the login as old as it may', async () => {
    const nia = subject();
    const jan = await comeIn('nia', { subject: nia });
    expect(await join(jan, 'nia', { subject: nia })).toEqual({ refused: 'identity-already-yours' });
  });

  test('a login that is not fresh', async () => {
    const jan = await comeIn('nia', { subject: subject() });
    town.later(FRESH_MS / 60_000);

    expect(await join(jan, 'mojeid', { subject: subject() })).toEqual({ refused: 'login-not-fresh' });
  });

  test('a session that ended in between, an idle one, another town’s, an invented one', async () => {
    const jan = await comeIn('nia', { subject: subject() });
    await people.close(TOWN, jan.idHash);
    const idle = await comeIn('nia', { subject: subject() });
    const wanted = anIdentity({ subject: subject() });

    expect(await join(jan, 'mojeid', { subject: wanted.subject })).toEqual({ refused: 'session-ended' });
    expect(await people.joinIdentity(2, { session: idle.idHash, provider: 'mojeid', identity: wanted })).toEqual({
      refused: 'session-ended',
    });
    expect(await join({ idHash: 'f'.repeat(64) }, 'mojeid', { subject: wanted.subject })).toEqual({ refused: 'session-ended' });
    town.later(21);
    expect(await join(idle, 'mojeid', { subject: wanted.subject })).toEqual({ refused: 'session-ended' });
    expect(await query('select from person_identity where subject = $1', [wanted.subject])).toEqual([]);
  });

  test('a cookie used in the place of the session’s hash', async () => {
    const jan = await comeIn('nia', { subject: subject() });

    expect(await join({ idHash: jan.cookie }, 'mojeid', { subject: subject() })).toEqual({ refused: 'session-ended' });
  });
});

describe('two records of one human being', () => {
  test('become one: identities, drafts and settings go over, the payer’s account stays visible, nothing is lost', async () => {
    const [one, two] = [subject(), subject()];
    const jan = await comeIn('nia', { subject: one });
    const other = await comeIn('mojeid', { subject: two, email: 'druhy@posta.example' });
    await query(
      `insert into reminder_setting (tenant_id, person_id, event, by_email, changed_at) values (1, $1, 'overdue', false, now())`,
      [other.person.id],
    );

    expect(await join(jan, 'mojeid', { subject: two })).toMatchObject({ joined: true });

    const again = await comeIn('mojeid', { subject: two });
    const settings = await query<{ person_id: string }>(
      `select person_id from reminder_setting where event = 'overdue' and person_id = $1`,
      [jan.person.id],
    );
    const [record] = await query<{ merged_into: string }>('select merged_into from person where id = $1', [other.person.id]);
    expect(again.person.id).toBe(jan.person.id);
    expect(settings).toHaveLength(1);
    expect(record?.merged_into).toBe(jan.person.id);
    expect(await people.citizen(TOWN, other.cookie)).toBeUndefined();
    expect(await eventsOf(jan.person.id)).toEqual(['identity-joined', 'records-merged']);
    expect(await eventsOf(other.person.id)).toEqual(['records-merged']);
  });

  test('a third record joined later points to the last one: there is no chain', async () => {
    const [a, b, c] = [subject(), subject(), subject()];
    const first = await comeIn('mojeid', { subject: a });
    const second = await comeIn('bankid', { subject: b });
    await join(first, 'bankid', { subject: b });
    const third = await comeIn('nia', { subject: c });
    await join(third, 'mojeid', { subject: a });

    const rows = await query<{ merged_into: string }>('select merged_into from person where id = any($1)', [
      [first.person.id, second.person.id],
    ]);

    expect(rows.map(({ merged_into }) => merged_into)).toEqual([third.person.id, third.person.id]);
    expect((await comeIn('bankid', { subject: b })).person.id).toBe(third.person.id);
  });

  test('both directions at once end as one person with both identities', async () => {
    const [one, two] = [subject(), subject()];
    const jan = await comeIn('nia', { subject: one });
    const other = await comeIn('mojeid', { subject: two });

    const answers = await Promise.all([join(jan, 'mojeid', { subject: two }), join(other, 'nia', { subject: one })]);

    const owners = await query<{ person_id: string }>('select distinct person_id from person_identity where subject = any($1)', [
      [one, two],
    ]);
    expect(answers.filter((answer) => 'joined' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => 'refused' in answer)).toEqual([{ refused: 'session-ended' }]);
    expect(owners).toHaveLength(1);
  });

  test('the same joining ten times at once joins once', async () => {
    const two = subject();
    const jan = await comeIn('nia', { subject: subject() });
    await comeIn('mojeid', { subject: two });

    const answers = await Promise.all(Array.from({ length: 10 }, () => join(jan, 'mojeid', { subject: two })));

    expect(answers.filter((answer) => 'joined' in answer)).toHaveLength(1);
    expect(await eventsOf(jan.person.id)).toEqual(['identity-joined', 'records-merged']);
  });

  test('are not joined when the register knows each of them as somebody else', async () => {
    const two = subject();
    const jan = await comeIn('nia', { subject: subject() });
    const other = await comeIn('nia', { subject: subject() });
    await join(other, 'mojeid', { subject: two });

    expect(await join(jan, 'mojeid', { subject: two })).toEqual({ refused: 'two-register-identities' });
  });

  test('what the register says of the person outlasts a weaker login', async () => {
    const two = subject();
    const jan = await comeIn('nia', { subject: subject(), address: { street: 'Dlouhá', city: 'Lipová' } });
    await join(jan, 'mojeid', { subject: two, address: { street: 'Krátká', city: 'Brno' }, phone: '+420601000000' });

    const weaker = await comeIn('mojeid', {
      subject: two,
      loa: 'low',
      address: { street: 'Jiná', city: 'Praha' },
      email: 'jiny@posta.example',
    });

    expect(weaker.person).toMatchObject({ address: { street: 'Dlouhá' }, email: 'jan@posta.example', phone: '+420601000000' });
  });
});

describe('an identity is taken away', () => {
  const both = async (): Promise<{ readonly jan: Visit; readonly mojeid: string }> => {
    const [nia, mojeid] = [subject(), subject()];
    const first = await comeIn('nia', { subject: nia });
    await join(first, 'mojeid', { subject: mojeid });
    return { jan: await comeIn('nia', { subject: nia }), mojeid };
  };

  test('and whoever logs in with it is somebody new; its sessions end', async () => {
    const { jan, mojeid } = await both();
    const there = await comeIn('mojeid', { subject: mojeid });

    const removed = await people.removeIdentity(TOWN, { session: jan.idHash, key: await keyOf(jan, 'mojeid') });
    const after = await comeIn('mojeid', { subject: mojeid });

    expect(removed).toMatchObject({ removed: true });
    expect(after.person.id).not.toBe(jan.person.id);
    expect(await people.citizen(TOWN, there.cookie)).toBeUndefined();
    expect(await people.citizen(TOWN, jan.cookie)).toBeUndefined();
    expect(await eventsOf(jan.person.id)).toEqual(['identity-joined', 'identity-removed']);
  });

  test('never the last one, the one in use, somebody else’s, or after a login that is not fresh', async () => {
    const alone = await comeIn('nia', { subject: subject() });
    const { jan } = await both();
    const remove = async (visit: Visit, key: string): ReturnType<typeof people.removeIdentity> =>
      people.removeIdentity(TOWN, { session: visit.idHash, key });

    expect(await remove(alone, await keyOf(alone, 'nia'))).toEqual({ refused: 'identity-last' });
    expect(await remove(jan, await keyOf(jan, 'nia'))).toEqual({ refused: 'identity-in-use' });
    expect(await remove(alone, await keyOf(jan, 'mojeid'))).toEqual({ refused: 'identity-not-found' });
    town.later(16);
    expect(await remove(jan, 'x')).toEqual({ refused: 'login-not-fresh' });
  });
});

// Who a person is, and that nobody is mistaken for somebody else, in a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { createPeople } from '../../server/people/people.ts';
import type { CitizenIdentity } from '../../server/people/citizens.ts';
import { asWritten } from '../../server/people/names.ts';
import { openDatabase } from '../../server/store/database.ts';
import { cloneDatabase } from '../setup/database.ts';

const database = await cloneDatabase();
const db = openDatabase(database.appUrl, 8);
let now = new Date('2026-11-20T09:00:00Z');
const people = createPeople(db, () => now);
/** As the owner, who is held back by row-level security as well: rows of town 1. */
const query = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(`set app.tenant = '1'`);
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
const aCitizen = (changes: Partial<CitizenIdentity> = {}): CitizenIdentity => ({
  subject: 'CZ/CZ/1',
  givenName: 'JANA',
  familyName: 'NOVOTNÁ',
  birthDate: '1986-03-14',
  loa: 'substantial',
  ...changes,
});
const comeIn = async (
  tenant: number,
  provider: string,
  identity: CitizenIdentity,
): Promise<NonNullable<Awaited<ReturnType<typeof people.citizen>>> & { cookie: string }> => {
  const cookie = await people.logInCitizen(tenant, provider, identity, {});
  const session = await people.citizen(tenant, cookie);
  if (!session) throw new Error('no session');
  return { ...session, cookie };
};

beforeAll(() => query(`insert into tenant (id, slug, name) values (1, 'a', 'A'), (2, 'b', 'B')`));
afterAll(() => db.close());

describe('a citizen', () => {
  test('is made at the first login and refreshed at the next', async () => {
    const first = await comeIn(1, 'nia', aCitizen({ subject: 's1', email: 'a@posta.example', phone: '+420601000000' }));
    const second = await comeIn(1, 'nia', aCitizen({ subject: 's1', familyName: 'DVOŘÁKOVÁ', email: 'b@posta.example' }));

    expect(second.person).toMatchObject({ id: first.person.id, familyName: 'Dvořáková', email: 'b@posta.example', phone: '+420601000000' });
  });

  test('with the same pseudonym at another provider or in another town is somebody else', async () => {
    const here = await comeIn(1, 'nia', aCitizen({ subject: 's2' }));
    const otherProvider = await comeIn(1, 'mojeid', aCitizen({ subject: 's2' }));
    const otherTown = await comeIn(2, 'nia', aCitizen({ subject: 's2' }));

    expect(new Set([here, otherProvider, otherTown].map(({ person }) => person.id)).size).toBe(3);
  });

  test('with the same name and birth date but another pseudonym is somebody else', async () => {
    const one = await comeIn(1, 'nia', aCitizen({ subject: 's3' }));
    const other = await comeIn(1, 'nia', aCitizen({ subject: 's4' }));

    expect(one.person.id).not.toBe(other.person.id);
  });

  test('who logs in for the first time twenty times at once is one person', async () => {
    const sessions = await Promise.all(Array.from({ length: 20 }, () => people.logInCitizen(1, 'nia', aCitizen({ subject: 'once' }), {})));

    const owners = await query(`select distinct person_id from person_identity where subject = 'once'`);
    const orphans = await query(
      `select id from person p where tenant_id = 1 and not exists (select from person_identity i where i.person_id = p.id)`,
    );

    expect(sessions).toHaveLength(20);
    expect(owners).toHaveLength(1);
    expect(orphans).toEqual([]);
  });
});

describe('a session', () => {
  test('is of no use in another town or as an officer', async () => {
    const { cookie } = await comeIn(1, 'nia', aCitizen());

    expect(await people.citizen(2, cookie)).toBeUndefined();
    expect(await people.officer(1, cookie)).toBeUndefined();
  });

  test('is not in the database in a form that could be used', async () => {
    const { cookie } = await comeIn(1, 'nia', aCitizen());

    const rows = JSON.stringify(await query('select * from session'));

    expect(rows).not.toContain(cookie);
    expect(Buffer.from(cookie, 'base64url')).toHaveLength(32);
  });

  test('of an officer ends after eight hours, with use', async () => {
    const cookie =
      (await people.logInOfficer(1, { subject: 'o1', name: 'Hana Vlčková', email: 'h@lipova.example', groups: ['evidence'] }, {})) ?? '';
    const start = now;
    let alive = true;
    let hours = 0;
    for (; alive && hours < 12; hours += 0.25) {
      now = new Date(start.getTime() + (hours + 0.25) * 3_600_000);
      alive = (await people.officer(1, cookie)) !== undefined;
    }
    now = start;

    expect(hours).toBe(8);
  });
});

describe('a login under way', () => {
  test('can be taken once, by its own browser, in its own town, within ten minutes', async () => {
    const begin = (id: string): Promise<void> =>
      people.logins.begin(1, { id, kind: 'nia', returnPath: '/', browser: 'b1', detail: { loa: 'high' } });
    await begin('_a');
    await begin('_b');

    expect(await people.logins.take(1, { id: '_a', kind: 'nia', browser: 'b2' })).toBeUndefined();
    expect(await people.logins.take(2, { id: '_a', kind: 'nia', browser: 'b1' })).toBeUndefined();
    expect(await people.logins.take(1, { id: '_a', kind: 'officer', browser: 'b1' })).toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 10 }, () => people.logins.take(1, { id: '_a', kind: 'nia', browser: 'b1' })));
    expect(taken.filter((login) => login !== undefined)).toEqual([
      expect.objectContaining({ id: '_a', returnPath: '/', detail: expect.objectContaining({ loa: 'high' }) }),
    ]);
    now = new Date(now.getTime() + 10 * 60_000);
    expect(await people.logins.take(1, { id: undefined, kind: 'nia', browser: 'b1' })).toBeUndefined();
  });

  test('accepts an assertion once, and in each town by itself', async () => {
    const until = new Date(now.getTime() + 3_600_000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => people.logins.rememberAssertion(1, '_x', until)));

    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await people.logins.rememberAssertion(2, '_x', until)).toBe(true);
  });
});

describe('an officer', () => {
  test('has after each login exactly the groups the provider told', async () => {
    const describeOfficer = (groups: readonly string[]): Parameters<typeof people.logInOfficer>[1] => ({
      subject: 'o2',
      name: 'Radek Šimůnek',
      email: 'r@lipova.example',
      groups,
    });
    await people.logInOfficer(1, describeOfficer(['evidence', 'informace']), {});

    const cookie = await people.logInOfficer(1, describeOfficer(['vedouci', 'vedouci']), {});

    expect((await people.officer(1, cookie ?? ''))?.officer).toMatchObject({ name: 'Radek Šimůnek', groups: ['vedouci'] });
    expect((await people.officers(2)).length).toBe(0);
  });
});

describe('a name from the register', () => {
  test.each([
    ['ČERNÝCH', 'Černých'],
    ['DUŠKOVÁ-ŠTĚPÁNKOVÁ', 'Dušková-Štěpánková'],
    ['FRANTIŠKA  ANEŽKA', 'Františka Anežka'],
    ["O'CONNOR", "O'Connor"],
    ['van Dijk', 'van Dijk'],
    ['Řehoř', 'Řehoř'],
  ])('%s is written %s', (register, written) => {
    expect(asWritten(register)).toBe(written);
  });
});

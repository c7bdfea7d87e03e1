// People of two towns in a real database, with a clock that a test moves: short words for logging in, and rows as they are.
import pg from 'pg';
import type { CitizenIdentity } from '../../server/people/citizens.ts';
import { createPeople, type People } from '../../server/people/people.ts';
import type { CitizenSession } from '../../server/people/sessions.ts';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { cloneDatabase } from '../setup/database.ts';

export type Visit = CitizenSession & { readonly cookie: string };

export interface TownOfPeople {
  readonly people: People;
  readonly db: Database;
  readonly clock: { now: Date };
  later(minutes: number): void;
  /** Logs in and looks at the session. */
  comeIn(provider: string, identity: Partial<CitizenIdentity> & { readonly subject: string }, replaces?: string): Promise<Visit>;
  /** The session of the cookie as it is now. */
  look(cookie: string): Promise<CitizenSession>;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export const TOWN = 1;

export const anIdentity = (changes: Partial<CitizenIdentity> = {}): CitizenIdentity => ({
  subject: 'CZ/CZ/1',
  givenName: 'JAN',
  familyName: 'NOVÁK',
  birthDate: '1980-05-17',
  loa: 'substantial',
  email: 'jan@posta.example',
  ...changes,
});

/** `ADMINISTRATOR` and the like are user types of ISDS. */
export const aBox = (changes: Partial<NonNullable<CitizenIdentity['dataBox']>> = {}): NonNullable<CitizenIdentity['dataBox']> => ({
  id: 'psipes2',
  type: 'PO',
  ico: '25596641',
  firmName: 'Psí hotel U Kapličky s. r. o.',
  userType: 'PRIMARY_USER',
  ...changes,
});

export async function openTownOfPeople(): Promise<TownOfPeople> {
  const database = await cloneDatabase();
  const db = openDatabase(database.appUrl, 8);
  const clock = { now: new Date('2026-11-20T09:00:00Z') };
  const people = createPeople(db, () => clock.now);
  const query: TownOfPeople['query'] = async (sql, values = []) => {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(`set app.tenant = '1'`);
      return (await client.query(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  await query(`insert into tenant (id, slug, name) values (1, 'a', 'A'), (2, 'b', 'B')`);
  const look: TownOfPeople['look'] = async (cookie) => {
    const session = await people.citizen(TOWN, cookie);
    if (!session) throw new Error('no session');
    return session;
  };
  return {
    people,
    db,
    clock,
    query,
    look,
    later: (minutes) => {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    },
    comeIn: async (provider, identity, replaces) => {
      const place = { device: 'Firefox', ...(replaces === undefined ? {} : { replaces }) };
      const cookie = await people.logInCitizen(TOWN, provider, anIdentity(identity), {}, place);
      return { ...(await look(cookie)), cookie };
    },
    close: () => db.close(),
  };
}

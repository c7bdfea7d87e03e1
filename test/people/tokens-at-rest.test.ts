// A dump of the database gives nobody's token: sealed when a session opens, sealed at the start where a former version left them open.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { createTokenSeal } from '../../server/platform/token-seal.ts';
import { createPeople } from '../../server/people/people.ts';
import { sealOpenSessions } from '../../server/people/seal-sessions.ts';
import { hashSecret } from '../../server/people/sessions.ts';
import { openDatabase } from '../../server/store/database.ts';
import { cloneDatabase } from '../setup/database.ts';

const database = await cloneDatabase();
const db = openDatabase(database.appUrl, 4);
const seal = createTokenSeal([Buffer.alloc(32, 7)]);
const people = createPeople(db, undefined, undefined, seal);
const TOKENS = { idToken: 'eyJhbGciOiJSUzI1NiJ9.tajny.podpis', refreshToken: 'obnovovaci-token-1234567890' };

const client = new pg.Client({ connectionString: database.ownerUrl });
beforeAll(async () => {
  await client.connect();
  await client.query(`insert into tenant (id, slug, name) values (1, 'a', 'A'), (2, 'b', 'B')`);
  await client.query(`set app.tenant = '1'`);
});
afterAll(async () => {
  await client.end();
  await db.close();
});
/** All that the database holds of sessions and logins, as a dump would have it. */
const dump = async (): Promise<string> =>
  JSON.stringify(
    [await client.query('select * from session'), await client.query('select * from login_transaction')].map(({ rows }) => rows as unknown),
  );
const officer = { subject: 'o1', name: 'Hana Vlčková', email: 'h@lipova.example', groups: ['evidence'] };
const jana = { subject: 's1', givenName: 'JANA', familyName: 'NOVOTNÁ', birthDate: '1986-03-14', loa: 'substantial' } as const;

describe('tokens of a session', () => {
  test('come back with the cookie and stand nowhere in a dump', async () => {
    const clerk = (await people.logInOfficer(1, officer, { ...TOKENS, sid: 'relace-1' })) ?? '';
    const citizen = await people.logInCitizen(1, 'mojeid', jana, { idToken: TOKENS.idToken, provider: 'mojeid', sub: 's1' });
    expect((await people.officer(1, clerk))?.detail).toEqual({ ...TOKENS, sid: 'relace-1', asks: true });
    expect((await people.citizen(1, citizen))?.detail).toEqual({ idToken: TOKENS.idToken, provider: 'mojeid', sub: 's1' });
    const all = await dump();
    expect(all).toContain('relace-1');
    for (const token of Object.values(TOKENS)) expect(all).not.toContain(token);
  });
  test('moved to another session open for nobody', async () => {
    const [rich, poor] = [
      (await people.logInOfficer(1, officer, TOKENS)) ?? '',
      (await people.logInOfficer(1, { ...officer, subject: 'o2' }, {})) ?? '',
    ];
    await client.query(`update session set created_at = created_at - interval '1 second' where id_hash = $1`, [hashSecret(poor)]);
    await client.query(`update session set tokens = (select tokens from session where id_hash = $1) where id_hash = $2`, [
      hashSecret(rich),
      hashSecret(poor),
    ]);
    expect((await people.officer(1, poor))?.detail).toEqual({});
  });
  test('whose key is gone leave the session to its end, without them', async () => {
    const cookie = (await people.logInOfficer(1, officer, { ...TOKENS, sid: 'relace-2' })) ?? '';
    const stranger = createPeople(db, undefined, undefined, createTokenSeal([Buffer.alloc(32, 8)]));
    expect((await stranger.officer(1, cookie))?.detail).toEqual({ sid: 'relace-2', asks: true });
  });
  test('follow the session under a new cookie and to a joined person', async () => {
    const cookie = await people.logInCitizen(1, 'mojeid', { ...jana, subject: 's7' }, { idToken: TOKENS.idToken, provider: 'mojeid' });
    const joined = await people.joinIdentity(1, { session: hashSecret(cookie), provider: 'bankid', identity: { ...jana, subject: 's8' } });
    if (!('joined' in joined)) return expect.fail(JSON.stringify(joined));
    expect((await people.citizen(1, joined.cookie))?.detail['idToken']).toBe(TOKENS.idToken);
  });
});

describe('sessions of a former version', () => {
  test('are sealed at the start, in every way but that as they were, and once', async () => {
    const cookies = [(await people.logInOfficer(1, officer, {})) ?? '', (await people.logInOfficer(1, officer, {})) ?? ''];
    const [first = '', second = ''] = cookies.map(hashSecret);
    await client.query('update session set detail = $1 where id_hash = $2', [{ ...TOKENS, askedAt: 1.5 }, first]);
    await client.query('update session set detail = $1 where id_hash = $2', [{ idToken: TOKENS.idToken }, second]);
    expect((await people.officer(1, cookies[0] ?? ''))?.detail).toEqual({ ...TOKENS, askedAt: 1.5 });
    expect([await sealOpenSessions(db, 1, seal), await sealOpenSessions(db, 1, seal), await sealOpenSessions(db, 2, seal)]).toEqual([
      2, 0, 0,
    ]);
    expect((await people.officer(1, cookies[0] ?? ''))?.detail).toEqual({ ...TOKENS, askedAt: 1.5, asks: true });
    expect((await people.officer(1, cookies[1] ?? ''))?.detail).toEqual({ idToken: TOKENS.idToken });
    const all = await dump();
    for (const token of Object.values(TOKENS)) expect(all).not.toContain(token);
  });
});

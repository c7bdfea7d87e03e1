// Officers who came through the identity provider: whose account ended is out within one look of the job, whose groups changed has the new ones.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOfficerLogin, type OfficerIdentity } from '../../server/integrations/officer-login/index.ts';
import { askAboutOfficers } from '../../server/jobs/ask-about-officers.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { createTokenSeal } from '../../server/platform/token-seal.ts';
import { createPeople, type People } from '../../server/people/people.ts';
import { hashSecret } from '../../server/people/sessions.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { comeBack, startProvider, type TestProvider } from '../integrations/officer-login/a-provider.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const CLERK = 'u-hana-vlckova';
const database = await cloneDatabase();
const [newKey, oldKey] = [randomBytes(32), randomBytes(32)];
const seal = createTokenSeal([newKey, oldKey]);
let town: TestTown;
let people: People;
let provider: TestProvider;
beforeAll(async () => {
  town = await openTestTown(database);
  people = createPeople(town.db, undefined, undefined, seal);
  provider = await startProvider({}, { evidence: 'evidence' });
});
afterAll(async () => {
  provider.close();
  await town.close();
});

const login = (groupMap = provider.config.groupMap) => createOfficerLogin({ ...provider.config, groupMap, recheck: true });
const workshop = (connector = login()): Workshop => ({ ...aWorkshop(town, []), connectors: [connector], tokenSeal: seal });
async function comeIn(subject: string, through = people): Promise<string> {
  const officer = login();
  const { url, secrets } = await officer.start();
  const { idToken, refreshToken, ...identity }: OfficerIdentity = await officer.finish(await comeBack(url, subject), secrets);
  expect(refreshToken).toBeTruthy();
  return (await through.logInOfficer(town.tenantId, identity, { idToken, refreshToken: refreshToken ?? '' })) ?? expect.fail('not let in');
}
const account = (subject: string, what: 'zakazat' | 'povolit') =>
  fetch(`${provider.issuer}/ucty`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ osoba: subject, ucet: what }) });
const isIn = async (cookie: string): Promise<boolean> => (await people.officer(town.tenantId, cookie)) !== undefined;

async function placeOf(cookie: string): Promise<string> {
  const [row] = await town.sql<{ at: Date }>(`select created_at as at from session where id_hash = $1`, [hashSecret(cookie)]);
  return `session.tokens|${town.tenantId}|officer|${row?.at.toISOString() ?? ''}`;
}

describe('an officer who came through the provider', () => {
  test('stays as long as he works here, however often it is asked', async () => {
    const cookie = await comeIn(CLERK);

    for (let looks = 0; looks < 3; looks += 1) expect(await askAboutOfficers(workshop(), 0)).toBe(1);

    expect(await isIn(cookie)).toBe(true);
    expect(await askAboutOfficers(workshop())).toBe(0);
  });

  test('stays when the provider was started again', async () => {
    const cookie = await comeIn(CLERK);
    await askAboutOfficers(workshop(), 0);
    provider.restart();

    for (let looks = 0; looks < 2; looks += 1) await askAboutOfficers(workshop(), 0);

    expect(await isIn(cookie)).toBe(true);
  });

  test('gets his new groups in the running session', async () => {
    const cookie = await comeIn('u-ludmila-kratka');

    await askAboutOfficers(workshop(login({ evidence: 'evidence', vedouci: ['vedouci', 'doprava'] })), 0);

    expect((await people.officer(town.tenantId, cookie))?.officer.groups).toEqual(['doprava', 'evidence', 'vedouci']);
  });

  test('is not thrown out when the provider does not answer', async () => {
    const cookie = await comeIn(CLERK);

    await askAboutOfficers(workshop(createOfficerLogin({ ...provider.config, issuer: 'http://localhost:9', recheck: true })), 0);

    expect(await isIn(cookie)).toBe(true);
  });

  test('stays over a change of the key, and over two looks by servers that share the file', async () => {
    const old = createPeople(town.db, undefined, undefined, createTokenSeal([oldKey]));
    const cookie = await comeIn(CLERK, old);
    for (let looks = 0; looks < 2; looks += 1) await askAboutOfficers(workshop(), 0);
    expect(await isIn(cookie)).toBe(true);
    const [row] = await town.sql<{ tokens: string }>(`select tokens from session where id_hash = $1`, [hashSecret(cookie)]);
    expect(createTokenSeal([newKey]).open(row?.tokens ?? '', await placeOf(cookie))).toContain('refreshToken');
  });

  test('is out when his tokens do not open: about him nobody could be asked any more', async () => {
    const cookie = await comeIn(CLERK, createPeople(town.db));
    await askAboutOfficers(workshop(), 0);
    expect(await isIn(cookie)).toBe(false);
  });

  test('is out after one look when his account was disabled, and cannot come in again', async () => {
    const cookie = await comeIn(CLERK);
    await account(CLERK, 'zakazat');

    await askAboutOfficers(workshop(), 0);

    expect(await isIn(cookie)).toBe(false);
    await expect(comeIn(CLERK)).rejects.toMatchObject({ code: 'access-denied' });
    await account(CLERK, 'povolit');
    expect(await isIn(await comeIn(CLERK))).toBe(true);
  });

  test('is out after one look when no group of his is left', async () => {
    const cookie = await comeIn(CLERK);

    await askAboutOfficers(workshop(login({ vedouci: 'vedouci' })), 0);

    expect(await isIn(cookie)).toBe(false);
  });
});

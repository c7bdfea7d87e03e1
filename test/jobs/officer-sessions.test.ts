// Officers who came through the identity provider: whose account ended is out within one look of the job, whose groups changed has the new ones.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOfficerLogin, type OfficerIdentity } from '../../server/integrations/officer-login/index.ts';
import { askAboutOfficers } from '../../server/jobs/ask-about-officers.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { createPeople, type People } from '../../server/people/people.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { comeBack, startProvider, type TestProvider } from '../integrations/officer-login/a-provider.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const CLERK = 'u-hana-vlckova';
const database = await cloneDatabase();
let town: TestTown;
let people: People;
let provider: TestProvider;
beforeAll(async () => {
  town = await openTestTown(database);
  people = createPeople(town.db);
  provider = await startProvider({}, { evidence: 'evidence' });
});
afterAll(async () => {
  provider.close();
  await town.close();
});

const login = (groupMap = provider.config.groupMap) => createOfficerLogin({ ...provider.config, groupMap, recheck: true });
const workshop = (connector = login()): Workshop => ({ ...aWorkshop(town, []), connectors: [connector] });
async function comeIn(subject: string): Promise<string> {
  const officer = login();
  const { url, secrets } = await officer.start();
  const { idToken, refreshToken, ...identity }: OfficerIdentity = await officer.finish(await comeBack(url, subject), secrets);
  expect(refreshToken).toBeTruthy();
  return (await people.logInOfficer(town.tenantId, identity, { idToken, refreshToken: refreshToken ?? '' })) ?? expect.fail('not let in');
}
const account = (subject: string, what: 'zakazat' | 'povolit') =>
  fetch(`${provider.issuer}/ucty`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ osoba: subject, ucet: what }) });
const isIn = async (cookie: string): Promise<boolean> => (await people.officer(town.tenantId, cookie)) !== undefined;

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

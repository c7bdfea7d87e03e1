// Officers taken over from the directory: leavers lose their sessions and tasks, returners come back, and a directory that lies changes nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimTask } from '../../server/cases/commands/index.ts';
import { createDirectory } from '../../server/integrations/directory/index.ts';
import { OutsideFailure, type Connector, type ListedOfficer } from '../../server/integrations/connector.ts';
import { returnTasks } from '../../server/jobs/return-tasks.ts';
import { synchroniseOfficers } from '../../server/jobs/synchronise-officers.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { createOfficers, type Officers } from '../../server/people/officers.ts';
import { createPeople, type People } from '../../server/people/people.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { whole } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { dnOf, groupDn, office } from '../integrations/directory/an-office.ts';
import { isInstalled } from '../integrations/directory/certificates.ts';
import { BASE, PASSWORD, SERVICE, startSlapd, type Slapd } from '../integrations/directory/slapd.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
let town: TestTown;
let people: People;
let officers: Officers;
let listed: readonly ListedOfficer[] | Error;
let workshop: Workshop;

/** A directory that says what the test tells it to. */
const directory: Connector = {
  name: 'directory',
  effects: {},
  check: () => Promise.resolve({ ok: true, text: '' }),
  directory: {
    maxLeaversShare: 0.25,
    people: () => (listed instanceof Error ? Promise.reject(listed) : Promise.resolve(listed)),
  },
};
const officer = (name: string, groups: readonly string[] = ['evidence']): ListedOfficer => ({
  subject: `directory:${name}`,
  name,
  email: `${name}@lhota.example`,
  groups,
});
const EVERYBODY = ['anna', 'bara', 'cyril', 'dana', 'emil'].map((name) => officer(name));
const HEAD = officer('hlava', ['vedouci']);
const ADMINISTRATOR = officer('spravce', ['spravci']);

const synchronise = (): Promise<number> => synchroniseOfficers(workshop, 0);
const active = async (): Promise<readonly string[]> =>
  (await people.officers(town.tenantId)).filter(({ subject }) => subject.startsWith('directory:')).map(({ name }) => name);
const logIn = async (name: string): Promise<string> =>
  (await officers.logInFromDirectory(town.tenantId, officer(name), {})) ?? expect.fail(`${name} was not let in`);
const mails = (): Promise<readonly { readonly to: string; readonly text: string }[]> =>
  town.sql(
    `select input ->> 'to' as to, input ->> 'text' as text from outbox where effect = 'mail.send' and case_id is null order by created_at, 1`,
  );
const idOf = async (name: string): Promise<string> =>
  (await town.sql<{ id: string }>(`select id from officer where subject = $1`, [`directory:${name}`]))[0]?.id ?? '';

beforeAll(async () => {
  town = await openTestTown(database);
  people = createPeople(town.db);
  officers = createOfficers(town.db, () => new Date());
  workshop = { ...aWorkshop(town, []), connectors: [directory] };
  await town.install('zkouska', whole());
});
beforeEach(async () => {
  await town.sql('delete from outbox where case_id is null');
  await town.sql('delete from directory_sync');
  listed = [...EVERYBODY, HEAD, ADMINISTRATOR];
  await synchronise();
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

describe('the synchronisation', () => {
  test('makes officers known before their first login', async () => {
    expect(await active()).toEqual(['anna', 'bara', 'cyril', 'dana', 'emil', 'hlava', 'spravce']);
  });

  test('looks again only after its time, however often it is woken', async () => {
    listed = new Error('it was asked');

    expect(await synchroniseOfficers(workshop)).toBe(0);
  });

  test('ends the sessions of a leaver, and gives his task back to its queue with a line in the journal', async () => {
    const cookie = await logIn('anna');
    const caseId = await town.file('zkouska');
    const executionId = await town.task(caseId, 'kontrola');
    await town.run(caseId, claimTask, { kind: 'officer', id: await idOf('anna'), groups: ['evidence'] }, { executionId });
    listed = [...EVERYBODY.slice(1), HEAD, ADMINISTRATOR];

    await synchronise();
    expect(await returnTasks(workshop)).toBe(1);

    expect(await people.officer(town.tenantId, cookie)).toBeUndefined();
    expect(await active()).not.toContain('anna');
    expect(await town.sql('select assignee_id from task where execution_id = $1', [executionId])).toEqual([{ assignee_id: null }]);
    const [line] = await town.sql<{ kind: string; detail: object }>(
      'select kind, detail from journal where case_id = $1 order by seq desc limit 1',
      [caseId],
    );
    expect(line).toMatchObject({ kind: 'return-task', detail: { task: executionId, left: await idOf('anna') } });
    expect(await mails()).toContainEqual({ to: HEAD.email, text: expect.stringContaining('- anna: 1 úkol') });
    expect(await returnTasks(workshop)).toBe(0);
  });

  test('gives new groups to a running session', async () => {
    const cookie = await logIn('bara');
    listed = [...EVERYBODY.filter(({ name }) => name !== 'bara'), officer('bara', ['doprava', 'majetek']), HEAD, ADMINISTRATOR];

    await synchronise();

    expect((await people.officer(town.tenantId, cookie))?.officer.groups).toEqual(['doprava', 'majetek']);
  });

  test('brings back a returner, and not whom an administrator deactivated', async () => {
    listed = [...EVERYBODY.slice(2), HEAD, ADMINISTRATOR];
    await synchronise();
    await people.deactivateOfficer(town.tenantId, await idOf('cyril'));
    listed = [...EVERYBODY, HEAD, ADMINISTRATOR];

    await synchronise();

    expect(await active()).toEqual(['anna', 'bara', 'dana', 'emil', 'hlava', 'spravce']);
    expect(await officers.logInFromDirectory(town.tenantId, officer('cyril'), {})).toBeUndefined();
    await town.sql(`update officer set active = true where name = 'cyril'`);
  });

  test('says nothing about officers who come by the identity provider', async () => {
    expect((await people.officers(town.tenantId)).map(({ id }) => id)).toContain(town.eva.id);
  });
});

describe('a directory', () => {
  test.each([
    ['that is away', new OutsideFailure('unavailable', 'away'), 'unavailable'],
    [
      'in which a mapped group is missing',
      Object.assign(new OutsideFailure('group-missing', 'x'), { about: 'Referenti' }),
      'group-missing',
    ],
  ])('%s throws nobody out, and administrators are told once when it lasts', async (_what, failure, code) => {
    const cookie = await logIn('dana');
    listed = failure;

    for (let looks = 0; looks < 4; looks += 1) await synchronise();

    expect(await people.officer(town.tenantId, cookie)).toBeDefined();
    expect(await mails()).toEqual([{ to: ADMINISTRATOR.email, text: expect.stringContaining('Nikdo nebyl odhlášen') }]);
    expect(await officers.directoryState(town.tenantId)).toMatchObject({ outcome: 'failed', code });
  });

  test.each([
    ['empty', [], 'nobody-left'],
    ['of somebody else', [officer('cizi')], 'too-many-leavers'],
    ['without half of the office', [...EVERYBODY.slice(3), ADMINISTRATOR], 'too-many-leavers'],
  ])('whose list is %s is not believed, and administrators are told', async (_what, list, code) => {
    const before = await active();
    listed = list;

    await synchronise();

    expect(await active()).toEqual(before);
    expect(await mails()).toMatchObject([{ to: ADMINISTRATOR.email }]);
    expect(await officers.directoryState(town.tenantId)).toMatchObject({ outcome: 'refused', code });
  });

  test('is believed once when an administrator allows exactly so many to leave', async () => {
    listed = [...EVERYBODY.slice(3), HEAD, ADMINISTRATOR];
    await synchronise();
    const administrator = await idOf('spravce');

    expect(await officers.allowLeavers(town.tenantId, { leavers: 2, officerId: administrator })).toBe(false);
    expect(await officers.allowLeavers(town.tenantId, { leavers: 3, officerId: administrator })).toBe(true);
    await synchronise();

    expect(await active()).toEqual(['dana', 'emil', 'hlava', 'spravce']);
    listed = [ADMINISTRATOR, officer('novy')];
    await synchronise();
    expect(await officers.directoryState(town.tenantId)).toMatchObject({ outcome: 'refused', leavers: 3 });
  });
});

const hasSlapd = isInstalled('slapd') && isInstalled('ldapmodify');
if (!hasSlapd)
  console.warn('SKIPPED: slapd or ldapmodify is not installed (Debian packages slapd, ldap-utils), leavers were not taken from OpenLDAP');

describe.skipIf(!hasSlapd)('a leaver of a real directory', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd(office);
  });
  afterAll(() => slapd.stop());

  test('is out of the application after one look of the job', async () => {
    await town.sql(`update officer set source = 'login'`);
    const connector = createDirectory({
      url: slapd.secureUrl,
      caPem: slapd.caPem,
      kind: 'openldap',
      ...SERVICE,
      baseDn: BASE,
      groupMap: { Evidence: 'evidence' },
    });
    const real = { ...aWorkshop(town, []), connectors: [connector] };
    await synchroniseOfficers(real, 0);
    const cookie = await officers.logInFromDirectory(town.tenantId, await connector.logIn('vlckova', PASSWORD), {});
    slapd.change(`dn: ${groupDn('Evidence')}\nchangetype: modify\ndelete: member\nmember: ${dnOf('vlckova')}\n`);

    await synchroniseOfficers(real, 0);

    expect(await people.officer(town.tenantId, cookie ?? '')).toBeUndefined();
  });
});

// The directory connector against a real Active Directory of Samba: what it says about accounts, groups in groups, keys, and leavers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDirectory } from '../../../server/integrations/directory/index.ts';
import type { DirectoryConfig, DirectoryConnector } from '../../../server/integrations/directory/index.ts';
import { AD_BASE, ADMIN, reasonWithoutSamba, startSamba } from './samba.ts';
import type { Samba } from './samba.ts';

const reason = await reasonWithoutSamba();
if (reason !== undefined) console.warn(`SKIPPED: Active Directory of Samba was not asked: ${reason}`);

const PASSWORD = 'Heslo-7890x';
const dnOf = (login: string): string => `CN=Jiří ${login},CN=Users,${AD_BASE}`;
/** Logged in under, with what the domain says about them. */
const REFUSED = [
  ['zakazany', 'account-disabled', 'data 533'],
  ['expirovany', 'account-expired', 'data 701'],
  ['zmenit', 'password-must-change', 'data 773'],
  ['hodiny', 'account-hours', 'data 530'],
  ['stanice', 'account-workstation', 'data 531'],
] as const;

describe.skipIf(reason !== undefined)('an Active Directory', () => {
  let samba: Samba;
  const directory = (changes: Partial<DirectoryConfig> = {}): DirectoryConnector =>
    createDirectory({
      url: 'ldaps://localhost',
      caPem: samba.caPem,
      kind: 'active-directory',
      ...ADMIN,
      baseDn: AD_BASE,
      groupMap: { [`CN=Referenti,CN=Users,${AD_BASE}`]: 'evidence', Odbor: 'vedouci' },
      ...changes,
    });
  const guid = (login: string): string =>
    /objectGUID: ([0-9a-f-]{36})/.exec(samba.tool('user', 'show', login, '--attributes=objectGUID'))?.[1] ?? '';

  beforeAll(async () => {
    samba = await startSamba();
    const people = ['jnovak', 'kratka', 'primarni', 'zamceny', 'novakova', ...REFUSED.map(([login]) => login)];
    for (const login of people)
      samba.tool('user', 'create', login, PASSWORD, '--given-name=Jiří', `--surname=${login}`, `--mail-address=${login}@obec.test`);
    samba.tool('computer', 'create', 'PC7');
    for (const name of ['Referenti', 'Odbor', 'Nadřízení (všichni)', 'Vychozi']) samba.tool('group', 'add', name);
    samba.tool('group', 'addmembers', 'Referenti', ['jnovak', ...REFUSED.map(([login]) => login), 'zamceny', 'PC7$'].join(','));
    samba.tool('group', 'addmembers', 'Nadřízení (všichni)', 'Referenti,kratka,Vychozi');
    samba.tool('group', 'addmembers', 'Odbor', 'Nadřízení (všichni)');
    samba.tool('group', 'addmembers', 'Vychozi', 'primarni');
    const vychozi = /objectSid: S-.*-(\d+)/.exec(samba.tool('group', 'show', 'Vychozi', '--attributes=objectSid'))?.[1] ?? '';
    replace('primarni', 'primaryGroupID', `: ${vychozi}`);
    samba.tool('user', 'disable', 'zakazany');
    samba.tool('user', 'setpassword', 'zmenit', `--newpassword=${PASSWORD}`, '--must-change-at-next-login');
    samba.tool('domain', 'passwordsettings', 'set', '--account-lockout-threshold=3');
    replace('expirovany', 'accountExpires', ': 131000000000000000');
    replace('hodiny', 'logonHours', `:: ${Buffer.alloc(21).toString('base64')}`);
    replace('stanice', 'userWorkstations', ': PC1');
  }, 120_000);
  afterAll(() => samba.stop());

  const replace = (login: string, attribute: string, value: string): void =>
    samba.change(`dn: ${dnOf(login)}\nchangetype: modify\nreplace: ${attribute}\n${attribute}${value}\n`);

  describe('lets in', () => {
    test.each(['jnovak', 'JNOVAK', 'jnovak@obec.test', 'OBEC\\jnovak'])('an officer who writes himself %s', async (login) => {
      const officer = await directory().logIn(login, PASSWORD);

      expect(officer).toEqual({
        subject: `directory:${guid('jnovak')}`,
        name: 'Jiří jnovak',
        email: 'jnovak@obec.test',
        groups: ['evidence', 'vedouci'],
      });
    });

    test('over StartTLS, and with groups walked by us as with the rule of the server', async () => {
      const walked = directory({ url: 'ldap://localhost', startTls: true, nestedGroups: 'walk' });

      expect(await walked.logIn('jnovak', PASSWORD)).toEqual(await directory().logIn('jnovak', PASSWORD));
    });

    test.each(['rule', 'walk'] as const)('by the primary group, which memberOf does not tell (%s)', async (nestedGroups) => {
      expect((await directory({ nestedGroups }).logIn('primarni', PASSWORD)).groups).toEqual(['vedouci']);
    });

    test('by a group named by its GUID, by its DN or by its name', async () => {
      const found = samba.tool('group', 'show', 'Referenti', '--attributes=objectGUID');
      const key = /objectGUID: ([0-9a-f-]{36})/.exec(found)?.[1] ?? '';
      const ways = [key.toUpperCase(), `cn=referenti, cn=users, ${AD_BASE}`, 'REFERENTI', 'nadřízení (všichni)'];

      for (const way of ways) {
        const named = directory({ groupMap: { [way]: 'evidence' } });
        expect((await named.logIn('jnovak', PASSWORD)).groups).toEqual(['evidence']);
        expect(await named.check()).toMatchObject({ ok: true });
      }
    });
  });

  describe('refuses', () => {
    test.each(REFUSED)('%s as %s (%s)', async (login, code) => {
      await expect(directory().logIn(login, PASSWORD)).rejects.toMatchObject({ code, kind: 'cancelled' });
    });

    test.each(REFUSED)('%s with a wrong password without telling anything about the account', async (login) => {
      await expect(directory().logIn(login, 'Jiné-heslo-1')).rejects.toMatchObject({ code: 'bad-credentials' });
    });

    test.each([
      ['a wrong password', 'kratka', 'x'],
      ['nobody', 'nikdo', PASSWORD],
      ['a computer', 'PC7$', PASSWORD],
      ['an empty password', 'kratka', ''],
      ['a pattern', 'krat*', PASSWORD],
      ['a filter', 'kratka)(objectClass=*', PASSWORD],
    ])('%s in the same words', async (_what, login, password) => {
      await expect(directory().logIn(login, password)).rejects.toMatchObject({ code: 'bad-credentials' });
    });

    test('an account that the domain locked after wrong passwords, the right one included', async () => {
      for (let tries = 0; tries < 3; tries += 1)
        await expect(directory().logIn('zamceny', 'špatné')).rejects.toMatchObject({ code: 'bad-credentials' });

      await expect(directory().logIn('zamceny', PASSWORD)).rejects.toMatchObject({ code: 'account-locked' });
    });

    test('to be talked to without encryption, as a hardened domain does', async () => {
      const plain = directory({ url: 'ldap://localhost', allowInsecure: true });

      expect(await plain.check()).toEqual({ ok: false, text: expect.stringContaining('vyžaduje šifrované spojení') });
    });
  });

  describe('lists', () => {
    test.each(['rule', 'walk'] as const)('whom a login would let in, computers left out (%s)', async (nestedGroups) => {
      const listed = await directory({ nestedGroups }).directory.people();

      const logins = listed.map(({ email }) => email.split('@')[0]).sort();
      expect(logins).toEqual(['hodiny', 'jnovak', 'kratka', 'primarni', 'stanice', 'zamceny', 'zmenit']);
      for (const login of ['jnovak', 'kratka', 'primarni']) expect(listed).toContainEqual(await directory().logIn(login, PASSWORD));
    });

    test('without who was disabled, deleted or moved out of the groups meanwhile', async () => {
      samba.tool('user', 'disable', 'jnovak');
      samba.tool('user', 'delete', 'hodiny');
      samba.tool('group', 'removemembers', 'Nadřízení (všichni)', 'kratka');

      const listed = await directory().directory.people();

      expect(listed.map(({ email }) => email.split('@')[0]).sort()).toEqual(['primarni', 'stanice', 'zamceny', 'zmenit']);
    });
  });

  test('whose service account is disabled says so in a sentence', async () => {
    samba.tool('user', 'disable', 'novakova');

    const check = await directory({ bindDn: dnOf('novakova'), bindPassword: PASSWORD }).check();

    expect(check).toEqual({ ok: false, text: 'Adresář odmítl služební účet: účet je zakázaný.' });
  });
});

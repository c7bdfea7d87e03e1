// The directory connector against a real OpenLDAP server: encryption, logins, groups in groups, lists over a thousand, and what must not get in.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDirectory } from '../../../server/integrations/directory/index.ts';
import type { DirectoryConfig, DirectoryConnector } from '../../../server/integrations/directory/index.ts';
import { CROWD, dnOf, groupDn, office } from './an-office.ts';
import { isInstalled, makeCertificates } from './certificates.ts';
import { BASE, PASSWORD, SERVICE, startSlapd } from './slapd.ts';
import type { Slapd } from './slapd.ts';

const hasSlapd = isInstalled('slapd') && isInstalled('ldapmodify') && isInstalled('openssl');
if (!hasSlapd) console.warn('SKIPPED: slapd or ldapmodify is not installed (Debian packages slapd, ldap-utils), OpenLDAP was not asked');

describe.skipIf(!hasSlapd)('a directory of OpenLDAP', () => {
  let slapd: Slapd;
  const config = (changes: Partial<DirectoryConfig> = {}): DirectoryConfig => ({
    url: slapd.secureUrl,
    caPem: slapd.caPem,
    kind: 'openldap',
    ...SERVICE,
    baseDn: BASE,
    groupMap: { [groupDn('Evidence')]: 'evidence', 'odbor financi': ['informace', 'doprava'] },
    ...changes,
  });
  const directory = (changes: Partial<DirectoryConfig> = {}): DirectoryConnector => createDirectory(config(changes));

  beforeAll(async () => {
    slapd = await startSlapd(office);
  }, 60_000);
  afterAll(() => slapd.stop());

  describe('lets in', () => {
    test('an officer with the right password, over LDAPS, with the groups of his groups', async () => {
      const officer = await directory().logIn('vlckova', PASSWORD);

      expect(officer).toMatchObject({
        name: 'Hana Vlčková',
        email: 'vlckova@lipova.example',
        groups: ['evidence', 'informace', 'doprava'],
      });
      expect(officer.subject).toMatch(/^directory:[0-9a-f-]{36}$/);
    });

    test('the same over StartTLS', async () => {
      const officer = await directory({ url: slapd.plainUrl, startTls: true }).logIn('vlckova', PASSWORD);

      expect(officer.groups).toEqual(['evidence', 'informace', 'doprava']);
    });

    test('through a circle of groups, which ends', async () => {
      expect((await directory().logIn('simunek', PASSWORD)).groups).toEqual(['informace', 'doprava']);
    });

    test('under one key whatever the name is written like', async () => {
      const [first, second] = [await directory().logIn('vlckova', PASSWORD), await directory().logIn(' OBEC\\VLCKOVA ', PASSWORD)];

      expect(second.subject).toBe(first.subject);
    });
  });

  describe('refuses', () => {
    test.each([
      ['a wrong password', 'vlckova', 'Jiné heslo 1'],
      ['nobody', 'nikdo', PASSWORD],
      ['an empty password, which LDAP would take for nobody', 'vlckova', ''],
      ['an empty name', ' ', PASSWORD],
      ['a name of two people', 'dvojnik', PASSWORD],
      ['a password with a zero byte', 'vlckova', `${PASSWORD}\u0000`],
      ['a password of a thousand letters', 'vlckova', 'h'.repeat(1000)],
    ])('%s', async (_what, login, password) => {
      await expect(directory().logIn(login, password)).rejects.toMatchObject({ code: 'bad-credentials', kind: 'cancelled' });
    });

    test.each([
      '*',
      'vlck*',
      'vlckova)(uid=*',
      '*)(|(uid=vlckova',
      '\\2a',
      'vlckova\\29',
      '(&)',
      ')',
      'admin)(cn=*))(|(a=b',
      'ů'.repeat(120),
      dnOf('vlckova'),
    ])('the name %s as a name, not as a part of a filter', async (login) => {
      await expect(directory().logIn(login, PASSWORD)).rejects.toMatchObject({ code: 'bad-credentials' });
    });

    test('an officer in no mapped group', async () => {
      await expect(directory().logIn('cizi', PASSWORD)).rejects.toMatchObject({ code: 'no-role' });
    });

    test('a disabled and an expired account', async () => {
      await expect(directory().logIn('byvala', PASSWORD)).rejects.toMatchObject({ kind: 'cancelled' });
      await expect(directory().logIn('docasny', PASSWORD)).rejects.toMatchObject({ code: 'account-disabled' });
    });

    test('a plain connection, before anything is sent', () => {
      expect(() => directory({ url: slapd.plainUrl })).toThrow('šifrované');
      expect(() => directory({ url: 'ldap://adresar.example', allowInsecure: true })).toThrow('šifrované');
    });

    test('a certificate of another authority or of another name', async () => {
      const { caPem, folder } = makeCertificates('DNS:jiny.example');
      rmSync(folder, { recursive: true });
      const other = directory({ caPem });
      const misnamed = directory({ url: slapd.secureUrl.replace('localhost', 'ip6-localhost') });
      const overStartTls = directory({ url: slapd.plainUrl, startTls: true, caPem });

      for (const strange of [other, overStartTls]) {
        await expect(strange.logIn('vlckova', PASSWORD)).rejects.toMatchObject({ code: 'certificate', kind: 'untrusted' });
        expect(await strange.check()).toMatchObject({ ok: false, text: expect.stringContaining('Certifikátu adresáře nelze věřit') });
      }
      await expect(misnamed.logIn('vlckova', PASSWORD)).rejects.toMatchObject({ kind: 'untrusted' });
    });
  });

  describe('lists', () => {
    test('the officers of mapped groups who may work, more than a page of them', async () => {
      const listed = await directory({ groupMap: { Evidence: 'evidence', Pomocnici: 'informace' } }).directory.people();

      expect(listed.filter(({ groups }) => groups.includes('informace'))).toHaveLength(CROWD);
      expect(
        listed
          .filter(({ groups }) => groups.includes('evidence'))
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['Hana Vlčková', 'Petr Dvojník']);
    });

    test('whom a login would let in, under the same key and with the same groups', async () => {
      const listed = await directory().directory.people();

      for (const login of ['vlckova', 'simunek', 'kratka']) expect(listed).toContainEqual(await directory().logIn(login, PASSWORD));
    });

    test('without who was disabled or left the group meanwhile', async () => {
      slapd.change(`dn: ${dnOf('kratka')}\nchangetype: modify\nadd: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n`);
      slapd.change(`dn: ${groupDn('Kruh')}\nchangetype: modify\ndelete: member\nmember: ${dnOf('simunek')}\n`);

      const names = (await directory().directory.people()).map(({ name }) => name);

      expect(names.sort()).toEqual(['Hana Vlčková', 'Petr Dvojník']);
    });

    test('nothing when a mapped group is not there, for its people would seem to have left', async () => {
      await expect(directory({ groupMap: { Evidence: 'evidence', Zrusena: 'informace' } }).directory.people()).rejects.toMatchObject({
        code: 'group-missing',
        about: 'Zrusena',
      });
    });
  });

  describe('checked', () => {
    test.each<[string, Partial<DirectoryConfig>, string]>([
      ['that does not answer', { url: 'ldaps://localhost:9' }, 'Adresář neodpovídá'],
      ['that refuses the service account', { bindPassword: 'špatné' }, 'odmítl služební účet: špatné jméno nebo heslo'],
      ['with a base that is not there', { baseDn: 'dc=jina,dc=test' }, 'Místo v adresáři neexistuje: dc=jina,dc=test'],
      ['with a base that is no name', { peopleDn: 'nesmysl' }, 'Místo v adresáři neexistuje: nesmysl'],
      ['with nobody in its groups', { peopleFilter: '(uid=nikdo)' }, 'není žádný aktivní úředník'],
      [
        'with a group that is not there',
        { groupMap: { Evidence: 'evidence', 'cn=Zrusena,dc=obec,dc=test': 'x' } },
        'v adresáři není: cn=Zrusena',
      ],
      ['with a place that the service must not read', { peopleDn: `ou=tajne,${BASE}` }, 'Místo v adresáři neexistuje'],
    ])('%s says so in a sentence', async (_what, changes, sentence) => {
      expect(await directory(changes).check()).toEqual({ ok: false, text: expect.stringContaining(sentence) });
    });

    test('that is well says how many officers there are', async () => {
      expect(await directory({ groupMap: { Pomocnici: 'informace' } }).check()).toEqual({
        ok: true,
        text: `Adresář odpovídá; úředníků v přiřazených skupinách: ${CROWD}.`,
      });
    });
  });
});

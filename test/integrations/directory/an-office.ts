// The directory of a made-up office as LDIF for OpenLDAP: people in two places, groups in groups, a circle, and a crowd.
import { BASE, PASSWORD, SERVICE } from './slapd.ts';

export const CROWD = 1300;
const people = `ou=lide,${BASE}`;
const groups = `ou=skupiny,${BASE}`;

/** Entries by themselves; a name with a comma in it stays one name. */
const entry = (dn: string, lines: readonly string[]): string => [`dn: ${dn}`, ...lines, ''].join('\n');
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

export const dnOf = (uid: string): string => `uid=${uid},${people}`;
export const groupDn = (cn: string): string => `cn=${cn},${groups}`;

const person = (uid: string, name: string, more: readonly string[] = []): string =>
  entry(dnOf(uid), [
    'objectClass: inetOrgPerson',
    ...more,
    `uid: ${uid}`,
    `cn:: ${base64(name)}`,
    `sn:: ${base64(name.split(' ').at(-1) ?? name)}`,
    `mail: ${uid}@lipova.example`,
    `userPassword:: ${base64(PASSWORD)}`,
  ]);

const group = (cn: string, members: readonly string[]): string =>
  entry(groupDn(cn), ['objectClass: groupOfNames', `cn: ${cn}`, ...members.map((dn) => `member: ${dn}`)]);

const crowd = Array.from({ length: CROWD }, (_, index) => `pomocnik${index + 1}`);

export const office = [
  entry(BASE, ['objectClass: dcObject', 'objectClass: organization', 'o: Obec', 'dc: obec']),
  ...['lide', 'skupiny', 'tajne'].map((ou) => entry(`ou=${ou},${BASE}`, ['objectClass: organizationalUnit', `ou: ${ou}`])),
  entry(SERVICE.bindDn, ['objectClass: person', 'cn: ctenar', 'sn: ctenar', `userPassword: ${SERVICE.bindPassword}`]),
  person('vlckova', 'Hana Vlčková'),
  person('simunek', 'Radek Šimůnek'),
  person('kratka', 'Ludmila Krátká'),
  person('cizi', 'Člověk Cizí'),
  person('byvala', 'Eva Bývalá', ['pwdAccountLockedTime: 000001010000Z']),
  person('docasny', 'Jan Dočasný', ['objectClass: shadowAccount', 'shadowExpire: 20000']),
  person('dvojnik', 'Petr Dvojník'),
  entry(`cn=dvojnik,${people}`, [
    'objectClass: inetOrgPerson',
    'uid: dvojnik',
    'cn: dvojnik',
    'sn: dvojnik',
    `userPassword:: ${base64(PASSWORD)}`,
  ]),
  ...crowd.map((uid, index) => person(uid, `Pomocník ${index + 1}`)),
  group('Evidence', [dnOf('vlckova'), dnOf('byvala'), dnOf('docasny'), dnOf('dvojnik')]),
  group('Odbor financi', [groupDn('Evidence'), dnOf('kratka'), groupDn('Kruh')]),
  group('Kruh', [groupDn('Odbor financi'), dnOf('simunek')]),
  group('Pomocnici', crowd.map(dnOf)),
].join('\n');

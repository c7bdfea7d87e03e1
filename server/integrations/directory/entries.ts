// Entries of the directory read into our shapes. What lacks a key is no person of ours.
import type { Entry } from 'ldapts';
import type { DirectorySettings } from './config.ts';
import { expiryOf, guidOf } from './text-forms.ts';

export interface DirectoryEntry {
  readonly dn: string;
  /** Never changes: GUID or UUID, lower case. */
  readonly key: string;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  /** Neither disabled nor expired. */
  readonly isActive: boolean;
  /** Active Directory: SID of the group that `memberOf` does not tell. */
  readonly primaryGroupSid: Buffer | undefined;
}

export interface DirectoryGroup {
  readonly dn: string;
  readonly guid: string | undefined;
  readonly names: readonly string[];
  readonly sid: Buffer | undefined;
}

const BINARY = ['objectGUID', 'objectSid'] as const;

export function personAttributes({ attributes, kind }: DirectorySettings): { attributes: string[]; explicitBufferAttributes: string[] } {
  const { key, login, name, email } = attributes;
  const others =
    kind === 'active-directory'
      ? ['cn', 'objectSid', 'primaryGroupID', 'userAccountControl', 'accountExpires']
      : ['cn', 'pwdAccountLockedTime', 'shadowExpire'];
  return { attributes: [...new Set([key, login, name, email, ...others])], explicitBufferAttributes: [...BINARY] };
}

export function groupAttributes({ kind, attributes }: DirectorySettings): { attributes: string[]; explicitBufferAttributes: string[] } {
  const others = kind === 'active-directory' ? ['sAMAccountName', 'objectGUID', 'objectSid'] : [attributes.key];
  return { attributes: ['cn', ...others], explicitBufferAttributes: [...BINARY] };
}

export function readPerson(entry: Entry, settings: DirectorySettings, now: Date): DirectoryEntry | undefined {
  const { attributes } = settings;
  const key = keyOf(entry, attributes.key);
  const login = textOf(entry, attributes.login);
  if (key === undefined || login === '') return undefined;
  return {
    dn: entry.dn,
    key,
    login,
    name: textOf(entry, attributes.name) || textOf(entry, 'cn') || login,
    email: textOf(entry, attributes.email),
    isActive: !isDisabled(entry) && !isExpired(entry, now),
    primaryGroupSid: primaryGroupSid(bytesOf(entry, 'objectSid'), textOf(entry, 'primaryGroupID')),
  };
}

export function readGroup(entry: Entry, { attributes, kind }: DirectorySettings): DirectoryGroup {
  return {
    dn: entry.dn,
    guid: keyOf(entry, kind === 'active-directory' ? 'objectGUID' : attributes.key),
    names: ['cn', 'sAMAccountName'].map((name) => textOf(entry, name)).filter((name) => name !== ''),
    sid: bytesOf(entry, 'objectSid'),
  };
}

function keyOf(entry: Entry, attribute: string): string | undefined {
  const bytes = bytesOf(entry, attribute);
  const key = bytes && BINARY.includes(attribute as (typeof BINARY)[number]) ? guidOf(bytes) : textOf(entry, attribute);
  return key === undefined || key === '' ? undefined : key.toLowerCase();
}

const MAX_TEXT = 200;
/** The first value without control characters; '' when there is none. */
export function textOf(entry: Entry, attribute: string): string {
  const value = [entry[attribute]].flat()[0];
  const text = typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('utf8') : '';
  return text.replace(/\p{C}/gu, '').trim().slice(0, MAX_TEXT).toWellFormed();
}

export function textsOf(entry: Entry, attribute: string): readonly string[] {
  return [entry[attribute]]
    .flat()
    .flatMap((value) => (typeof value === 'string' ? [value] : Buffer.isBuffer(value) ? [value.toString('utf8')] : []));
}

function bytesOf(entry: Entry, attribute: string): Buffer | undefined {
  const value = [entry[attribute]].flat()[0];
  if (Buffer.isBuffer(value)) return value;
  return typeof value === 'string' && value !== '' ? Buffer.from(value, 'utf8') : undefined;
}

const ACCOUNTDISABLE = 0x2;
/** OpenLDAP: locked by an administrator (draft-behera-ldap-password-policy, pwdAccountLockedTime); a lock for some minutes is not leaving. */
const LOCKED_FOR_EVER = '000001010000Z';

function isDisabled(entry: Entry): boolean {
  return (Number(textOf(entry, 'userAccountControl')) & ACCOUNTDISABLE) !== 0 || textOf(entry, 'pwdAccountLockedTime') === LOCKED_FOR_EVER;
}

const DAY_MS = 86_400_000;
function isExpired(entry: Entry, now: Date): boolean {
  const expiry = expiryOf(textOf(entry, 'accountExpires'));
  if (expiry && expiry <= now) return true;
  const days = textOf(entry, 'shadowExpire'); // days since 1970, -1 = never (shadow(5))
  return /^\d{1,6}$/.test(days) && Number(days) * DAY_MS <= now.getTime();
}

/** The person's SID with its last number replaced by that of the group ([MS-ADTS] 3.1.1.4.5.2). */
function primaryGroupSid(sid: Buffer | undefined, groupId: string): Buffer | undefined {
  if (!sid || sid.length < 12 || !/^\d{1,10}$/.test(groupId)) return undefined;
  const group = Buffer.from(sid);
  group.writeUInt32LE(Number(groupId) >>> 0, group.length - 4);
  return group;
}

/** Last number of a SID: what `primaryGroupID` says. */
export function relativeId(sid: Buffer): number {
  return sid.length < 12 ? -1 : sid.readUInt32LE(sid.length - 4);
}

// The person behind a confirmed session, and the box through which he came.
import type { Attributes } from './confirmation.ts';
import type { IsdsLoginSettings } from './config.ts';
import { IsdsLoginRefused } from './refusal.ts';

export interface IsdsIdentity {
  /** The box; for whoever uses somebody else's box also his name: ISDS tells no better key. */
  readonly subject: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly loa: 'low' | 'substantial' | 'high';
  readonly dataBox: {
    readonly id: string;
    readonly type: string;
    readonly ico?: string;
    readonly firmName?: string;
    readonly userType?: string;
  };
}

/** Of a natural person's box (FO) the owner himself is the primary user. */
const OWNER = 'PRIMARY_USER';
/** dbState 1 = accessible. */
const ACCESSIBLE = '1';

export function readIdentity(found: Attributes, settings: IsdsLoginSettings): IsdsIdentity {
  const names = settings.attributes;
  const value = (key: keyof typeof names): string => found.get(names[key]) ?? '';
  const [id, type, userType, state] = [value('boxId').toLowerCase(), value('boxType'), value('userType'), value('boxState')];
  if (!/^[a-z0-9]{7}$/.test(id) || !/^[A-Z0-9_]{2,20}$/.test(type)) throw new IsdsLoginRefused('attribute-missing');
  if (state !== '' && state !== ACCESSIBLE) throw new IsdsLoginRefused('box-closed');
  const [givenName, familyName, firmName] = [plain(value('givenNames')), plain(value('lastName')), plain(value('firmName'))];
  const isOwner = type === 'FO' && (userType === '' || userType === OWNER);
  const hasName = givenName !== '' && familyName !== '';
  // Without a name a stranger in somebody's own box could not be told from its owner.
  if (type === 'FO' && !isOwner && !hasName) throw new IsdsLoginRefused('name-missing');
  const ico = /^\d{8}$/.test(value('ico')) ? value('ico') : '';
  return {
    subject: isOwner || !hasName ? id : `${id}#${keyOf(familyName)} ${keyOf(givenName)}`,
    givenName: hasName ? givenName : '',
    familyName: hasName ? familyName : firmName || `datová schránka ${id}`,
    loa: settings.level,
    dataBox: { id, type, ...(ico ? { ico } : {}), ...(firmName ? { firmName } : {}), ...(userType ? { userType } : {}) },
  };
}

/** One line, at most 200 characters, nothing invisible. */
function plain(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length > 200) throw new IsdsLoginRefused('attribute-too-long');
  return line;
}

const keyOf = (name: string): string => name.toLocaleUpperCase('cs');

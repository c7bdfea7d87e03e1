// Answers of ISDS about boxes, logins and authors of messages, read into our own shapes.
import { childElements, childText, firstElement } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import { malformed, required } from './parsing.ts';

export interface BoxOwner {
  readonly boxId: string;
  readonly type: string;
  /** 1 = accessible. */
  readonly state: number;
  readonly name: string;
  readonly ico?: string;
}

export interface FoundBox {
  readonly boxId: string;
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly ico?: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** What may be sent there from our box: everything, public messages, paid ones, nothing; DISABLED = the box cannot be written to. */
  readonly sending: string;
  /** Parts of name and address that the search hit. */
  readonly hits: readonly string[];
}

export interface FoundBoxes {
  readonly total: number;
  readonly isLastPage: boolean;
  readonly boxes: readonly FoundBox[];
}

export interface LoginUser {
  readonly name: string;
  /** PRIMARY_USER, ENTRUSTED_USER, ADMINISTRATOR, OFFICIAL … */
  readonly type: string;
  /** Bits: 1 read, 2 read all, 4 create, 8 delivery info, 16 search. */
  readonly privileges: number;
}

export function boxOwners(answer: Element): BoxOwner[] {
  return childElements(firstElement(answer, 'dbResults'), 'dbOwnerInfo').map(owner);
}

export function ownerOfLogin(answer: Element): BoxOwner {
  const info = firstElement(answer, 'dbOwnerInfo');
  if (!info) throw malformed('dbOwnerInfo');
  return owner(info);
}

function owner(info: Element): BoxOwner {
  const ico = childText(info, 'ic');
  return {
    boxId: required(info, 'dbID'),
    type: childText(info, 'dbType') ?? '',
    state: Number(childText(info, 'dbState') ?? 0),
    name: childText(info, 'firmName') || personName(info),
    ...(ico ? { ico } : {}),
  };
}

export function userOfLogin(answer: Element): LoginUser {
  const info = firstElement(answer, 'dbUserInfo');
  if (!info) throw malformed('dbUserInfo');
  return {
    name: personName(info) || (childText(info, 'firmName') ?? ''),
    type: childText(info, 'userType') ?? '',
    privileges: Number(childText(info, 'userPrivils') ?? 0),
  };
}

function personName(info: Element): string {
  return [childText(info, 'pnGivenNames'), childText(info, 'pnLastName')].filter(Boolean).join(' ');
}

export function foundBoxes(answer: Element): FoundBoxes {
  const boxes = childElements(firstElement(answer, 'dbResults'), 'dbResult').map((row) => {
    const [name, address] = [childText(row, 'dbName') ?? '', childText(row, 'dbAddress') ?? ''];
    const ico = childText(row, 'dbICO');
    const birthDate = childText(row, 'dbBiDate');
    return {
      boxId: withoutMarks(required(row, 'dbID')),
      type: childText(row, 'dbType') ?? '',
      name: withoutMarks(name),
      address: withoutMarks(address),
      sending: childText(row, 'dbSendOptions') ?? '',
      hits: [...name.matchAll(HIT), ...address.matchAll(HIT)].map((match) => match[1] ?? ''),
      ...(ico ? { ico: withoutMarks(ico) } : {}),
      ...(birthDate ? { birthDate } : {}),
    };
  });
  return { total: Number(childText(answer, 'totalCount') ?? boxes.length), isLastPage: childText(answer, 'lastPage') !== 'false', boxes };
}

const HIT = /\|\$\*HL_START\*\$\|(.*?)\|\$\*HL_END\*\$\|/g;

function withoutMarks(text: string): string {
  return text.replaceAll('|$*HL_START*$|', '').replaceAll('|$*HL_END*$|', '');
}

/** Key and value: userType, pnGivenNames, pnLastName, biDate … as far as the sender disclosed them. */
export function messageAuthor(answer: Element): Readonly<Record<string, string>> {
  const items = childElements(firstElement(answer, 'dmMessageAuthor'), 'maItem');
  return Object.fromEntries(items.map((item) => [item.getAttribute('key') ?? '', item.getAttribute('value') ?? '']));
}

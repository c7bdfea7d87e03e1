// A signed data message (.zfo): seal of the operator over an XML whose dmHash fits the raw bytes of dmDm. Operating rules of ISDS of 2026-06-26.
import { createHash } from 'node:crypto';
import { BerRefused } from '../../platform/cms/ber.ts';
import { distrust, nameOf } from '../../platform/cms/certificate-chain.ts';
import { objectIds, openSignedData } from '../../platform/cms/signed-data.ts';
import type { SignedData } from '../../platform/cms/signed-data.ts';
import { readTimeStamp } from '../../platform/cms/time-stamp.ts';
import { childText, firstElement, utf8 } from '../soap.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { hashOf, hashOfRaw } from './parsing.ts';
import type { SealTrust } from './seal-trust.ts';
import { OutsideFailure } from '../connector.ts';

export const ZFO_MIME = 'application/vnd.software602.filler.form-xml-zip';

export type ZfoKind = 'received' | 'sent' | 'delivery';

/** Why a signed message is not believed, with a sentence for an officer. */
export const zfoReasons = {
  unreadable: 'Soubor není podepsaná datová zpráva.',
  signature: 'Pečeť zprávy nesouhlasí s obsahem.',
  'not-trusted': 'Pečeť nevydala žádná z důvěryhodných autorit v nastavení.',
  expired: 'Certifikát pečeti v době podpisu neplatil.',
  'other-sealer': 'Zprávu nezapečetil provozovatel datových schránek.',
  'time-stamp': 'Časové razítko nepatří k této zprávě.',
  content: 'Uvnitř pečeti není datová zpráva.',
  hash: 'Otisk zprávy nesouhlasí s jejím obsahem.',
  'other-message': 'Pečeť patří k jiné zprávě.',
  missing: 'Podepsanou podobu zprávy datové schránky nevydaly.',
} as const;
export type ZfoReason = keyof typeof zfoReasons;

export interface ZfoContent {
  readonly kind: ZfoKind;
  readonly messageId: string;
  readonly hash: { readonly algorithm: string; readonly value: string };
  /** Root of the XML inside. */
  readonly root: Element;
  /** The XML as it was sealed. */
  readonly raw: Buffer;
}

export interface ZfoVerdict {
  readonly valid: boolean;
  readonly reason?: ZfoReason;
  /** Name in the seal's certificate; also where the seal is not believed. */
  readonly signedBy?: string;
  /** By the time stamp over the seal where there is one, else by the seal itself. */
  readonly signedAt?: string;
  /** The message's own time stamp (dmQTimestamp) fits its hash; the instant it says. */
  readonly stampedAt?: string;
}

const roots: Readonly<Record<string, ZfoKind>> = {
  '{http://isds.czechpoint.cz/v20/message}MessageDownloadResponse': 'received',
  '{http://isds.czechpoint.cz/v20/SentMessage}MessageDownloadResponse': 'sent',
  '{http://isds.czechpoint.cz/v20/delivery}GetDeliveryInfoResponse': 'delivery',
};
const MAX_BYTES = 40_000_000;

class Disbelieved extends Error {
  readonly reason: ZfoReason;
  constructor(reason: ZfoReason) {
    super(reason);
    this.reason = reason;
  }
}

export interface OpenedZfo {
  readonly verdict: ZfoVerdict;
  /** Only where the seal is whole and trusted. */
  readonly content?: ZfoContent;
  /** What a seal covers whose owner is not believed: whole as it was sealed, but by whom we do not know. */
  readonly unproven?: ZfoContent;
}

/** Never throws on what came from outside: an unreadable file is not believed. */
export function verifyZfo(file: Buffer, trust: SealTrust, maxBytes = MAX_BYTES): OpenedZfo {
  const known: { signedBy?: string; signedAt?: string; stampedAt?: string } = {};
  let unproven: ZfoContent | undefined;
  try {
    const signed = openSignedData(file);
    if (signed?.contentType !== objectIds.data) throw new Disbelieved('signature');
    known.signedBy = nameOf(signed.signer);
    const content = readContent(signed.content, maxBytes);
    unproven = content;
    const at = timeOfSeal(signed, trust);
    known.signedAt = at.toISOString();
    const why = distrust(signed, trust, at);
    if (why) throw new Disbelieved(why);
    if (!signed.signer.subject.includes(trust.sealSubject)) throw new Disbelieved('other-sealer');
    const stamped = messageStamp(content, trust);
    if (stamped) known.stampedAt = stamped.toISOString();
    return { verdict: { valid: true, ...known }, content };
  } catch (error) {
    return { verdict: { valid: false, reason: reasonOf(error), ...known }, ...(unproven ? { unproven } : {}) };
  }
}

function reasonOf(error: unknown): ZfoReason {
  if (error instanceof Disbelieved) return error.reason;
  if (error instanceof BerRefused) return 'unreadable';
  if (error instanceof XmlRefused || error instanceof OutsideFailure) return 'content';
  throw error;
}

function timeOfSeal(signed: SignedData, trust: SealTrust): Date {
  if (signed.signatureTimeStamp) {
    const stamp = readTimeStamp(signed.signatureTimeStamp, trust);
    if (!stamp || !createHash(stamp.digest).update(signed.signature).digest().equals(stamp.imprint)) throw new Disbelieved('time-stamp');
    if (stamp.isTrusted) return stamp.at;
  }
  if (!signed.signingTime) throw new Disbelieved('time-stamp');
  return signed.signingTime;
}

function readContent(raw: Buffer, maxBytes: number): ZfoContent {
  const root = parseUntrustedXml(utf8(raw), { maxBytes }).documentElement;
  const kind = roots[`{${root?.namespaceURI ?? ''}}${root?.localName ?? ''}`];
  const body = firstElement(root ?? undefined, kind === 'delivery' ? 'dmDelivery' : 'dmReturnedMessage');
  const messageId = childText(firstElement(body, 'dmDm'), 'dmID');
  if (!root || !kind || !body || !messageId) throw new Disbelieved('content');
  const hash = hashOf(body);
  // A delivery info says the hash of the message with its files, which are not in it.
  if (kind !== 'delivery' && hashOfRaw(raw, hash.algorithm) !== hash.value) throw new Disbelieved('hash');
  return { kind, messageId, hash, root, raw };
}

/** dmQTimestamp, sealed with the rest: undefined when there is none. */
function messageStamp({ root, hash }: ZfoContent, trust: SealTrust): Date | undefined {
  const text = childText(firstElement(root), 'dmQTimestamp')?.replace(/\s/g, '');
  if (!text) return undefined;
  const stamp = readTimeStamp(Buffer.from(text, 'base64'), trust);
  if (!stamp?.imprint.equals(Buffer.from(hash.value, 'base64'))) throw new Disbelieved('time-stamp');
  return stamp.at;
}

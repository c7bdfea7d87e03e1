// What the electronic signature of an e-mail is worth: whole or broken, by whom, under which authority, and what the law calls it. A sentence for a clerk with each.
// Uznávaný podpis: § 6 odst. 2 zákona č. 297/2016 Sb. (zaručený podpis založený na kvalifikovaném certifikátu, nebo kvalifikovaný podpis); pečeť: § 9 odst. 2.
import type { X509Certificate } from 'node:crypto';
import { BerRefused } from '../../platform/cms/ber.ts';
import { distrust, nameOf, type Trust } from '../../platform/cms/certificate-chain.ts';
import { emailsOf, maySign, qualifiedFor } from '../../platform/cms/certificate-words.ts';
import { checkSignedData, objectIds, type SignedData } from '../../platform/cms/signed-data.ts';
import type { FoundPart } from './signed-part.ts';

/** `recognised` = uznávaný · `advanced` = jen zaručený · `broken` = porušený · `unverifiable` = nelze ověřit. */
export type SignatureLevel = 'recognised' | 'advanced' | 'broken' | 'unverifiable';

const sentences = {
  signature: 'Uznávaný elektronický podpis: kvalifikovaný certifikát od důvěryhodné autority.',
  seal: 'Uznávaná elektronická pečeť: kvalifikovaný certifikát od důvěryhodné autority.',
  advanced: 'Jen zaručený elektronický podpis: certifikát je od důvěryhodné autority, ale není kvalifikovaný.',
  broken: 'Porušený podpis: zpráva se po podepsání změnila, nebo podpis patří k jiné.',
  'no-authorities': 'Podpis nelze ověřit, není nastaven seznam důvěryhodných autorit.',
  'not-trusted': 'Podpis nelze ověřit: certifikát nevydala žádná z důvěryhodných autorit.',
  expired: 'Podpis nelze uznat: certifikát v době přijetí zprávy neplatil.',
  weak: 'Podpis nelze uznat: otisk nebo klíč je příliš slabý a dá se podvrhnout.',
  'wrong-purpose': 'Podpis nelze uznat: certifikát není určen k podepisování.',
  unsupported: 'Podpis nelze ověřit: používá algoritmus, který neznáme, nebo v něm chybí certifikát.',
  unreadable: 'Podpis nelze ověřit: není čitelný, nebo podepsalo víc lidí.',
  encrypted: 'Zpráva je zašifrovaná a nelze ji tu otevřít.',
  partly: 'Podpis nelze ověřit: podepsaná je jen část zprávy.',
} as const;
export type SignatureReason = keyof typeof sentences;

export interface SignatureVerdict {
  readonly level: SignatureLevel;
  readonly reason: SignatureReason;
  readonly text: string;
  /** Name in the certificate; '' when none could be read. */
  readonly signedBy: string;
  /** Who issued it. */
  readonly issuer: string;
  /** As the signer says it. */
  readonly signedAt: string | null;
  /** Addresses in the certificate; empty where it names none. */
  readonly emails: readonly string[];
  /** The certificate names an address, and it is another one than the sender's. */
  readonly isOtherSender: boolean;
}
export interface JudgedSignature {
  readonly verdict: SignatureVerdict;
  /** What was signed. */
  readonly content?: Buffer;
}
export interface Judging {
  readonly trust: Trust;
  /** Address of the sender as it is shown. */
  readonly from: string;
  readonly at: Date;
}

const LEAST_RSA_BITS = 2_048;

/** Never throws on what came from outside. Undefined when the message is not signed. */
export function judgeSignature(found: FoundPart, judging: Judging): JudgedSignature | undefined {
  if (found === 'none') return undefined;
  if (typeof found === 'string') return { verdict: without(found) };
  try {
    const signed = checkSignedData(found.cms, found.detached);
    if (typeof signed === 'string') return { verdict: without(signed) };
    if (signed.contentType !== objectIds.data) return { verdict: without('unreadable') };
    return { verdict: verdictOf(signed, judging), content: signed.content };
  } catch (error) {
    if (!(error instanceof BerRefused)) throw error;
    return { verdict: without('unreadable') };
  }
}

const nobody = { signedBy: '', issuer: '', signedAt: null, emails: [], isOtherSender: false } as const;
const without = (reason: SignatureReason): SignatureVerdict => ({ ...nobody, level: levelOf(reason), reason, text: sentences[reason] });

function levelOf(reason: SignatureReason): SignatureLevel {
  if (reason === 'signature' || reason === 'seal') return 'recognised';
  return reason === 'advanced' || reason === 'broken' ? reason : 'unverifiable';
}

function verdictOf(signed: SignedData, { trust, from, at }: Judging): SignatureVerdict {
  const { signer, signingTime } = signed;
  const reason = reasonOf(signed, trust, at);
  const emails = emailsOf(signer).slice(0, 10);
  const isOtherSender = emails.length > 0 && !emails.includes(from.toLowerCase());
  const other = isOtherSender ? ` Podepsal ho ale někdo s adresou ${emails.join(', ')}, ne odesílatel.` : '';
  return {
    level: levelOf(reason),
    reason,
    text: `${sentences[reason]}${other}`,
    signedBy: nameOf(signer),
    issuer: issuerOf(signer),
    signedAt: signingTime?.toISOString() ?? null,
    emails,
    isOtherSender,
  };
}

function reasonOf(signed: SignedData, trust: Trust, at: Date): SignatureReason {
  const { signer } = signed;
  if (trust.certificates.length === 0) return 'no-authorities';
  const bits = signer.publicKey.asymmetricKeyDetails?.modulusLength;
  if (signed.digest === 'sha1' || (bits !== undefined && bits < LEAST_RSA_BITS)) return 'weak';
  const why = distrust(signed, trust, at);
  if (why) return why;
  if (!maySign(signer)) return 'wrong-purpose';
  return qualifiedFor(signer) ?? 'advanced';
}

const issuerOf = ({ issuer }: X509Certificate): string => /^CN=(.*)$/m.exec(issuer)?.[1] ?? issuer.replaceAll('\n', ', ');

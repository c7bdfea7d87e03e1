// The thread in which a mail message is taken apart. Gets its bytes, answers once, touches nothing else.
import { parentPort, workerData } from 'node:worker_threads';
import PostalMime from 'postal-mime';
import type { Address, Email } from 'postal-mime';
import { readCertificates } from '../../platform/cms/certificate-chain.ts';
import { LIMITS, tooMuchIn } from './mime-limits.ts';
import { judgeSignature, type SignatureVerdict } from './signature-verdict.ts';
import { findSigned, messageOf } from './signed-part.ts';

export interface MimePart {
  readonly name: string | null;
  readonly mime: string;
  readonly content: Uint8Array;
}
export interface ReadMime {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly parts: readonly MimePart[];
  /** Null where there is no signature or nobody asked. When it holds, everything but the head is read from what was signed. */
  readonly signature: SignatureVerdict | null;
}
interface Given {
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly signatures: { readonly trustedAuthorities: readonly string[]; readonly at: Date } | undefined;
}

/** Characters of a text that is shown; the whole of it stays in the message as it came. */
const LONGEST_TEXT = 200_000;

class TooMuch extends Error {}

/** From and the other fields of the head are not signed; the verdict compares the sender that is shown with the certificate. */
async function read({ raw, signatures }: Given): Promise<ReadMime> {
  const outside = await readPlain(raw);
  const found = signatures ? findSigned(Buffer.from(raw)) : 'none';
  if (!signatures || found === 'none') return outside;
  const trust = { certificates: readCertificates(signatures.trustedAuthorities) };
  const judged = judgeSignature(found, { trust, from: outside.from.address, at: signatures.at });
  if (!judged?.content) return { ...outside, signature: judged?.verdict ?? null };
  const inside = messageOf(Buffer.from(raw), judged.content);
  const trouble = tooMuchIn(inside);
  if (trouble) throw new TooMuch(trouble);
  const { text, html, parts } = await readPlain(new Uint8Array(inside));
  return { ...outside, text, html, parts, signature: judged.verdict };
}

async function readPlain(raw: Uint8Array<ArrayBuffer>): Promise<ReadMime> {
  const limits = { maxNestingDepth: LIMITS.depth, maxHeadersSize: LIMITS.headerBytes };
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, ...limits });
  const [from] = flat(mail.from ? [mail.from] : []);
  return {
    headers: mail.headers.map(({ key, value }) => [key, value.slice(0, 4_000)] as const),
    from: from ?? { name: '', address: '' },
    to: [...flat(mail.to ?? []), ...flat(mail.cc ?? [])].slice(0, 200).map(({ address }) => address),
    subject: mail.subject ?? '',
    text: (mail.text ?? '').slice(0, LONGEST_TEXT) || plainOf((mail.html ?? '').slice(0, LONGEST_TEXT)),
    html: (mail.html ?? '').slice(0, LONGEST_TEXT),
    parts: mail.attachments.map(partOf),
    signature: null,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  yacute: 'ý',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
};

/** Words of a page, for reading only; the page itself stays in the message as it came. */
function plainOf(html: string): string {
  return html
    .replaceAll(/<(script|style|head)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? signOf(name) ?? whole)
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\n\s*\n\s*/g, '\n\n')
    .trim();
}

function signOf(name: string): string | undefined {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : name.startsWith('#') ? Number(name.slice(1)) : Number.NaN;
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
}

const flat = (list: readonly Address[]): readonly { name: string; address: string }[] =>
  list.flatMap((one) => one.group ?? [{ name: one.name, address: one.address ?? '' }]);

function partOf({ filename, mimeType, content }: Email['attachments'][number]): MimePart {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { name: filename, mime: mimeType, content: bytes };
}

if (parentPort) {
  const port = parentPort;
  read(workerData as Given).then(
    (mail) => port.postMessage(mail),
    (error: unknown) => {
      const text = error instanceof Error ? error.message : '';
      if (error instanceof TooMuch) return port.postMessage({ trouble: text });
      const trouble = /nesting depth/i.test(text) ? 'too-deep' : /header size/i.test(text) ? 'headers-too-large' : 'unreadable';
      port.postMessage({ trouble });
    },
  );
}

// Where a message is signed (S/MIME, RFC 8551): the exact bytes under the signature, and the message made of them alone, so that nothing unsigned is read as signed.

export interface SignedPart {
  /** CMS, DER or BER. */
  readonly cms: Buffer;
  /** Signed bytes beside it; absent when they are inside. */
  readonly detached?: Buffer;
}
export type FoundPart = SignedPart | 'none' | 'partly' | 'unreadable' | 'encrypted';

/** A signature of one person with his certificates; what is larger was made to cost us. */
const LARGEST_DETACHED = 1_000_000;

interface Entity {
  readonly fields: readonly string[];
  readonly body: string;
}
interface ContentType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Only a message that is signed whole counts; `partly` = a signature covers some part inside. */
export function findSigned(raw: Buffer): FoundPart {
  const whole = entityOf(raw.toString('latin1'));
  const outer = contentTypeOf(whole);
  if (outer === undefined) return 'none';
  if (outer === 'ambiguous') return 'unreadable';
  if (/^application\/(x-)?pkcs7-mime$/.test(outer.type))
    return /^(authE|e)nveloped-data$/i.test(outer.parameters.get('smime-type') ?? '') ? 'encrypted' : opaque(whole);
  if (outer.type === 'multipart/signed' && /pkcs7-signature/.test(outer.parameters.get('protocol') ?? '')) return beside(whole, outer);
  return /^content-type:\s*application\/(x-)?pkcs7-(mime|signature)/im.test(whole.body) ? 'partly' : 'none';
}

/** The message as its head and what was signed say it: fields about the content come from under the signature. */
export function messageOf(raw: Buffer, signed: Buffer): Buffer {
  const { fields } = entityOf(raw.toString('latin1'));
  const kept = fields.filter((field) => !/^(content-[a-z-]+|mime-version):/i.test(field)).map((field) => `${field}\r\n`);
  return Buffer.concat([Buffer.from(kept.join(''), 'latin1'), signed]);
}

function opaque(whole: Entity): FoundPart {
  const cms = contentOf(whole);
  return cms ? { cms } : 'unreadable';
}

/** RFC 1847, 2.1: two parts, the second one the signature. */
function beside({ body }: Entity, { parameters }: ContentType): FoundPart {
  const boundary = parameters.get('boundary') ?? '';
  if (boundary === '') return 'unreadable';
  const escaped = boundary.replaceAll(/[^\w]/g, '\\$&');
  const lines = [...body.matchAll(new RegExp(`(^|\\r?\\n)--${escaped}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g'))].slice(0, 4);
  const [first, second, third, more] = lines;
  if (!first || !second || !third || more || !third[2] || first[2] || second[2]) return 'unreadable';
  // The end of the line before a boundary belongs to the boundary.
  const part = (from: RegExpExecArray, to: RegExpExecArray): string =>
    body.slice(from.index + from[0].length, to.index).replace(/^\r?\n/, '');
  const signature = entityOf(part(second, third));
  const type = contentTypeOf(signature);
  if (type === undefined || type === 'ambiguous' || !/^application\/(x-)?pkcs7-signature$/.test(type.type)) return 'unreadable';
  const cms = contentOf(signature);
  if (!cms || cms.length > LARGEST_DETACHED) return 'unreadable';
  // RFC 8551, 3.1.1: signed is the form with CRLF, however the lines end where it was kept.
  return { cms, detached: Buffer.from(part(first, second).replaceAll(/\r?\n/g, '\r\n'), 'latin1') };
}

function entityOf(text: string): Entity {
  const gap = /\r?\n\r?\n/.exec(text);
  const isHeadless = /^\r?\n/.test(text);
  const head = isHeadless ? '' : gap ? text.slice(0, gap.index) : text;
  const body = isHeadless ? text.replace(/^\r?\n/, '') : gap ? text.slice(gap.index + gap[0].length) : '';
  return { fields: head.split(/\r?\n(?![ \t])/).filter((field) => field !== ''), body };
}

function valuesOf({ fields }: Entity, name: string): readonly string[] {
  const found = fields.filter((field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name);
  return found.map((field) =>
    field
      .slice(field.indexOf(':') + 1)
      .replaceAll(/\r?\n/g, '')
      .trim(),
  );
}

/** Two of them could mean something else to every reader. */
function contentTypeOf(entity: Entity): ContentType | 'ambiguous' | undefined {
  const [value, other] = valuesOf(entity, 'content-type');
  if (value === undefined) return undefined;
  if (other !== undefined) return 'ambiguous';
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of value.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g)) {
    if (parameters.has(name.toLowerCase())) return 'ambiguous';
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return { type: (/^[^;\s]*/.exec(value)?.[0] ?? '').toLowerCase(), parameters };
}

/** Undefined when it is no such encoding. */
function contentOf(entity: Entity): Buffer | undefined {
  const [encoding = '7bit'] = valuesOf(entity, 'content-transfer-encoding').map((one) => one.toLowerCase());
  if (encoding === 'base64') {
    const text = entity.body.replaceAll(/\s+/g, '');
    return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  }
  return ['7bit', '8bit', 'binary'].includes(encoding) ? Buffer.from(entity.body, 'latin1') : undefined;
}

// Reads a mail message for the simulated mailbox: headers, text, HTML and attachments of ordinary MIME. Not a general mail reader.
import iconv from 'iconv-lite';

export interface ReadMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly content: Buffer }[];
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes as Latin-1. */
  readonly body: string;
}

export function readMail(raw: Buffer): ReadMail {
  const whole = readPart(raw.toString('latin1'));
  const leaves = flatten(whole);
  const header = (name: string): string => decodeWords(whole.headers.get(name) ?? '');
  const isAttachment = (part: Part): boolean => (part.headers.get('content-disposition') ?? '').startsWith('attachment');
  const textOf = (type: string): string => {
    const part = leaves.find((leaf) => !isAttachment(leaf) && (leaf.headers.get('content-type') ?? 'text/plain').startsWith(type));
    return part ? iconv.decode(content(part), parameter(part, 'content-type', 'charset') || 'utf-8') : '';
  };
  return {
    messageId: header('message-id'),
    from: header('from'),
    to: header('to'),
    subject: header('subject'),
    text: textOf('text/plain'),
    html: textOf('text/html'),
    attachments: leaves.filter(isAttachment).map((part) => ({ name: fileName(part), content: content(part) })),
  };
}

function readPart(text: string): Part {
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : text;
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: gap ? text.slice(gap.index + gap[0].length) : '' };
}

function flatten(part: Part): Part[] {
  const boundary = parameter(part, 'content-type', 'boundary');
  if (!(part.headers.get('content-type') ?? '').startsWith('multipart/') || boundary === '') return [part];
  const pieces = `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1);
  const inner = pieces.filter((piece) => !piece.startsWith('--'));
  return inner.flatMap((piece) => flatten(readPart(piece.replace(/^[ \t]*\r?\n/, ''))));
}

function content(part: Part): Buffer {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body, 'base64');
  if (encoding === 'quoted-printable') return unquote(part.body.replace(/=\r?\n/g, ''));
  return Buffer.from(part.body, 'latin1');
}

function unquote(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  );
}

function parameter(part: Part, header: string, name: string): string {
  return new RegExp(`;\\s*${name}="?([^";]*)"?`, 'i').exec(part.headers.get(header) ?? '')?.[1] ?? '';
}

/** RFC 2231 `filename*=utf-8''…` also in pieces (`filename*0*=`), RFC 2047 words, or plain. */
function fileName(part: Part): string {
  const header = part.headers.get('content-disposition') ?? '';
  const pieces = [...header.matchAll(/filename\*(?:\d+\*?)?="?([^";]*)"?/gi)].map((match) => match[1] ?? '');
  if (pieces.length > 0) return decodeURIComponent(pieces.join('').replace(/^utf-8''/i, ''));
  return decodeWords(parameter(part, 'content-disposition', 'filename')) || 'příloha';
}

/** RFC 2047 `=?UTF-8?Q?…?=`. Neighbouring words belong together. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([\w-]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset: string, kind: string, word: string) => {
      const bytes = kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : unquote(word.replaceAll('_', ' '));
      return iconv.decode(bytes, charset);
    });
}

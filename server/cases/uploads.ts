// Is this file what it says it is? Type by content and by extension, both on the allow-list; a name that is safe to show and to save.
import { fileTypeFromBuffer } from 'file-type';
import { checkFile, type Field, type Form } from '../../forms/index.ts';
import { Problem } from '../domain/problem.ts';

/** Limit of one file, whatever its field says. */
export const MAX_FILE_BYTES = 50_000_000;
const MAX_NAME = 200;

/** Extension → MIME type as stored and served. `by` says how the content is recognised. */
const TYPES: Readonly<
  Record<string, { readonly mime: string; readonly by: 'magic' | 'text' | 'xml'; readonly magic?: readonly string[] }>
> = {
  pdf: { mime: 'application/pdf', by: 'magic' },
  png: { mime: 'image/png', by: 'magic' },
  jpg: { mime: 'image/jpeg', by: 'magic' },
  jpeg: { mime: 'image/jpeg', by: 'magic' },
  docx: { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', by: 'magic' },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', by: 'magic' },
  odt: { mime: 'application/vnd.oasis.opendocument.text', by: 'magic' },
  ods: { mime: 'application/vnd.oasis.opendocument.spreadsheet', by: 'magic' },
  txt: { mime: 'text/plain', by: 'text' },
  xml: { mime: 'application/xml', by: 'xml' },
};

/** The cleaned name and the recognised type. Refuses `file-empty`, `file-name-invalid`, `file-type-not-allowed`, `file-too-large`, `field-unknown`. */
export async function inspectUpload(
  form: Form,
  upload: { readonly field: string; readonly name: string; readonly content: Uint8Array },
): Promise<{ readonly name: string; readonly mime: string }> {
  const field = fieldOf(form.fields, upload.field);
  if (field?.type !== 'filepicker') throw new Problem('invalid', 'field-unknown');
  if (upload.content.byteLength === 0) throw new Problem('invalid', 'file-empty');
  const name = cleanName(upload.name);
  const type = typeOf(name);
  const allowed = Object.keys(TYPES);
  if (!type || !(await isContent(type, upload.content))) throw new Problem('invalid', 'file-type-not-allowed', { allowed });
  const wrong = checkFile(field, { name, mime: type.mime, size: upload.content.byteLength });
  if (wrong)
    throw new Problem('invalid', wrong.code === 'file-too-large' ? 'file-too-large' : 'file-type-not-allowed', {
      limit: wrong.limit ?? null,
    });
  return { name, mime: type.mime };
}

function typeOf(name: string): (typeof TYPES)[string] | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
}

/** A paper of evidence: a scan, a PDF, or a data message as it was sealed. */
const EVIDENCE = ['pdf', 'png', 'jpg', 'jpeg', 'zfo'];
const ZFO = 'application/vnd.software602.filler.form-xml-zip';
export const MAX_EVIDENCE_BYTES = 20_000_000;

/** Refuses as `inspectUpload` does. */
export async function inspectEvidence(upload: {
  readonly name: string;
  readonly content: Uint8Array;
}): Promise<{ readonly name: string; readonly mime: string }> {
  if (upload.content.byteLength === 0) throw new Problem('invalid', 'file-empty');
  const name = cleanName(upload.name);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const refused = new Problem('invalid', 'file-type-not-allowed', { allowed: EVIDENCE });
  if (!EVIDENCE.includes(extension)) throw refused;
  if (extension === 'zfo') {
    if (!isSealedMessage(upload.content)) throw refused;
    return { name, mime: ZFO };
  }
  const type = typeOf(name);
  if (!type || !(await isContent(type, upload.content))) throw refused;
  return { name, mime: type.mime };
}

/** A ZFO is a CMS SignedData in DER: a sequence with the object identifier 1.2.840.113549.1.7.2 in it (RFC 5652, section 5). */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
function isSealedMessage(content: Uint8Array): boolean {
  return content[0] === 0x30 && Buffer.from(content.subarray(0, 32)).includes(SIGNED_DATA);
}

function fieldOf(fields: readonly Field[], key: string): Field | undefined {
  for (const field of fields) {
    const found = field.key === key ? field : fieldOf(field.fields, key);
    if (found) return found;
  }
  return undefined;
}

/** The last part of a path, without control and direction-changing characters. */
export function cleanName(raw: string): string {
  const base = raw.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const name = base
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  if (name === '' || !/\.[A-Za-z0-9]{1,5}$/.test(name) || name.length > MAX_NAME) throw new Problem('invalid', 'file-name-invalid');
  return name;
}

async function isContent(type: { readonly mime: string; readonly by: string }, content: Uint8Array): Promise<boolean> {
  if (type.by === 'magic') return (await fileTypeFromBuffer(content))?.mime === type.mime;
  // file-type knows no texts: they must be UTF-8 without NUL, and nothing that a browser would run.
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return false;
  }
  if (text.includes('\0')) return false;
  if (type.by === 'text') return !/<\s*(script|html|svg|!doctype)/i.test(text);
  return /^\s*<\?xml|^\s*<[A-Za-z]/.test(text) && !/<!DOCTYPE|<\s*(script|html|svg)\b/i.test(text);
}

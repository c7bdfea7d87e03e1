// What ISDS takes as a ZIP attachment, read from its directory alone (nothing is unpacked). Operating rules of ISDS of 2026-06-26, annex on formats.
import { extensionOf, isAllowedName } from './file-names.ts';

const MAX_FILES = 1000;
const MAX_LEVELS = 4;
const MAX_UNPACKED = 3 * 1024 ** 3;
const archives: ReadonlySet<string> = new Set(['zip', 'asics', 'scs', 'asice', 'sce']);

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;

/** Why ISDS would refuse it, as a sentence; undefined when it would not. */
export function zipFault(zip: Buffer): string | undefined {
  const end = endOfDirectory(zip);
  if (end === undefined) return 'není čitelný archiv ZIP';
  const count = zip.readUInt16LE(end + 10);
  if (zip.readUInt16LE(end + 4) !== 0 || zip.readUInt16LE(end + 8) !== count) return 'je rozdělený na části';
  if (count > MAX_FILES) return `obsahuje více než ${MAX_FILES} souborů`;
  let at = zip.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || zip.readUInt32LE(at) !== ENTRY) return 'není čitelný archiv ZIP';
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const fault = entryFault(zip.toString('utf8', at + 46, nameEnd), zip.readUInt16LE(at + 8));
    if (fault !== undefined) return fault;
    unpacked += zip.readUInt32LE(at + 24);
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return unpacked > MAX_UNPACKED ? 'by měl po rozbalení více než 3 GB' : undefined;
}

function entryFault(name: string, flags: number): string | undefined {
  if (flags & 1) return 'je zašifrovaný';
  const levels = name.split('/').filter((part) => part !== '');
  const isFolder = name.endsWith('/');
  if (levels.length - (isFolder ? 0 : 1) > MAX_LEVELS) return `má více než ${MAX_LEVELS} úrovně složek`;
  if (isFolder) return undefined;
  if (archives.has(extensionOf(name))) return 'obsahuje další archiv';
  return isAllowedName(levels.at(-1) ?? '') ? undefined : `obsahuje soubor nepovoleného typu (${levels.at(-1) ?? ''})`;
}

function endOfDirectory(zip: Buffer): number | undefined {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_BYTES - MAX_COMMENT); at -= 1)
    if (zip.readUInt32LE(at) === END) return at;
  return undefined;
}

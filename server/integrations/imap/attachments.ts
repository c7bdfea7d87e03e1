// Attachments of a message from outside: sound names, and those that could run are marked so that nobody opens them by mistake.
import type { OutgoingFile } from '../connector.ts';
import type { MimePart } from './mime-thread.ts';

const MOST_FILES = 100;
const LONGEST_NAME = 150;
/** What Windows or a common program runs at a double click. */
const RUNS =
  /\.(exe|com|scr|pif|bat|cmd|msi|msp|ps1|vbs|vbe|js|jse|wsf|wsh|hta|cpl|jar|lnk|reg|chm|dll|sys|app|apk|iso|img|vhd|xll|docm|dotm|xlsm|xlam|pptm|ppam|one|url|scf|sh)$/i;
/** `MZ`, ELF, a Windows shortcut, a script. */
const BEGINNINGS: readonly (readonly number[])[] = [
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],
  [0x23, 0x21],
];

export interface TakenFile extends OutgoingFile {
  /** As the sender called it. */
  readonly originalName: string;
  readonly isDangerous: boolean;
}

/** @returns at most a hundred; the others stay in the message as it came */
export function takeAttachments(parts: readonly MimePart[]): { readonly files: readonly TakenFile[]; readonly left: number } {
  const files = parts.slice(0, MOST_FILES).map((part, index) => takenFile(part, index));
  return { files, left: Math.max(0, parts.length - MOST_FILES) };
}

function takenFile({ name, mime, content }: MimePart, index: number): TakenFile {
  const originalName = soundName(name ?? '') || defaultName(mime, index);
  const isDangerous = RUNS.test(originalName) || BEGINNINGS.some((beginning) => beginning.every((byte, at) => content[at] === byte));
  // A name that no system runs: the mark goes with the file wherever it is saved.
  const marked = isDangerous ? `${originalName}.nebezpecne` : originalName;
  return { name: marked, originalName, mime: isDangerous ? 'application/octet-stream' : soundMime(mime), content, isDangerous };
}

/** No folders, no control or direction characters (a name may be written to be read backwards), not too long; the ending stays. */
function soundName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').replaceAll(/[<>:"|?*]/g, '_');
  const trimmed = plain.trim().replace(/[. ]+$/, '');
  if (trimmed.length <= LONGEST_NAME) return trimmed.toWellFormed();
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(trimmed)?.[0] ?? '';
  return `${trimmed.slice(0, LONGEST_NAME - ending.length)}${ending}`.toWellFormed();
}

const soundMime = (mime: string): string => (/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(mime) ? mime : 'application/octet-stream');
const defaultName = (mime: string, index: number): string =>
  mime === 'message/rfc822' ? `preposlana-zprava-${index + 1}.eml` : `priloha-${index + 1}`;

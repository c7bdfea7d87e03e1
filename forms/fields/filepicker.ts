// Attachments. Files are uploaded first; the value is a list of their ids.
import type { Field, FileFacts, Lang } from '../form.ts';
import type { CheckFacts, FieldKind, Outcome } from './field-kind.ts';
import { nothingWrong } from './field-kind.ts';
import { showNumber } from './number.ts';

const MOST_FILES = 20;

export const filepicker: FieldKind = {
  type: 'filepicker',
  asks: true,
  missing: 'required-file',
  empty: [],
  isEmpty: (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  check: checkFiles,
  show: (_field, value, { files }) => (Array.isArray(value) ? value.map((id) => files?.[String(id)]?.name ?? String(id)).join(', ') : ''),
  inspect: nothingWrong,
};

function checkFiles(field: Field, value: unknown, { files }: CheckFacts): Outcome {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string' && id.length <= 100)) return { code: 'wrong-type' };
  const ids: readonly string[] = [...new Set<string>(value)];
  const most = field.properties.maxFiles ?? MOST_FILES;
  if (ids.length > most) return { code: 'too-many-files', limit: most };
  if (!files) return { value: ids };
  for (const id of ids) {
    const file = Object.hasOwn(files, id) ? files[id] : undefined;
    if (!file) return { code: 'file-unknown' };
    const wrong = checkFile(field, file);
    if (wrong) return wrong;
  }
  return { value: ids };
}

/** Whether one file may be attached to the field; the browser asks before it uploads. */
export function checkFile(field: Field, file: FileFacts): Exclude<Outcome, { value: unknown }> | undefined {
  const { accept, maxBytes } = field.properties;
  if (maxBytes !== undefined && file.size > maxBytes) {
    return { code: 'file-too-large', name: file.name, limit: showBytes(maxBytes) };
  }
  if (accept !== undefined && !isAccepted(accept, file)) return { code: 'file-type', name: file.name, limit: accept };
  return undefined;
}

/** 300 kB, 12,5 MB; decimal units as file managers show them. */
export function showBytes(bytes: number, lang: Lang = 'cs'): string {
  if (bytes < 1_000) return `${bytes}\u00a0B`;
  if (bytes < 1_000_000) return `${showNumber(Math.round(bytes / 1_000), lang)}\u00a0kB`;
  return `${showNumber(Math.round(bytes / 100_000) / 10, lang)}\u00a0MB`;
}

function isAccepted(accept: string, file: FileFacts): boolean {
  const name = file.name.toLowerCase();
  const allowed = accept.split(',').map((part) => part.trim().toLowerCase());
  return allowed.some((part) => {
    if (part.startsWith('.')) return name.endsWith(part);
    if (part.endsWith('/*')) return file.mime.startsWith(part.slice(0, -1));
    return file.mime === part;
  });
}

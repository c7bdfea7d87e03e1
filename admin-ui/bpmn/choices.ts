// What the properties panel offers: taken from the draft's own files and from the server's vocabulary.
import { parse } from 'yaml';
import type { Vocabulary } from '../../server/contract/office.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}
export interface Choices {
  readonly forms: readonly Choice[];
  readonly roles: readonly Choice[];
  readonly deadlines: readonly Choice[];
  readonly decisions: readonly Choice[];
  readonly vocabulary: Vocabulary;
}

/** Unreadable files simply offer nothing; the gate tells what is wrong with them. */
export function choicesOf(files: Readonly<Record<string, string>>, vocabulary: Vocabulary): Choices {
  const sheet = sheetOf(files['situation.yaml'] ?? '');
  return {
    forms: formsOf(files),
    roles: [{ value: 'applicant', label: 'Podatel (občan)' }, ...rolesOf(sheet)],
    deadlines: deadlinesOf(sheet),
    decisions: Object.keys(files)
      .filter((path) => path.endsWith('.dmn'))
      .flatMap((path) => decisionsOf(files[path] ?? '')),
    vocabulary,
  };
}

type Sheet = Readonly<Record<string, unknown>>;
function sheetOf(text: string): Sheet {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null ? (value as Sheet) : {};
  } catch {
    return {};
  }
}

function formsOf(files: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.keys(files).flatMap((path) => {
    const id = /^forms\/(.+)\.form\.json$/.exec(path)?.[1];
    return id === undefined ? [] : [{ value: id, label: id }];
  });
}
function rolesOf(sheet: Sheet): readonly Choice[] {
  const roles = sheet['roles'];
  if (typeof roles !== 'object' || roles === null) return [];
  return Object.entries(roles as Record<string, unknown>).map(([value, role]) => ({ value, label: titled(value, role) }));
}
function deadlinesOf(sheet: Sheet): readonly Choice[] {
  const deadlines = sheet['deadlines'];
  if (!Array.isArray(deadlines)) return [];
  return deadlines.flatMap((deadline: unknown) => {
    const name = propertyOf(deadline, 'name');
    return typeof name === 'string' ? [{ value: name, label: titled(name, deadline) }] : [];
  });
}
function titled(name: string, value: unknown): string {
  const title = propertyOf(value, 'title');
  const czech = typeof title === 'string' ? title : propertyOf(title, 'cs');
  return typeof czech === 'string' ? `${czech} (${name})` : name;
}
function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
function decisionsOf(xml: string): readonly Choice[] {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return [...document.getElementsByTagNameNS('*', 'decision')].flatMap((decision) => {
    const id = decision.getAttribute('id');
    return id === null ? [] : [{ value: id, label: `${decision.getAttribute('name') ?? id} (${id})` }];
  });
}

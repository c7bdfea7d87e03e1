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
  /** Those that a rule of law counts from events. */
  readonly legalDeadlines: readonly (Choice & { readonly rule: string })[];
  readonly decisions: readonly Choice[];
  /** Processes of other situations that a call activity may name. */
  readonly processes: readonly Choice[];
  readonly vocabulary: Vocabulary;
}

/** Unreadable files simply offer nothing; the gate tells what is wrong with them. */
export function choicesOf(files: Readonly<Record<string, string>>, vocabulary: Vocabulary): Choices {
  const sheet = sheetOf(files['situation.yaml'] ?? '');
  return {
    forms: formsOf(files),
    roles: [{ value: 'applicant', label: 'Podatel (občan)' }, ...rolesOf(sheet)],
    deadlines: deadlinesOf(sheet),
    legalDeadlines: deadlinesOf(sheet).filter(({ rule }) => rule !== ''),
    decisions: Object.keys(files)
      .filter((path) => path.endsWith('.dmn'))
      .flatMap((path) => decisionsOf(files[path] ?? '')),
    processes: vocabulary.processes.map(({ id, title }) => ({ value: id, label: `${title} (${id})` })),
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
/** With its paragraph, so that an analyst picks the law and not a number. */
function deadlinesOf(sheet: Sheet): readonly (Choice & { readonly rule: string })[] {
  const deadlines = sheet['deadlines'];
  if (!Array.isArray(deadlines)) return [];
  return deadlines.flatMap((deadline: unknown) => {
    const name = propertyOf(deadline, 'name');
    if (typeof name !== 'string') return [];
    const law = propertyOf(deadline, 'law');
    const rule = propertyOf(deadline, 'rule');
    const label = typeof law === 'string' ? `${titled(name, deadline)} – ${law}` : titled(name, deadline);
    return [{ value: name, label, rule: typeof rule === 'string' ? rule : '' }];
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

// Texts of a life situation: service pages, letters and mails. Markdown with a YAML head; the head of a letter or mail holds its subject.
import { z } from 'zod';
import { readYaml } from './read-sheet.ts';
import type { Finding, SituationFiles } from './types.ts';

export type TextKind = 'service' | 'letter' | 'mail';
export type TextLang = 'cs' | 'en';

export interface SituationText {
  /** Name without language and ending: `sluzba`, `dopis-vyzva`, `mail-prijato`. */
  readonly name: string;
  readonly kind: TextKind;
  readonly lang: TextLang;
  readonly file: string;
  /** May hold placeholders; empty for service pages. */
  readonly subject: string;
  readonly body: string;
}

const SHAPE = /^texts\/((sluzba|dopis-[a-z0-9-]+|mail-[a-z0-9-]+))\.(cs|en)\.md$/;
const HEAD = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/;
const head = z.strictObject({ subject: z.string().trim().min(1) });

export function readTexts(files: SituationFiles): { readonly texts: readonly SituationText[]; readonly findings: readonly Finding[] } {
  const read = Object.entries(files)
    .filter(([file]) => file.startsWith('texts/'))
    .map(([file, source]) => readText(file, source));
  return {
    texts: read.flatMap((one) => ('text' in one ? [one.text] : [])),
    findings: read.flatMap((one) => ('finding' in one ? [one.finding] : [])),
  };
}

/** The text in the language, else in Czech. */
export function findText(texts: readonly SituationText[], name: string, lang: TextLang): SituationText | undefined {
  return texts.find((text) => text.name === name && text.lang === lang) ?? texts.find((text) => text.name === name && text.lang === 'cs');
}

function readText(file: string, source: string): { readonly text: SituationText } | { readonly finding: Finding } {
  const [, name = '', kindWord = '', lang] = SHAPE.exec(file) ?? [];
  if (name === '')
    return wrong(file, 'text-name', `Soubor ${file} se musí jmenovat sluzba, dopis-… nebo mail-… s koncovkou .cs.md nebo .en.md.`);
  const kind: TextKind = kindWord === 'sluzba' ? 'service' : kindWord.startsWith('dopis') ? 'letter' : 'mail';
  const common = { name, kind, lang: lang === 'en' ? ('en' as const) : ('cs' as const), file };
  if (kind === 'service') return { text: { ...common, subject: '', body: source } };
  const [, yaml = '', body = ''] = HEAD.exec(source) ?? [];
  const parsed = readYaml(yaml);
  const checked = 'value' in parsed ? head.safeParse(parsed.value) : undefined;
  if (!checked?.success)
    return wrong(file, 'text-head', `Soubor ${file} musí začínat hlavičkou mezi řádky --- s jediným údajem subject (předmět).`);
  if (body.trim() === '') return wrong(file, 'text-empty', `Soubor ${file} nemá žádný text.`);
  return { text: { ...common, subject: checked.data.subject, body } };
}

function wrong(file: string, rule: string, message: string): { readonly finding: Finding } {
  return { finding: { rule, severity: 'error', file, message } };
}

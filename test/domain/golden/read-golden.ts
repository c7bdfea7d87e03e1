// The golden set as data: one YAML file per group of rules, each case with its events, the dates a lawyer expects and the paragraphs that must be named.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Case, Event } from '../naive/events.ts';

export type GoldenCase = {
  readonly id: string;
  /** `regime/rule`. */
  readonly rule: string;
  /** One line in Czech: what the case is about and why it ends so. */
  readonly why: string;
  readonly events: readonly Event[];
  /** The other reading of an unclear rule. */
  readonly switch?: Readonly<Record<string, string>>;
  /** What is not named here is not asserted; `null` means that there is none. */
  readonly expect?: Readonly<Record<string, string | number | boolean | null>>;
  /** The case cannot be: any named error. */
  readonly error?: true;
  /** Paragraphs in short, `§ 40/1`, each of which some step of the derivation names. */
  readonly cites?: readonly string[];
};

export type GoldenFile = { readonly name: string; readonly cases: readonly GoldenCase[] };

export function readGolden(): readonly GoldenFile[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      name: file.replace('.yaml', ''),
      cases: parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as readonly GoldenCase[],
    }));
}

export function asked({ id, rule, events }: GoldenCase): Case {
  const [regime = '', name = ''] = rule.split('/');
  return { id, regime, rule: name, events };
}

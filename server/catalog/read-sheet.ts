// situation.yaml, from text to a type: the door of the sheet. Unknown keys are refused, so that a slip of the pen is not silently ignored.
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { switchTable } from '../domain/deadlines/index.ts';
import { legalRuleNamed, legalRules } from './deadlines/legal-rules.ts';
import type { Finding, SituationSheet } from './types.ts';

export const SHEET_FILE = 'situation.yaml';

const line = z.string().trim().min(1, 'nesmí být prázdné');
const text = z.strictObject({ cs: line, en: line.optional() });
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'smí mít jen malá písmena bez diakritiky, číslice a spojovníky');

/** Two kinds in one list: a length of its own, or a rule of law. Told apart by `rule`, so that a slip in either is named at its place. */
const plain = z.strictObject({
  name: id,
  title: text,
  count: z.int().min(1).max(20_000),
  unit: z.enum(['days', 'working-days', 'weeks', 'months', 'minutes']),
  regime: z.enum(['sr', 'dr', 'none']),
  law: line,
});
const legal = z.strictObject({
  name: id,
  title: text,
  rule: z.string().refine((name) => legalRuleNamed(name) !== undefined, {
    error: ({ input }) => `pravidlo „${String(input)}“ neznáme, dovolená jsou ${legalRules.map(({ name }) => name).join(', ')}`,
  }),
  law: line,
  count: z.int().min(1).max(20_000).optional(),
  unit: z.enum(['days', 'weeks', 'months']).optional(),
  reading: z
    .record(z.string(), z.string())
    .refine((given) => Object.entries(given).every(([name, value]) => isReading(name, value)), {
      error: 'zná jen výklady a hodnoty z docs/deadlines.md',
    })
    .optional(),
  daysOff: z.array(z.iso.date('není den ve tvaru RRRR-MM-DD')).optional(),
});
const isReading = (name: string, value: string): boolean =>
  Object.hasOwn(switchTable, name) && (switchTable[name as keyof typeof switchTable].values as readonly string[]).includes(value);
const deadline = z.unknown().transform((value, context) => {
  const hasRule = typeof value === 'object' && value !== null && 'rule' in value;
  const parsed = (hasRule ? legal : plain).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.issues.push({ ...issue } as (typeof context.issues)[number]);
  return z.NEVER;
});

const DAY_OF_EVERY_YEAR = /^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$/;
const duty = z.strictObject({
  kind: id,
  title: text,
  decision: line,
  rate: line,
  day: line,
  proRata: z.enum(['started-months', 'month-end', 'whole-year']),
  rounding: z.enum(['up', 'down', 'nearest', 'none']),
  due: z.string().regex(DAY_OF_EVERY_YEAR, 'není den ve tvaru MM-DD, který má každý rok'),
  dueDays: z.int().min(1).max(366),
  law: line,
  caution: line.optional(),
});

const sheet = z.strictObject({
  id,
  title: text,
  summary: text,
  category: line,
  department: line,
  keywords: z.array(line),
  where: text,
  how: z.array(text).min(1, 'musí mít aspoň jednu položku'),
  contact: z.strictObject({ name: line, phone: line, email: z.email('není e-mailová adresa'), room: line }),
  fees: z.array(z.strictObject({ what: text, amount: text })),
  deadlineText: text,
  needed: z.array(text),
  law: z
    .array(z.strictObject({ text: line, url: z.url({ protocol: /^https$/, error: 'není adresa https' }).optional() }))
    .min(1, 'musí uvést aspoň jeden předpis'),
  channels: z.array(z.enum(['portal', 'data-box', 'paper'])).min(1, 'musí mít aspoň jednu položku'),
  dataBox: z.strictObject({ startsBySubject: z.array(line).min(1, 'musí mít aspoň jednu položku') }).optional(),
  login: z.enum(['none', 'low', 'substantial', 'high']),
  roles: z.record(id, z.strictObject({ title: line, group: id })),
  numberSeries: z.string().regex(/^[A-Z0-9-]{2,12}$/, 'smí mít 2 až 12 velkých písmen bez diakritiky, číslic a spojovníků'),
  retention: z.strictObject({ code: z.enum(['A', 'S', 'V']), years: z.int().min(1).max(100), group: line.optional() }),
  deadlines: z.array(deadline),
  readings: z.array(id).optional(),
  fillingMinutes: z.int().min(1).max(600),
  feeKind: z
    .string()
    .regex(/^\d{4}$/, 'musí mít čtyři číslice')
    .optional(),
  duty: duty.optional(),
});

export type ReadSheet = { readonly sheet: SituationSheet } | { readonly findings: readonly Finding[] };

export function readSheet(source: string | undefined): ReadSheet {
  if (source === undefined)
    return { findings: [finding('sheet-missing', undefined, 'V balíčku chybí soubor situation.yaml. Zkopírujte ho ze šablony.')] };
  const yaml = readYaml(source);
  if ('mistake' in yaml)
    return { findings: [finding('sheet-invalid', undefined, `Soubor situation.yaml není platný YAML: ${yaml.mistake}`)] };
  const parsed = sheet.safeParse(yaml.value);
  if (parsed.success) return { sheet: parsed.data as SituationSheet };
  return { findings: parsed.error.issues.map(issueAsFinding) };
}

/** YAML without tags and anchors' explosion; the mistake is in the parser's words. */
export function readYaml(source: string): { readonly value: unknown } | { readonly mistake: string } {
  try {
    return { value: parse(source, { maxAliasCount: 20 }) };
  } catch (error) {
    if (error instanceof YAMLParseError || error instanceof ReferenceError) return { mistake: error.message.split('\n')[0] ?? '' };
    throw error;
  }
}

function issueAsFinding(issue: z.core.$ZodIssue): Finding {
  const path = issue.path.join('.');
  if (path === 'law' || path.startsWith('law.') || /^deadlines\.\d+\.law$/.test(path))
    return finding(
      'law-missing',
      path,
      `Údaj „${path}“ v situation.yaml není v pořádku: ${inCzech(issue)}. Uveďte předpis, podle kterého se postupuje.`,
    );
  return finding('sheet-invalid', path || undefined, `Údaj „${path}“ v situation.yaml není v pořádku: ${inCzech(issue)}.`);
}

function inCzech(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `neznámý klíč ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? 'chybí nebo má nesprávný tvar' : 'má nesprávný tvar';
    case 'invalid_value':
      return `dovolené hodnoty jsou ${issue.values.map(String).join(', ')}`;
    case 'too_small':
    case 'too_big':
      return /^[a-zá-ž]/.test(issue.message) ? issue.message : 'hodnota je mimo dovolené meze';
    default:
      return issue.message;
  }
}

function finding(rule: string, element: string | undefined, message: string): Finding {
  return { rule, severity: 'error', file: SHEET_FILE, message, ...(element === undefined ? {} : { element }) };
}

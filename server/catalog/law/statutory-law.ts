// What the law itself fixes, as data: the highest rates by name, and readings of places where it is unclear. Read from processes/_maxima.yaml.
import { z } from 'zod';
import { readYaml } from '../read-sheet.ts';

const line = z.string().trim().min(1);
const value = z.strictObject({
  /** First and last day on which it is the law; open when it lasts. */
  from: z.iso.date(),
  to: z.iso.date().optional(),
  /** Haléře for the unit. */
  amount: z.int().min(0),
  source: z.url({ protocol: /^https$/ }),
  /** Why nobody should rely on it blindly. */
  doubt: line.optional(),
});
const maximum = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  title: line,
  unit: line,
  paragraph: line,
  values: z.array(value).min(1),
});
const reading = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: line,
  paragraph: line,
  taken: line,
  doubt: line,
  source: z.url({ protocol: /^https$/ }),
});
const law = z
  .strictObject({ maxima: z.array(maximum), readings: z.array(reading) })
  .refine(({ maxima }) => isOnce(maxima), { error: 'a maximum is named twice' })
  .refine(({ readings }) => isOnce(readings), { error: 'a reading is named twice' })
  .refine(({ maxima }) => maxima.every(({ values }) => values.every((one, at) => follows(values[at - 1], one))), {
    error: 'values of a maximum overlap or are not in the order of time',
  });

const isOnce = (named: readonly { readonly name: string }[]): boolean => new Set(named.map(({ name }) => name)).size === named.length;
const follows = (before: Value | undefined, { from, to = from }: Value): boolean =>
  to >= from && (before === undefined || (before.to ?? before.from) < from);
type Value = z.infer<typeof value>;

export type StatutoryMaximum = z.infer<typeof maximum>;
export type LegalReading = z.infer<typeof reading>;
export type StatutoryLaw = z.infer<typeof law>;

/** The name under which expressions of `spis:statutoryMax` find the maxima: `zakon.pes`. */
export const LAW_NAME = 'zakon';

/** @throws Error when the file is not what it should be: the house does not judge rates by half a law */
export function parseLaw(source: string): StatutoryLaw {
  const yaml = readYaml(source);
  if ('mistake' in yaml) throw new Error(`maxima cannot be read: ${yaml.mistake}`);
  return law.parse(yaml.value);
}

/** The value in force on the day; one without an end lasts until the next begins. */
export function valueOn({ values }: StatutoryMaximum, day: string): Value | undefined {
  return values.findLast(({ from, to }) => from <= day && (to === undefined || day <= to));
}

/** Amounts by name on the day, for FEEL; what is not in force has none. */
export function amountsOn({ maxima }: StatutoryLaw, day: string): Readonly<Record<string, number>> {
  return Object.fromEntries(maxima.flatMap((one) => [valueOn(one, day)].flatMap((found) => (found ? [[one.name, found.amount]] : []))));
}

/** Names of maxima that the expression reads. */
export function maximaIn(expression: string): readonly string[] {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return [...new Set([...bare.matchAll(/(?<![\p{L}\p{N}_.])zakon\s*\.\s*([A-Za-z0-9]+)/gu)].map(([, name = '']) => name))];
}

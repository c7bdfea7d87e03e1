// The words of the command `deadlines`: its arguments, and one line of input to one line of output.
import { calculate, switchTable } from '../../server/domain/deadlines/index.ts';
import { refused } from '../../server/domain/deadlines/calculate.ts';
import { readSwitches } from '../../server/domain/deadlines/rules/switches.ts';
import type { CalculateOptions, DeadlineAnswer, DeadlineCase, Lang } from '../../server/domain/deadlines/index.ts';
import { Problem } from '../../server/domain/problem.ts';

export const usage = `npm run -s deadlines -- [--switch name=value]… [--lang cs|en] [--day-off YYYY-MM-DD]… < cases.jsonl

Switches (the first value is the default):
${Object.entries(switchTable)
  .map(([name, { values }]) => `  ${name}=${values.join('|')}`)
  .join('\n')}`;

export type Arguments =
  | { readonly kind: 'run'; readonly options: CalculateOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

const wrong = (reason: string): Arguments => ({ kind: 'wrong', reason });

/** Each option as `--name value` or `--name=value`. */
export function readArguments(given: readonly string[]): Arguments {
  const switches: Record<string, string> = {};
  const daysOff: string[] = [];
  let lang: Lang = 'cs';
  const rest = [...given];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return { kind: 'help' };
    const [, name, inline] = /^--(switch|lang|day-off)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return wrong(`unknown argument ${word}`);
    const value = inline ?? rest.shift();
    if (value === undefined) return wrong(`--${name} needs a value`);
    if (name === 'switch') {
      const [key = '', chosen] = value.split(/=(.*)/s);
      if (chosen === undefined) return wrong(`--switch needs name=value, not ${value}`);
      switches[key] = chosen;
    } else if (name === 'day-off') daysOff.push(value);
    else if (value === 'cs' || value === 'en') lang = value;
    else return wrong(`--lang is cs or en, not ${value}`);
  }
  return checked({ switches, daysOff, lang });
}

function checked(options: CalculateOptions): Arguments {
  try {
    readSwitches(options.switches);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return wrong(refused(null, error, 'en').error.text);
  }
  const probe = calculate({ regime: 'calendar', rule: 'day', events: [{ type: 'day', date: '2026-01-02' }] }, options);
  return 'error' in probe ? wrong(probe.error.text) : { kind: 'run', options };
}

/** The answer to one line, as one line of JSON. A line may carry its own `switches`, `daysOff` and `lang`. */
export const answerLine = (line: string, options: CalculateOptions): string => JSON.stringify(answer(line, options));

function answer(line: string, options: CalculateOptions): DeadlineAnswer {
  const lang = options.lang ?? 'cs';
  const read = parse(line);
  if (read === undefined) return refused(null, new Problem('invalid', 'bad-json'), lang);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return refused(null, new Problem('invalid', 'bad-case'), lang);
  return calculate(read as DeadlineCase, ownOptions(read as Record<string, unknown>, options));
}

function ownOptions(own: Record<string, unknown>, options: CalculateOptions): CalculateOptions {
  const { switches, daysOff, lang } = own;
  if (switches === undefined && daysOff === undefined && lang === undefined) return options;
  return {
    ...options,
    ...(typeof switches === 'object' &&
      switches !== null && { switches: { ...options.switches, ...(switches as Record<string, string>) } }),
    ...(Array.isArray(daysOff) && { daysOff: [...(options.daysOff ?? []), ...(daysOff as string[])] }),
    ...((lang === 'cs' || lang === 'en') && { lang }),
  };
}

function parse(line: string): unknown {
  try {
    // A file from Windows may begin with a byte order mark.
    return JSON.parse(line.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}

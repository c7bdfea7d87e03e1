// A deadline from its events: dates and the explanation, or a named error. The only catch of this folder: a refusal becomes an answer.
import { Problem } from '../problem.ts';
import type { Outcome, Step } from './counting/context.ts';
import { writeDay, type Day } from './days/day-number.ts';
import { evaluate } from './evaluate.ts';
import type { AskedFields, CalculateOptions, DeadlineAnswer, DeadlineCase, DeadlineError, DerivationStep, Lang } from './types.ts';
import { czech } from './words/cs.ts';
import { english } from './words/en.ts';
import { errorText } from './words/errors.ts';

const written = (day: Day | null | undefined): string | null => (day === null || day === undefined ? null : writeDay(day));

/** How each field is read from the outcome. `due`, `used`, `left` and `state` are always there. */
const fields: { readonly [Field in keyof Required<AskedFields>]: (outcome: Outcome) => AskedFields[Field] } = {
  delivered: ({ delivered }) => written(delivered),
  how: ({ how }) => how ?? null,
  legal_force: ({ legalForce }) => written(legalForce),
  inaction_from: ({ inactionFrom }) => written(inactionFrom),
  on_time: ({ onTime }) => onTime ?? null,
  decision_due: ({ decisionDue }) => written(decisionDue),
  working: ({ working }) => working ?? null,
  months: ({ months }) => months ?? null,
  amount: ({ amount }) => amount ?? null,
  latest: ({ latest }) => written(latest),
  earliest: ({ earliest }) => written(earliest),
};
const always: ReadonlySet<string> = new Set(['due', 'used', 'left', 'state', 'derivation']);
const isField = (name: unknown): name is keyof AskedFields => typeof name === 'string' && Object.hasOwn(fields, name);

/** Dates and derivation of one case. Never throws for anything that the case may contain: what is impossible is a named error. */
export function calculate(question: DeadlineCase, options: CalculateOptions = {}): DeadlineAnswer {
  const id = question.id ?? null;
  try {
    const asked = readAsk(question.ask);
    const { rule, outcome, steps } = evaluate(question, options);
    const answer: Record<string, unknown> = {
      id,
      due: written(outcome.due),
      used: outcome.used,
      left: outcome.left,
      state: outcome.state,
    };
    for (const name of asked ?? (rule.fields as readonly (keyof AskedFields)[])) answer[name] = fields[name](outcome);
    answer['derivation'] = options.derivation === false ? [] : word(steps, options.lang ?? 'cs');
    return answer as unknown as DeadlineAnswer;
  } catch (error) {
    return refused(id, error, options.lang ?? 'cs');
  }
}

function readAsk(ask: unknown): readonly (keyof AskedFields)[] | undefined {
  if (ask === undefined || ask === null) return undefined;
  if (!Array.isArray(ask)) throw new Problem('invalid', 'bad-ask');
  const unknown = ask.find((name) => !isField(name) && !always.has(name as string));
  if (unknown !== undefined) throw new Problem('invalid', 'unknown-ask', { field: String(unknown) });
  return ask.filter(isField);
}

/** The explanation, worded. */
export function word(steps: readonly Step[], lang: Lang): readonly DerivationStep[] {
  const phrases = lang === 'en' ? english : czech;
  return steps.map(({ day, say, source }) => ({ date: written(day), text: say(phrases), source }));
}

/** Whatever is no refusal is a defect and goes on. */
export function refused(id: DeadlineError['id'], error: unknown, lang: Lang): DeadlineError {
  if (!(error instanceof Problem)) throw error;
  return { id, error: { code: error.code, text: errorText(error.code, error.details, lang) } };
}

export const isError = (answer: DeadlineAnswer): answer is DeadlineError => 'error' in answer;

/** The whole explanation in one sentence, with the paragraphs in brackets. */
export const sentence = (steps: readonly DerivationStep[]): string =>
  `${steps.map(({ text, source }) => `${text} (${source})`).join(', ')}.`;

// Short words for the tests of deadlines: an event, and the answer to a case.
import { calculate, isError } from '../../../server/domain/deadlines/index.ts';
import type { CalculateOptions, DeadlineEvent, DeadlineResult } from '../../../server/domain/deadlines/index.ts';

type Fields = Readonly<Record<string, unknown>>;

export const on = (type: string, date: string, fields: Fields = {}): DeadlineEvent => ({ type, date, ...fields });
/** An event that has no date. */
export const given = (type: string, fields: Fields): DeadlineEvent => ({ type, ...fields });

export const stop = (
  ref: string,
  from: string,
  to: string | null,
  reason = 'deficiency',
  fields: Fields = {},
): readonly DeadlineEvent[] => [on('stop', from, { ref, reason, ...fields }), ...(to === null ? [] : [on('resume', to, { ref })])];

/** The answer to `regime/rule`. Fails the test when the case is refused. */
export function answerTo(rule: string, events: readonly DeadlineEvent[], options: CalculateOptions = {}): DeadlineResult {
  const [regime = '', name = ''] = rule.split('/');
  const answer = calculate({ regime, rule: name, events }, options);
  if (isError(answer)) throw new Error(`${rule} was refused: ${answer.error.code}`);
  return answer;
}

export const dueOf = (rule: string, events: readonly DeadlineEvent[], switches: Readonly<Record<string, string>> = {}): string | null =>
  answerTo(rule, events, { switches }).due;

/** The code by which a case is refused; undefined when it is not. */
export function refusalOf(rule: string, events: readonly DeadlineEvent[]): string | undefined {
  const [regime = '', name = ''] = rule.split('/');
  const answer = calculate({ regime, rule: name, events });
  return isError(answer) ? answer.error.code : undefined;
}

// The law's clock: what the rest of the house may use of it. A list.
export { calculate, isError, sentence } from './calculate.ts';
export { silenceDay, standing, warningDay } from './standing/standing.ts';
export { dueHistory } from './standing/history.ts';
export { ruleSet } from './rules/rule-set.ts';
export { switchTable } from './rules/switches.ts';
export type { Rule, RuleVersion } from './rules/rule.ts';
export type * from './types.ts';
export { interestOf, type Interest } from './money/interest.ts';
export { byDays, daysOfStay, monthsByLastDay, partOfYear, startedDays, startedMonths } from './money/pro-rata.ts';

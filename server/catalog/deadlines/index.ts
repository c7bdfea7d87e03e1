// Deadlines of law in a life situation: their rules, what was recorded about them, where they stand, and the timers that follow.
export { legalRuleNamed, legalRules, writableEvents, type DeadlineOwner, type LegalRule } from './legal-rules.ts';
export { explainPlain } from './explain-plain.ts';
export { namedDeadline, openKeeper, type DeadlineKeeper } from './keeper.ts';
export { reckon, type Reckoning } from './reckon.ts';
export type { DeadlineEvent } from './record-events.ts';

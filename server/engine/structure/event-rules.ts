// Events and the scopes they begin and end: start, end and intermediate events, sub-processes. A list.
import { intermediateRules } from './intermediate-rules.ts';
import type { StructureRule } from './rule.ts';
import { startEndRules } from './start-end-rules.ts';
import { subProcessRules } from './sub-process-rules.ts';

export const eventRules: readonly StructureRule[] = [...startEndRules, ...intermediateRules, ...subProcessRules];

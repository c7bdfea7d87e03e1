// The gate's table: every rule by name, in the order in which an analyst reads the findings.
import { deadlineRules } from './deadline-rules.ts';
import { expressionRules } from './expression-rules.ts';
import { flowRules } from './flow-rules.ts';
import { lawRules } from './law-rules.ts';
import { mailRules } from './mail-rules.ts';
import { rateRules } from './rate-rules.ts';
import { referenceRules } from './reference-rules.ts';
import { stepRules } from './step-rules.ts';
import type { DiagramSubject, PackageSubject, Rule } from './rule.ts';

/** Need only the diagram. */
export const diagramRules: readonly Rule<DiagramSubject>[] = [...flowRules, ...stepRules];
/** Need a package that could be compiled. */
export const packageRules: readonly Rule<PackageSubject>[] = [
  ...referenceRules,
  ...deadlineRules,
  ...expressionRules,
  ...mailRules,
  ...rateRules,
  ...lawRules,
];

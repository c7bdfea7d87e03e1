// The structural rules of BPMN 2.0.2 on a parsed diagram, as tables. Pure and linear: one walk builds an index, each row asks it.
export { structureFindings } from './structure-findings.ts';
export { structureRules } from './rules.ts';
export type { StructureOptions } from './rule.ts';

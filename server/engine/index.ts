// The engine: BPMN and DMN at run time, in memory. Everything the other floors may use is listed here.
export { compileDecisions } from './compile-decisions.ts';
export { compileFile } from './compile-file.ts';
export type { CompiledFile, CompileOptions } from './compile-file.ts';
export { compileProcess } from './compile-process.ts';
export { decide } from './decide.ts';
export type { DecisionResult } from './decide.ts';
export { DecisionError } from './decision-model.ts';
export type {
  Aggregation,
  Decision,
  DecisionInput,
  DecisionLogic,
  DecisionModel,
  DecisionOutput,
  DecisionRule,
  HitPolicy,
  OrdinanceWords,
} from './decision-model.ts';
export { migrateState } from './migration/migrate-state.ts';
export type { Change as MigrationChange, MigrationPlan, MigrationVerdict, Reason as MigrationReason } from './migration/plan.ts';
export { isEnterable } from './migration/fits.ts';
export { proposePlan } from './migration/propose-plan.ts';
export type { Proposal } from './migration/propose-plan.ts';
export { restingIn } from './migration/resting.ts';
export type { Resting } from './migration/resting.ts';
export { ModelError } from './model-error.ts';
export type { ModelFinding } from './model-error.ts';
export { parseBpmn } from './parse-bpmn.ts';
export type { ParsedBpmn } from './parse-bpmn.ts';
export type {
  CitizenText,
  DeadlineEventRule,
  EventTrigger,
  NodeKind,
  ProcessFlow,
  ProcessModel,
  ProcessNode,
  ProcessScope,
  TimerRule,
} from './process-model.ts';
export { allNodes, findNode } from './process-model.ts';
export { openRun, step } from './run.ts';
export type { Run } from './run.ts';
export { addDuration } from './timer-text.ts';
export { structureFindings } from './structure/index.ts';
export * from './types.ts';
export type { XmlElement } from './xml-element.ts';

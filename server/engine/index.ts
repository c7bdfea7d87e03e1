// The engine: BPMN and DMN at run time, in memory. Everything the other floors may use is listed here.
export { compileDecisions } from './compile-decisions.ts';
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
export { openRun, step } from './run.ts';
export type { Run } from './run.ts';
export { addDuration } from './timer-text.ts';
export * from './types.ts';
export type { XmlElement } from './xml-element.ts';

// Runs every rule over one parsed diagram.
import type { ModelFinding } from '../model-error.ts';
import type { ParsedBpmn } from '../parse-bpmn.ts';
import { shownAt } from './kinds.ts';
import { indexModel } from './model-index.ts';
import type { ModelIndex } from './model-index.ts';
import type { Fault, StructureOptions, StructureRule } from './rule.ts';
import { structureRules } from './rules.ts';

/** All findings, rule by rule. Never throws for what a file holds. Each element once per rule. */
export function structureFindings(parsed: ParsedBpmn, { bare = false }: StructureOptions = {}): readonly ModelFinding[] {
  const told = bare ? toldBare : toldOurs;
  const before = told.get(parsed);
  if (before) return before;
  const model = indexModel(parsed);
  const findings = structureRules.filter(({ only }) => bare || only !== 'bare').flatMap((rule) => findingsOf(rule, model, bare));
  told.set(parsed, findings);
  return findings;
}
/** What was found in a file stays true as long as it is kept. */
const toldBare = new WeakMap<ParsedBpmn, readonly ModelFinding[]>();
const toldOurs = new WeakMap<ParsedBpmn, readonly ModelFinding[]>();

function findingsOf(rule: StructureRule, model: ModelIndex, bare: boolean): readonly ModelFinding[] {
  const found = new Map<string, ModelFinding>();
  for (const fault of faultsOf(rule, model)) {
    const element = typeof fault.element === 'string' ? fault.element : shownAt(fault.element);
    const message = fault.message ?? rule.says;
    found.set(`${element} ${message}`, { rule: rule.name, severity: severityOf(rule, fault, model, bare), element, message });
  }
  return [...found.values()];
}

function faultsOf(rule: StructureRule, model: ModelIndex): readonly Fault[] {
  return rule.on.flatMap((type) =>
    model.ofType(type).flatMap((element): readonly Fault[] => {
      const verdict = rule.check(element, model);
      return typeof verdict === 'boolean' ? (verdict ? [{ element }] : []) : verdict;
    }),
  );
}

function severityOf(rule: StructureRule, { element }: Fault, model: ModelIndex, bare: boolean): 'error' | 'warning' {
  if (!bare && rule.house !== undefined) return rule.house;
  if (rule.severity !== 'execution') return rule.severity;
  return typeof element !== 'string' && model.isExecutable(element) ? 'error' : 'warning';
}

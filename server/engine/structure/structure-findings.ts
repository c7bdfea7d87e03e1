// Runs every rule over one parsed diagram.
import type { ModelFinding } from '../model-error.ts';
import type { ParsedBpmn } from '../parse-bpmn.ts';
import type { XmlElement } from '../xml-element.ts';
import { shownAt } from './kinds.ts';
import { indexModel } from './model-index.ts';
import type { ModelIndex } from './model-index.ts';
import type { Fault, StructureOptions, StructureRule } from './rule.ts';
import { structureRules } from './rules.ts';

/** All findings, rule by rule. Never throws for what a file holds. Each element once per rule. */
export function structureFindings(parsed: ParsedBpmn, options: StructureOptions = {}): readonly ModelFinding[] {
  const model = indexModel(parsed);
  return structureRules.filter((rule) => rule.only !== 'bare' || options.bare === true).flatMap((rule) => findingsOf(rule, model));
}

function findingsOf(rule: StructureRule, model: ModelIndex): readonly ModelFinding[] {
  const found = new Map<string, ModelFinding>();
  for (const type of rule.on) {
    for (const element of model.ofType(type)) {
      const verdict = rule.check(element, model);
      const faults: readonly Fault[] = typeof verdict === 'boolean' ? (verdict ? [{ element }] : []) : verdict;
      for (const fault of faults) {
        const finding = findingOf(rule, fault, model);
        found.set(`${finding.element} ${finding.message}`, finding);
      }
    }
  }
  return [...found.values()];
}

function findingOf(rule: StructureRule, { element, message }: Fault, model: ModelIndex): ModelFinding {
  return {
    rule: rule.name,
    severity:
      rule.severity === 'execution' ? (typeof element !== 'string' && isExecuted(element, model) ? 'error' : 'warning') : rule.severity,
    element: typeof element === 'string' ? element : shownAt(element),
    message: message ?? rule.says,
  };
}

function isExecuted(element: XmlElement, model: ModelIndex): boolean {
  return model.isExecutable(element);
}

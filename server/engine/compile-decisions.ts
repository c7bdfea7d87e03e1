// From DMN files to decision tables, once per version. Refuses what the evaluator does not know, expression by expression.
import { DmnModdle } from 'dmn-moddle';
import { checkFeel } from '../../forms/feel.ts';
import { spisDmnDescriptor } from '../contract/spis-moddle.ts';
import type {
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
import { freezeDeep } from './freeze.ts';
import { ModelError } from './model-error.ts';
import type { ModelFinding } from './model-error.ts';
import { refuseDangerousXml } from './parse-bpmn.ts';
import { elementOf, elementsOf, idOf, isElement, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

const HIT_POLICIES: readonly string[] = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'];
const WORDS = ['ordinance', 'effectiveFrom', 'effectiveTo', 'statutoryMax', 'unit'] as const;
const LARGEST_TABLE = 20_000;

/** Decisions of all files of a situation together; `xmls` by file name. Throws `ModelError` with every finding. */
export async function compileDecisions(xmls: Readonly<Record<string, string>>): Promise<DecisionModel> {
  const findings: ModelFinding[] = [];
  const decisions = new Map<string, Decision>();
  for (const [file, xml] of Object.entries(xmls)) {
    for (const decision of await decisionsOf(file, xml, findings)) {
      if (decisions.has(decision.id))
        findings.push({
          rule: 'duplicate-decision',
          severity: 'error',
          element: decision.id,
          message: `Rozhodnutí ${decision.id} je v souborech dvakrát.`,
        });
      decisions.set(decision.id, decision);
    }
  }
  for (const decision of decisions.values()) findings.push(...checkRequirements(decision, decisions));
  if (findings.length > 0) throw new ModelError(findings);
  return freezeDeep({ decisions });
}

async function decisionsOf(file: string, xml: string, findings: ModelFinding[]): Promise<readonly Decision[]> {
  const root = await parse(file, xml, findings);
  return elementsOf(root, 'drgElement')
    .filter((element) => element.$type === 'dmn:Decision')
    .flatMap((element) => decisionOf(file, element, findings) ?? []);
}

async function parse(file: string, xml: string, findings: ModelFinding[]): Promise<XmlElement> {
  refuseDangerousXml(xml);
  try {
    const { rootElement, warnings } = (await new DmnModdle({ spis: spisDmnDescriptor }).fromXML(xml, 'dmn:Definitions')) as {
      rootElement: unknown;
      warnings: readonly { message: string }[];
    };
    for (const { message } of warnings)
      findings.push({ rule: 'xml-invalid', severity: 'error', element: '', message: `Soubor ${file} nelze přečíst celý: ${message}` });
    if (isElement(rootElement)) return rootElement;
  } catch (error) {
    throw new ModelError([{ rule: 'xml-invalid', severity: 'error', element: '', message: `Soubor ${file} není platné DMN.` }], error);
  }
  throw new ModelError([{ rule: 'xml-invalid', severity: 'error', element: '', message: `Soubor ${file} není platné DMN.` }]);
}

function decisionOf(file: string, element: XmlElement, findings: ModelFinding[]): Decision | undefined {
  const id = idOf(element);
  const logic = logicOf(element, findings);
  if (!logic) return undefined;
  const variable = elementOf(element, 'variable');
  const name = textOf(element, 'name') ?? id;
  const description = textOf(element, 'description');
  const requirements = elementsOf(element, 'informationRequirement');
  return {
    id,
    name,
    file,
    variable: (variable && textOf(variable, 'name')) ?? id,
    logic,
    requires: requirements.flatMap((requirement) => referenced(requirement, 'requiredDecision')),
    inputData: requirements.flatMap((requirement) => referenced(requirement, 'requiredInput')),
    ...(description ? { description } : {}),
    ...wordsOf(element, WORDS),
  };
}

function referenced(requirement: XmlElement, property: string): readonly string[] {
  const reference = elementOf(requirement, property);
  const href = reference && textOf(reference, 'href');
  return href ? [href.replace(/^.*#/, '')] : [];
}

function wordsOf<Word extends keyof OrdinanceWords>(element: XmlElement, words: readonly Word[]): Partial<Record<Word, string>> {
  const found: Partial<Record<Word, string>> = {};
  for (const word of words) {
    const value = textOf(element, `spis:${word}`);
    if (value !== undefined) found[word] = value;
  }
  return found;
}

function logicOf(decision: XmlElement, findings: ModelFinding[]): DecisionLogic | undefined {
  const logic = elementOf(decision, 'decisionLogic');
  if (logic?.$type === 'dmn:DecisionTable') return tableOf(idOf(decision), logic, findings);
  if (logic?.$type === 'dmn:LiteralExpression') {
    const expression = textOf(logic, 'text') ?? '';
    check(findings, idOf(decision), 'Výraz', expression);
    return { kind: 'expression', expression };
  }
  findings.push({
    rule: 'unsupported-decision',
    severity: 'error',
    element: idOf(decision),
    message: 'Rozhodnutí smí být jen tabulka nebo výraz FEEL.',
  });
  return undefined;
}

function tableOf(decisionId: string, table: XmlElement, findings: ModelFinding[]): DecisionLogic {
  const hitPolicy = textOf(table, 'hitPolicy') ?? 'UNIQUE';
  if (!HIT_POLICIES.includes(hitPolicy))
    findings.push({
      rule: 'unsupported-hit-policy',
      severity: 'error',
      element: decisionId,
      message: `Pravidlo shody ${hitPolicy} rozhodování nezná.`,
    });
  const aggregation = textOf(table, 'aggregation') as Aggregation | undefined;
  const inputs = elementsOf(table, 'input').map((input) => inputOf(decisionId, input, findings));
  const outputs = elementsOf(table, 'output').map((output) => outputOf(decisionId, output, findings));
  const rules = elementsOf(table, 'rule').map((rule, index) => ruleOf(rule, index + 1));
  for (const rule of rules) checkRule(rule, inputs.length, outputs.length, decisionId, findings);
  if (rules.length * (inputs.length + outputs.length) > LARGEST_TABLE)
    findings.push({ rule: 'too-large', severity: 'error', element: decisionId, message: 'Tabulka má příliš mnoho buněk.' });
  if (outputs.length === 0)
    findings.push({ rule: 'missing-output', severity: 'error', element: decisionId, message: 'Tabulka nemá výstup.' });
  if (aggregation && outputs.length > 1)
    findings.push({
      rule: 'unsupported-hit-policy',
      severity: 'error',
      element: decisionId,
      message: 'Sčítat lze jen tabulku s jedním výstupem (DMN 1.5, 8.2.8).',
    });
  if ((hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER') && !outputs.every((output) => output.allowedValues)) {
    findings.push({
      rule: 'missing-priorities',
      severity: 'error',
      element: decisionId,
      message: 'Pravidla shody PRIORITY a OUTPUT ORDER potřebují u výstupů seznam hodnot podle důležitosti (DMN 1.5, 8.2.8).',
    });
  }
  return {
    kind: 'table',
    hitPolicy: hitPolicy as HitPolicy,
    ...(hitPolicy === 'COLLECT' && aggregation ? { aggregation } : {}),
    inputs,
    outputs,
    rules,
  };
}

function inputOf(decisionId: string, input: XmlElement, findings: ModelFinding[]): DecisionInput {
  const expression = elementOf(input, 'inputExpression');
  const text = (expression && textOf(expression, 'text')) ?? '';
  const type = expression && textOf(expression, 'typeRef');
  const allowedValues = textIn(input, 'inputValues');
  check(findings, decisionId, `Vstup ${textOf(input, 'label') ?? idOf(input)}`, text);
  if (allowedValues) check(findings, decisionId, 'Dovolené hodnoty', allowedValues, 'unary-tests');
  return {
    id: idOf(input),
    label: textOf(input, 'label') ?? text,
    expression: text,
    ...(type ? { type } : {}),
    ...(allowedValues ? { allowedValues } : {}),
  };
}

function outputOf(decisionId: string, output: XmlElement, findings: ModelFinding[]): DecisionOutput {
  const name = textOf(output, 'name') ?? 'vysledek';
  const type = textOf(output, 'typeRef');
  const allowedValues = textIn(output, 'outputValues');
  const defaultValue = textIn(output, 'defaultOutputEntry');
  if (allowedValues) check(findings, decisionId, 'Hodnoty výstupu', allowedValues, 'unary-tests');
  if (defaultValue) check(findings, decisionId, 'Výchozí hodnota', defaultValue);
  return {
    id: idOf(output),
    name,
    label: textOf(output, 'label') ?? name,
    ...(type ? { type } : {}),
    ...(allowedValues ? { allowedValues } : {}),
    ...(defaultValue ? { defaultValue } : {}),
    ...wordsOf(output, ['statutoryMax', 'unit']),
  };
}

function ruleOf(rule: XmlElement, number: number): DecisionRule {
  const texts = (property: string): readonly string[] => elementsOf(rule, property).map((entry) => textOf(entry, 'text') ?? '');
  const annotation =
    texts('annotationEntry')
      .filter((text) => text !== '')
      .join('; ') || textOf(rule, 'description');
  return {
    id: idOf(rule),
    number,
    inputs: texts('inputEntry').map((text) => text || '-'),
    outputs: texts('outputEntry'),
    ...(annotation ? { annotation } : {}),
  };
}

function checkRule(rule: DecisionRule, inputs: number, outputs: number, decisionId: string, findings: ModelFinding[]): void {
  if (rule.inputs.length !== inputs || rule.outputs.length !== outputs) {
    findings.push({
      rule: 'ragged-table',
      severity: 'error',
      element: decisionId,
      message: `Pravidlo ${rule.number} má jiný počet buněk než tabulka.`,
    });
  }
  for (const cell of rule.inputs) check(findings, decisionId, `Pravidlo ${rule.number}`, cell, 'unary-tests');
  for (const cell of rule.outputs) check(findings, decisionId, `Pravidlo ${rule.number}`, cell);
}

function textIn(element: XmlElement, property: string): string | undefined {
  const container = elementOf(element, property);
  return container && textOf(container, 'text');
}

function check(
  findings: ModelFinding[],
  element: string,
  where: string,
  expression: string,
  kind: 'expression' | 'unary-tests' = 'expression',
): void {
  if (kind === 'unary-tests' && expression === '-') return;
  const mistake = checkFeel(expression, kind);
  if (mistake !== undefined) findings.push({ rule: 'bad-expression', severity: 'error', element, message: `${where}: ${mistake}` });
}

function checkRequirements(decision: Decision, all: ReadonlyMap<string, Decision>): readonly ModelFinding[] {
  const missing = decision.requires.filter((id) => !all.has(id));
  const circular = reaches(decision.id, decision, all, new Set());
  return [
    ...missing.map((id): ModelFinding => ({
      rule: 'missing-decision',
      severity: 'error',
      element: decision.id,
      message: `Požadované rozhodnutí ${id} v souborech není.`,
    })),
    ...(circular ? [circularDecision(decision.id)] : []),
  ];
}

function circularDecision(element: string): ModelFinding {
  return { rule: 'circular-decision', severity: 'error', element, message: 'Rozhodnutí závisí samo na sobě.' };
}

function reaches(target: string, from: Decision, all: ReadonlyMap<string, Decision>, seen: Set<string>): boolean {
  return from.requires.some((id) => {
    if (id === target) return true;
    const next = all.get(id);
    if (!next || seen.has(id)) return false;
    seen.add(id);
    return reaches(target, next, all, seen);
  });
}

// The publication gate: everything that can be known to be wrong about a life situation before anybody files. `npm run check:processes`,
// the modeler and publication all ask here.
import { ModelError, parseBpmn, structureFindings } from '../engine/index.ts';
import type { XmlElement } from '../engine/index.ts';
import { attemptSituation, PROCESS_FILE } from './compile-situation.ts';
import type { Attempt, CompiledSituation } from './compile-situation.ts';
import { effectCards } from './effects.ts';
import type { EffectCard } from './effects.ts';
import type { StatutoryLaw } from './law/statutory-law.ts';
import { isPartOfSituation, statutoryLaw } from './read-folder.ts';
import { diagramRules, packageRules } from './rules/index.ts';
import { DOUBTS, lawRules } from './rules/law-rules.ts';
import type { Rule } from './rules/rule.ts';
import { runScenarios } from './scenarios/run-scenarios.ts';
import type { ScenarioReport } from './scenarios/run-scenarios.ts';
import type { Finding, SituationFiles } from './types.ts';

export interface Registry {
  /** Effects that the town can perform. */
  readonly effects: readonly EffectCard[];
  /** Content hash of the newest version: the same content is not published twice. */
  readonly previous?: string;
  /** What the law fixes; the house's own file when not given. */
  readonly law?: StatutoryLaw;
}

export interface CheckOutcome {
  readonly findings: readonly Finding[];
  /** Empty when the package could not be compiled. */
  readonly scenarios: readonly ScenarioReport[];
}

const MOST_BYTES = 5_000_000;
const MOST_FILES = 300;

/** Errors refuse publication, warnings do not. Findings of scenarios are warnings: a changed rate may differ from what a scenario expects. */
export async function checkSituation(files: SituationFiles, registry: Registry = { effects: effectCards }): Promise<readonly Finding[]> {
  return (await examineSituation(files, registry)).findings;
}

/** As `checkSituation`, with a report on every scenario. */
export async function examineSituation(files: SituationFiles, registry: Registry = { effects: effectCards }): Promise<CheckOutcome> {
  const tooMuch = packageFindings(files);
  if (tooMuch.some(({ severity }) => severity === 'error')) return { findings: tooMuch, scenarios: [] };
  const attempt = await attemptSituation(files);
  const { drawn, warnings } = attempt.model ? await drawing(files[PROCESS_FILE] ?? '') : nothingDrawn;
  const findings = [
    ...tooMuch,
    ...attempt.findings,
    ...warnings,
    ...ruleFindings(attempt, drawn, { ...registry, law: registry.law ?? (await statutoryLaw()) }),
    ...sameContent(attempt, registry),
  ];
  const { sheet, model, decisions } = attempt;
  if (attempt.findings.length > 0 || !sheet || !model || !decisions) return { findings, scenarios: [] };
  const { reports, findings: told } = await runScenarios({ ...attempt, sheet, model, decisions }, registry.effects);
  return { findings: [...findings, ...told], scenarios: reports };
}

function ruleFindings(
  attempt: Attempt,
  drawn: ReadonlySet<string>,
  { effects, law }: Required<Pick<Registry, 'effects' | 'law'>>,
): readonly Finding[] {
  const { sheet, model, decisions } = attempt;
  if (!model) return [];
  const ofDiagram = diagramRules.flatMap((rule) => apply(rule, { model, drawn }));
  if (!sheet || !decisions) return ofDiagram;
  return [...ofDiagram, ...packageRules.flatMap((rule) => apply(rule, { ...attempt, sheet, model, decisions, drawn, effects, law }))];
}

/** Sentences about the uncertain ground on which a compiled version stands: a doubtful maximum, a reading of an unclear place. */
export async function doubtsOf(situation: CompiledSituation): Promise<readonly string[]> {
  const subject = { ...situation, drawn: new Set<string>(), effects: effectCards, law: await statutoryLaw() };
  return lawRules.filter(({ name }) => DOUBTS.has(name)).flatMap((rule) => rule.check(subject).map(({ message }) => message));
}

function apply<Subject>(rule: Rule<Subject>, subject: Subject): readonly Finding[] {
  return rule.check(subject).map(({ file = PROCESS_FILE, element, message }) => ({
    rule: rule.name,
    severity: rule.severity,
    file,
    message,
    ...(element === undefined ? {} : { element }),
  }));
}

function packageFindings(files: SituationFiles): readonly Finding[] {
  const names = Object.keys(files);
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(files[name] ?? ''), 0);
  const strange = names
    .filter((name) => !isPartOfSituation(name))
    .map((name): Finding => ({
      rule: 'unknown-file',
      severity: 'error',
      file: name,
      message: `Soubor „${name}“ do životní situace nepatří, nebo má v názvu diakritiku či velká písmena.`,
    }));
  const many: readonly Finding[] =
    bytes > MOST_BYTES || names.length > MOST_FILES
      ? [
          {
            rule: 'too-large',
            severity: 'error',
            file: PROCESS_FILE,
            message: `Balíček má ${names.length} souborů a ${bytes} bajtů; nejvýše smí mít ${MOST_FILES} souborů a ${MOST_BYTES} bajtů.`,
          },
        ]
      : [];
  return [...strange, ...many];
}

function sameContent({ hash }: Attempt, { previous }: Registry): readonly Finding[] {
  return previous === hash
    ? [
        {
          rule: 'same-content',
          severity: 'error',
          file: PROCESS_FILE,
          message: 'Obsah je stejný jako ve zveřejněné verzi. Není co zveřejnit.',
        },
      ]
    : [];
}

interface Drawing {
  /** Ids with a shape or an edge in the diagram part of the file (BPMN 2.0.2, chapter 12). */
  readonly drawn: ReadonlySet<string>;
  /** What the specification merely advises against; its errors are among the attempt's findings. */
  readonly warnings: readonly Finding[];
}
const nothingDrawn: Drawing = { drawn: new Set(), warnings: [] };

async function drawing(xml: string): Promise<Drawing> {
  try {
    const parsed = await parseBpmn(xml);
    const shapes = listOf(parsed.definitions, 'diagrams').flatMap((diagram) => listOf(diagram.get('plane'), 'planeElement'));
    return {
      drawn: new Set(shapes.map((shape) => idOf(shape.get('bpmnElement')))),
      warnings: structureFindings(parsed, {})
        .filter(({ severity }) => severity === 'warning')
        .map(({ rule, element, message }) => ({ rule, severity: 'warning', file: PROCESS_FILE, message, ...(element ? { element } : {}) })),
    };
  } catch (error) {
    if (error instanceof ModelError) return nothingDrawn;
    throw error;
  }
}

function listOf(element: unknown, property: string): readonly XmlElement[] {
  const value = isElement(element) ? element.get(property) : undefined;
  return Array.isArray(value) ? value.filter(isElement) : [];
}

function idOf(element: unknown): string {
  const id = isElement(element) ? element.get('id') : undefined;
  return typeof id === 'string' ? id : '';
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}

// From a BPMN file to the processes in it. Done once per version; what is not run right is refused here by a named rule.
import { collaborationOf } from './collaboration.ts';
import type { Collaboration } from './collaboration.ts';
import { checkModel } from './check-model.ts';
import { documentText } from './document-text.ts';
import { newNotes } from './compile-notes.ts';
import type { CompileNotes } from './compile-notes.ts';
import { compileTables } from './compile-tables.ts';
import { ModelError } from './model-error.ts';
import type { ModelFinding } from './model-error.ts';
import { parseBpmn } from './parse-bpmn.ts';
import type { ParsedBpmn } from './parse-bpmn.ts';
import type { ProcessModel } from './process-model.ts';
import { structureFindings } from './structure/index.ts';
import { elementsOf, flagOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

const MAX_ELEMENTS = 2_000;

export interface CompileOptions {
  /** Plain BPMN 2.0: nothing is demanded that only this house knows. Default: false. */
  readonly bare?: boolean;
  /** Other published processes that call activities may name; `undefined` when there is none with that id. */
  readonly resolve?: (calledElement: string) => ProcessModel | undefined;
  /** It was accepted and has running cases: rules of the drawing that were learnt since do not hold them up. Default: false. */
  readonly isPublished?: boolean;
}

export interface CompiledFile {
  /** No finding is an error. */
  readonly accepted: boolean;
  readonly findings: readonly ModelFinding[];
  /** What can be started: executable processes, in plain BPMN all with contents. Empty when not accepted. */
  readonly processes: readonly ProcessModel[];
  readonly collaboration: Collaboration;
}

/** Bytes are read in the encoding their XML declaration names. Nothing is thrown for a faulty file: its faults are findings. */
export async function compileFile(source: string | Uint8Array, options: CompileOptions = {}): Promise<CompiledFile> {
  try {
    return compileParsed(await parseBpmn(documentText(source)), options);
  } catch (error) {
    if (error instanceof ModelError)
      return { accepted: false, findings: error.findings, processes: [], collaboration: { messageFlows: [], pools: new Map() } };
    throw error;
  }
}

export function compileParsed(parsed: ParsedBpmn, options: CompileOptions): CompiledFile {
  const bare = options.bare === true;
  const findings: ModelFinding[] = [];
  const count = Object.keys(parsed.elementsById).length;
  if (count > MAX_ELEMENTS) throw new ModelError([tooLarge(count)]);
  const structural = [...(options.isPublished === true ? [] : structureOf(parsed, bare)), ...languageFindings(parsed.definitions, bare)];
  const notes = newNotes(Object.values(parsed.elementsById), findings, bare);
  const roots = elementsOf(parsed.definitions, 'rootElements');
  const mains = mainsOf(roots, bare);
  const library = compileRoots(roots, mains, parsed, notes, options);
  const processes = mains.flatMap((root) => library.get(idOf(root)) ?? []);
  for (const root of roots) {
    const model = library.get(idOf(root));
    if (model) findings.push(...checkModel(model));
  }
  const all = [...structural, ...findings.filter((finding) => !isTold(structural, finding))];
  const accepted = all.every(({ severity }) => severity !== 'error');
  return { accepted, findings: all, processes: accepted ? processes : [], collaboration: collaborationOf(parsed.definitions) };
}

/** Whether a called element is there is known only here, where other published processes are asked too. */
function structureOf(parsed: ParsedBpmn, bare: boolean): readonly ModelFinding[] {
  return structureFindings(parsed, { bare }).filter(({ rule }) => rule !== 'called-element-unknown');
}

/** What a structural rule may have told already; language, names and words of other engines are matters of their own. */
const OVERLAPPING: ReadonlySet<string> = new Set([
  'bad-boundary',
  'bad-event-gateway',
  'bad-start',
  'bad-timer',
  'broken-flow',
  'link-without-target',
  'missing-cardinality',
  'missing-error-code',
  'missing-message',
  'missing-start',
  'unreachable',
  'unsupported-element',
]);

/** One sentence for one fault: the rule of the specification goes before what the tables show. */
const isTold = (structural: readonly ModelFinding[], own: ModelFinding): boolean =>
  OVERLAPPING.has(own.rule) &&
  structural.some(({ element, rule, severity }) => element === own.element && (severity === 'error' || rule === own.rule));

/** Processes to start. In plain BPMN all with contents: those that are not executable answer messages of the others. */
function mainsOf(roots: readonly XmlElement[], bare: boolean): readonly XmlElement[] {
  const processes = roots.filter((root) => root.$type === 'bpmn:Process');
  return processes.filter((process) => flagOf(process, 'isExecutable') || (bare && elementsOf(process, 'flowElements').length > 0));
}

/** The processes to start and whatever they call, each once. */
function compileRoots(
  roots: readonly XmlElement[],
  mains: readonly XmlElement[],
  parsed: ParsedBpmn,
  notes: CompileNotes,
  options: CompileOptions,
): ReadonlyMap<string, ProcessModel> {
  const hasDiagram = elementsOf(parsed.definitions, 'diagrams').length > 0;
  const callable = new Map(roots.filter((root) => root.$instanceOf?.('bpmn:CallableElement') === true).map((root) => [idOf(root), root]));
  const library = new Map<string, ProcessModel>();
  const open = [...mains];
  for (let root = open.shift(); root; root = open.shift()) {
    if (library.has(idOf(root))) continue;
    const model = compileTables(root, hasDiagram, library, notes);
    library.set(model.processId, model);
    for (const called of calledBy(model)) {
      const drawn = callable.get(called);
      if (drawn) open.push(drawn);
      else bringIn(called, library, options);
    }
  }
  return library;
}

const calledBy = (model: ProcessModel): readonly string[] => [...model.nodes.values()].flatMap((node) => node.calls ?? []);

/** Another published process comes with all that it calls. */
function bringIn(called: string, library: Map<string, ProcessModel>, { resolve }: CompileOptions): void {
  const found = library.has(called) ? undefined : resolve?.(called);
  if (!found) return;
  for (const [id, model] of found.library) if (!library.has(id)) library.set(id, model);
  library.set(called, found);
}

function languageFindings(definitions: XmlElement, bare: boolean): readonly ModelFinding[] {
  const language = textOf(definitions, 'expressionLanguage');
  if (!bare || language === undefined || /feel|XPath/i.test(language)) return [];
  const message = `Jazyk výrazů ${language} případ nezná; výrazy bez vlastního jazyka se čtou jako FEEL.`;
  return [{ rule: 'unknown-expression-language', severity: 'warning', element: idOf(definitions), message }];
}

function tooLarge(count: number): ModelFinding {
  return { rule: 'too-large', severity: 'error', element: '', message: `Diagram má ${count} prvků, nejvýše smí mít ${MAX_ELEMENTS}.` };
}

// From BPMN text to moddle elements. Refuses what could hurt before it is parsed: a document type, a huge file.
import { BpmnModdle } from 'bpmn-moddle';
import { spisDescriptor } from '../contract/spis-moddle.ts';
import { bpmnDescriptor } from './bpmn-descriptor.ts';
import { evenAttributes } from './even-attributes.ts';
import { ModelError } from './model-error.ts';
import { settleProblems } from './reader-problems.ts';
import type { ReaderProblem, ReaderWarning } from './reader-problems.ts';
import { isElement } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

const MAX_BYTES = 1_000_000;
/** Keeps the types it has built; a file leaves nothing behind in it. */
const reader = new BpmnModdle({ bpmn: bpmnDescriptor, spis: spisDescriptor });

export interface ParsedBpmn {
  readonly definitions: XmlElement;
  /** What the reader did not understand, e.g. `unresolved reference <x>`. */
  readonly warnings: readonly string[];
  /** The same, sorted by kind. */
  readonly problems: readonly ReaderProblem[];
  readonly elementsById: Readonly<Record<string, XmlElement>>;
}

/** The newest file read: the gate asks for the same one two or three times, and reading is half of a check. Nobody writes into what was read. */
let newest: { readonly xml: string; readonly parsed: Promise<ParsedBpmn> } | undefined;

/** Throws `ModelError` with rule `too-large`, `doctype` or `xml-invalid`. */
export function parseBpmn(xml: string): Promise<ParsedBpmn> {
  if (newest?.xml !== xml) newest = { xml, parsed: read(xml) };
  return newest.parsed;
}

async function read(xml: string): Promise<ParsedBpmn> {
  refuseDangerousXml(xml);
  try {
    const parsed = await reader.fromXML(evenAttributes(xml));
    return asParsed(parsed);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError([{ rule: 'xml-invalid', severity: 'error', element: '', message: 'Soubor není platný diagram BPMN.' }], error);
  }
}

/** The same gate for BPMN and DMN. */
export function refuseDangerousXml(xml: string): void {
  if (new TextEncoder().encode(xml).length > MAX_BYTES) {
    throw new ModelError([{ rule: 'too-large', severity: 'error', element: '', message: 'Soubor je větší než 1 MB.' }]);
  }
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) {
    throw new ModelError([{ rule: 'doctype', severity: 'error', element: '', message: 'Soubor nesmí obsahovat DOCTYPE ani entity.' }]);
  }
}

function asParsed(parsed: unknown): ParsedBpmn {
  const { rootElement, warnings, elementsById } = parsed as {
    rootElement: unknown;
    warnings: ReaderWarning[];
    elementsById: Record<string, XmlElement>;
  };
  if (!isElement(rootElement) || rootElement.$type !== 'bpmn:Definitions') {
    throw new ModelError([{ rule: 'xml-invalid', severity: 'error', element: '', message: 'Kořenem souboru není bpmn:definitions.' }]);
  }
  const problems = settleProblems(rootElement, elementsById, warnings);
  const understood = problems.filter(({ kind }) => kind !== 'missing-id' && kind !== 'external');
  return { definitions: rootElement, warnings: understood.map(({ message }) => message), problems, elementsById };
}

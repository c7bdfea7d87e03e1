// References: each must lead somewhere, and to an element of its kind (the XML Schema says QName or IDREF, the class diagrams say which class).
import { elementOf, elementsOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { is } from './kinds.ts';
import { REFERENCES } from './reference-table.ts';
import type { Reference } from './reference-table.ts';
import type { StructureRule } from './rule.ts';
import type { ReaderProblem } from '../reader-problems.ts';

/** Kinds of data of an XML Schema (`xsd:string`) are imported by their nature. */
const TYPES_OF_DATA = new Set(['itemSubjectRef', 'itemRef', 'structureRef', 'type', 'evaluatesToTypeRef']);

export const referenceRules: readonly StructureRule[] = [
  ...REFERENCES.flatMap((reference) => [
    unknownRule(reference),
    ...(reference.wrong === undefined ? [] : [wrongRule(reference, reference.wrong)]),
  ]),
  {
    name: 'reference-unknown',
    severity: 'warning',
    house: 'error',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Prvek odkazuje na něco, co v souboru není.',
    check: (_, model) =>
      model.problems
        .filter((problem) => problem.kind === 'unresolved' && !REFERENCES.some((reference) => fits(reference, problem)))
        .map(({ element, property, value }) => ({
          element: element ?? '',
          message: `Prvek odkazuje v ${property ?? 'atributu'} na „${value}“, ale to v souboru není.`,
        })),
  },
  {
    name: 'reference-external',
    severity: 'warning',
    section: '8.2.2',
    on: ['bpmn:Definitions'],
    says: 'Prvek odkazuje do jiného souboru, který nečteme.',
    check: (_, model) =>
      model.problems
        .filter(({ kind, property }) => kind === 'external' && !TYPES_OF_DATA.has(property ?? ''))
        .map(({ element, value }) => ({ element: element ?? '', message: `Odkaz „${value}“ vede do jiného souboru, který nečteme.` })),
  },
  {
    name: 'listed-flow-mismatch',
    severity: 'warning',
    section: '8.4.7',
    on: ['bpmn:FlowNode'],
    says: 'Seznam incoming nebo outgoing neodpovídá tomu, odkud a kam tok vede.',
    check: (node) =>
      (['incoming', 'outgoing'] as const).some((side) =>
        elementsOf(node, side).some(
          (flow) => is(flow, 'bpmn:SequenceFlow') && elementOf(flow, side === 'incoming' ? 'targetRef' : 'sourceRef') !== node,
        ),
      ),
  },
];

function unknownRule(reference: Reference): StructureRule {
  return {
    name: reference.unknown,
    severity: reference.severity ?? 'error',
    section: reference.section,
    on: ['bpmn:Definitions'],
    says: `Odkaz na ${reference.what} nevede nikam.`,
    check: (_, model) =>
      model.problems
        .filter((problem) => problem.kind === 'unresolved' && fits(reference, problem))
        .map(({ element, value }) => ({
          element: element ?? '',
          message: `Odkaz na ${reference.what} nevede nikam: „${value}“ v souboru není.`,
        })),
  };
}

function wrongRule(reference: Reference, name: string): StructureRule {
  return {
    name,
    severity: reference.wrongSeverity ?? reference.severity ?? 'error',
    section: reference.section,
    on: reference.on,
    says: `Odkaz na ${reference.what} vede na prvek jiného druhu.`,
    check: (element) =>
      reference.properties.some((property) => referred(element, property).some((target) => !is(target, reference.target))),
  };
}

function referred(element: XmlElement, property: string): readonly XmlElement[] {
  const one = elementOf(element, property);
  return one ? [one] : elementsOf(element, property);
}

function fits(reference: Reference, { element, property }: ReaderProblem): boolean {
  return element !== undefined && property !== undefined && reference.properties.includes(property) && is(element, ...reference.on);
}

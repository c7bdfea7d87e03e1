// Data: objects, stores, inputs and outputs, associations between them (BPMN 2.0.2, 10.4.1).
import { elementOf, elementsOf, flagOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { is, numberOf, valueOf } from './kinds.ts';
import { at } from './rule.ts';
import type { StructureRule } from './rule.ts';

const SECTION = '10.4.1';

export const dataRules: readonly StructureRule[] = [
  {
    name: 'data-object-missing',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:DataObjectReference'],
    says: 'Odkaz na datový objekt neříká, který objekt to je (dataObjectRef).',
    check: (reference, model) => !elementOf(reference, 'dataObjectRef') && !model.isDangling(reference, 'dataObjectRef'),
  },
  {
    name: 'data-association-source-missing',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:DataAssociation'],
    says: 'Přenos údajů neříká, odkud se přenáší.',
    check: (association, model) =>
      elementsOf(association, 'sourceRef').length === 0 &&
      !model.isDangling(association, 'sourceRef') &&
      elementsOf(association, 'assignment').length === 0 &&
      !elementOf(association, 'transformation'),
  },
  {
    name: 'data-association-several-sources',
    severity: 'error',
    section: SECTION,
    on: ['bpmn:DataAssociation'],
    says: 'Přenos z více údajů musí mít přeměnu (transformation) nebo přiřazení.',
    check: (association) =>
      elementsOf(association, 'sourceRef').length > 1 &&
      !elementOf(association, 'transformation') &&
      elementsOf(association, 'assignment').length === 0,
  },
  {
    name: 'data-input-without-set',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:InputOutputSpecification'],
    says: 'Datový vstup nepatří do žádné sady vstupů (inputSet).',
    check: (specification) =>
      at(outside(specification, 'dataInputs', 'inputSets', ['dataInputRefs', 'optionalInputRefs', 'whileExecutingInputRefs'])),
  },
  {
    name: 'data-output-without-set',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:InputOutputSpecification'],
    says: 'Datový výstup nepatří do žádné sady výstupů (outputSet).',
    check: (specification) =>
      at(outside(specification, 'dataOutputs', 'outputSets', ['dataOutputRefs', 'optionalOutputRefs', 'whileExecutingOutputRefs'])),
  },
  {
    name: 'optional-input-not-member',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:InputSet'],
    says: 'Nepovinný vstup sady musí být i jejím členem.',
    check: (set) => areNotAmong(elementsOf(set, 'optionalInputRefs'), elementsOf(set, 'dataInputRefs')),
  },
  {
    name: 'optional-output-not-member',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:OutputSet'],
    says: 'Nepovinný výstup sady musí být i jejím členem.',
    check: (set) => areNotAmong(elementsOf(set, 'optionalOutputRefs'), elementsOf(set, 'dataOutputRefs')),
  },
  {
    name: 'property-name-missing',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:Property'],
    says: 'Vlastnost nemá jméno; výrazy ji nenajdou.',
    check: (property) => textOf(property, 'name') === undefined && !/^__/.test(textOf(property, 'id') ?? ''),
  },
  {
    name: 'property-twice',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:Process', 'bpmn:Activity', 'bpmn:Event'],
    says: 'Dvě vlastnosti téhož prvku mají stejné jméno.',
    check: (owner) => at(sameName(elementsOf(owner, 'properties').filter((property) => !/^__/.test(textOf(property, 'name') ?? '')))),
  },
  {
    name: 'data-store-capacity',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:DataStore'],
    says: 'Úložiště dat s omezenou kapacitou (isUnlimited="false") neříká jakou.',
    check: (store) => valueOf(store, 'isUnlimited') === false && numberOf(store, 'capacity') === undefined,
  },
  {
    name: 'collection-mismatch',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:DataObject', 'bpmn:DataInput', 'bpmn:DataOutput'],
    says: 'Údaj je označen jako seznam, ale jeho druh (itemDefinition) seznam není, nebo naopak.',
    check: (data) => {
      const item = elementOf(data, 'itemSubjectRef');
      return (
        item !== undefined &&
        is(item, 'bpmn:ItemDefinition') &&
        flagOf(item, 'isCollection') !== flagOf(data, 'isCollection') &&
        flagOf(data, 'isCollection')
      );
    },
  },
];

function outside(specification: XmlElement, members: string, sets: string, references: readonly string[]): readonly XmlElement[] {
  const all = elementsOf(specification, sets);
  const inside = new Set(all.flatMap((set) => references.flatMap((reference) => elementsOf(set, reference))));
  return all.length === 0 ? [] : elementsOf(specification, members).filter((member) => !inside.has(member));
}

function areNotAmong(some: readonly XmlElement[], all: readonly XmlElement[]): boolean {
  const members = new Set(all);
  return some.some((element) => !members.has(element));
}

function sameName(elements: readonly XmlElement[]): readonly XmlElement[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const name = textOf(element, 'name');
    if (name === undefined) return false;
    const isKnown = seen.has(name);
    seen.add(name);
    return isKnown;
  });
}

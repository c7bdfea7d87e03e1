// What the XML Schema of BPMN 2.0.2 (Semantic.xsd) demands of an element: attributes and parts that must be there, values from a list, numbers.
import { elementOf, elementsOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { valueOf } from './kinds.ts';
import type { ModelIndex, RuleSeverity, StructureRule } from './rule.ts';

type Row = readonly [name: string, on: string, property: string, section: string, says: string, severity?: RuleSeverity];

const REQUIRED: readonly Row[] = [
  ['flow-source-missing', 'bpmn:SequenceFlow', 'sourceRef', '8.4.13', 'Tok neříká, ze kterého kroku vychází.'],
  ['flow-target-missing', 'bpmn:SequenceFlow', 'targetRef', '8.4.13', 'Tok neříká, do kterého kroku vede.'],
  ['boundary-host-missing', 'bpmn:BoundaryEvent', 'attachedToRef', '10.5.4', 'Událost na okraji neříká, na které činnosti leží.'],
  ['association-source-missing', 'bpmn:Association', 'sourceRef', '8.4.1', 'Asociace nemá začátek.'],
  ['association-target-missing', 'bpmn:Association', 'targetRef', '8.4.1', 'Asociace nemá konec.'],
  ['message-flow-source-missing', 'bpmn:MessageFlow', 'sourceRef', '9.4', 'Tok zpráv nemá odesílatele.'],
  ['message-flow-target-missing', 'bpmn:MessageFlow', 'targetRef', '9.4', 'Tok zpráv nemá příjemce.'],
  ['data-association-target-missing', 'bpmn:DataAssociation', 'targetRef', '10.4.1', 'Přenos údajů neříká, kam se přenáší.'],
  ['assignment-from-missing', 'bpmn:Assignment', 'from', '10.4.1', 'Přiřazení údaje neříká, co se přiřazuje.'],
  ['assignment-to-missing', 'bpmn:Assignment', 'to', '10.4.1', 'Přiřazení údaje neříká, kam se přiřazuje.'],
  ['condition-missing', 'bpmn:ConditionalEventDefinition', 'condition', '10.5.5', 'Podmíněná událost nemá podmínku.'],
  [
    'complex-behavior-condition-missing',
    'bpmn:ComplexBehaviorDefinition',
    'condition',
    '10.3.8',
    'Složené chování vícenásobné činnosti nemá podmínku.',
  ],
  ['operation-message-missing', 'bpmn:Operation', 'inMessageRef', '8.5.3', 'Operace služby nemá vstupní zprávu.'],
  ['operation-name-missing', 'bpmn:Operation', 'name', '8.5.3', 'Operace služby nemá jméno.', 'warning'],
  ['interface-name-missing', 'bpmn:Interface', 'name', '8.5.1', 'Rozhraní služby nemá jméno.', 'warning'],
  ['interface-without-operation', 'bpmn:Interface', 'operations', '8.5.1', 'Rozhraní služby nemá žádnou operaci.'],
  ['resource-name-missing', 'bpmn:Resource', 'name', '8.4.12', 'Zdroj (resource) nemá jméno.', 'warning'],
  [
    'correlation-expression-missing',
    'bpmn:CorrelationProperty',
    'correlationPropertyRetrievalExpression',
    '8.4.2',
    'Údaj pro přiřazení zpráv neříká, jak se ze zprávy získá.',
  ],
  [
    'correlation-path-missing',
    'bpmn:CorrelationPropertyRetrievalExpression',
    'messagePath',
    '8.4.2',
    'Výraz pro přiřazení zpráv neříká, kde ve zprávě údaj je.',
  ],
  [
    'correlation-message-missing',
    'bpmn:CorrelationPropertyRetrievalExpression',
    'messageRef',
    '8.4.2',
    'Výraz pro přiřazení zpráv neříká, ze které zprávy se čte.',
  ],
  [
    'correlation-key-missing',
    'bpmn:CorrelationSubscription',
    'correlationKeyRef',
    '8.4.2',
    'Odběr zpráv neříká, podle kterého klíče se přiřazují.',
  ],
  [
    'correlation-binding-path-missing',
    'bpmn:CorrelationPropertyBinding',
    'dataPath',
    '8.4.2',
    'Vazba klíče zprávy neříká, ze kterého údaje případu se bere.',
  ],
  [
    'correlation-binding-property-missing',
    'bpmn:CorrelationPropertyBinding',
    'correlationPropertyRef',
    '8.4.2',
    'Vazba klíče zprávy neříká, ke kterému údaji patří.',
  ],
  ['conversation-link-source-missing', 'bpmn:ConversationLink', 'sourceRef', '9.5', 'Spojnice konverzace nemá začátek.'],
  ['conversation-link-target-missing', 'bpmn:ConversationLink', 'targetRef', '9.5', 'Spojnice konverzace nemá konec.'],
  [
    'participant-association-inner-missing',
    'bpmn:ParticipantAssociation',
    'innerParticipantRef',
    '9.3.1',
    'Přiřazení účastníků neříká, kdo je uvnitř.',
  ],
  [
    'participant-association-outer-missing',
    'bpmn:ParticipantAssociation',
    'outerParticipantRef',
    '9.3.1',
    'Přiřazení účastníků neříká, kdo je vně.',
  ],
  [
    'choreography-initiator-missing',
    'bpmn:ChoreographyActivity',
    'initiatingParticipantRef',
    '11.4',
    'Krok choreografie neříká, kdo začíná.',
  ],
  ['choreography-message-missing', 'bpmn:ChoreographyTask', 'messageFlowRef', '11.4.1', 'Úkol choreografie nemá tok zpráv.'],
  [
    'resource-parameter-missing',
    'bpmn:ResourceParameterBinding',
    'parameterRef',
    '10.3.1',
    'Hodnota parametru zdroje neříká, ke kterému parametru patří.',
  ],
  ['resource-expression-missing', 'bpmn:ResourceAssignmentExpression', 'expression', '10.3.1', 'Přidělení zdroje nemá výraz.'],
  [
    'io-without-input-set',
    'bpmn:InputOutputSpecification',
    'inputSets',
    '10.4.1',
    'Vstupy a výstupy činnosti nemají sadu vstupů (inputSet).',
    'warning',
  ],
  [
    'io-without-output-set',
    'bpmn:InputOutputSpecification',
    'outputSets',
    '10.4.1',
    'Vstupy a výstupy činnosti nemají sadu výstupů (outputSet).',
    'warning',
  ],
];

type Choice = readonly [name: string, on: string, property: string, section: string, values: readonly string[]];

const CHOICES: readonly Choice[] = [
  ['bad-gateway-direction', 'bpmn:Gateway', 'gatewayDirection', '8.4.9', ['Unspecified', 'Converging', 'Diverging', 'Mixed']],
  ['bad-event-gateway-type', 'bpmn:EventBasedGateway', 'eventGatewayType', '10.6.6', ['Exclusive', 'Parallel']],
  ['bad-association-direction', 'bpmn:Association', 'associationDirection', '8.4.1', ['None', 'One', 'Both']],
  ['bad-multi-instance-behavior', 'bpmn:MultiInstanceLoopCharacteristics', 'behavior', '10.3.8', ['None', 'One', 'All', 'Complex']],
  ['bad-ad-hoc-ordering', 'bpmn:AdHocSubProcess', 'ordering', '10.3.5', ['Parallel', 'Sequential']],
  ['bad-item-kind', 'bpmn:ItemDefinition', 'itemKind', '8.4.10', ['Information', 'Physical']],
  ['bad-process-type', 'bpmn:Process', 'processType', '10.2.1', ['None', 'Public', 'Private']],
  [
    'bad-choreography-loop',
    'bpmn:ChoreographyActivity',
    'loopType',
    '11.4',
    ['None', 'Standard', 'MultiInstanceSequential', 'MultiInstanceParallel'],
  ],
];

/** Whole numbers; the reader gives NaN for anything else. */
const INTEGERS: readonly (readonly [on: string, property: string])[] = [
  ['bpmn:Activity', 'startQuantity'],
  ['bpmn:Activity', 'completionQuantity'],
  ['bpmn:StandardLoopCharacteristics', 'loopMaximum'],
  ['bpmn:ParticipantMultiplicity', 'minimum'],
  ['bpmn:ParticipantMultiplicity', 'maximum'],
  ['bpmn:DataStore', 'capacity'],
];

export const requiredRules: readonly StructureRule[] = [
  ...REQUIRED.map(([name, on, property, section, says, severity = 'error']): StructureRule => ({
    name,
    severity,
    section,
    on: [on],
    says,
    check: (element, model) => isAbsent(element, property, model),
  })),
  ...CHOICES.map(([name, on, property, section, values]): StructureRule => ({
    name,
    severity: 'error',
    section,
    on: [on],
    says: `Atribut ${property} smí být jen ${values.join(', ')}.`,
    check: (element) => {
      const value = textOf(element, property);
      return value !== undefined && !values.includes(value);
    },
  })),
  {
    name: 'bad-number',
    severity: 'error',
    section: '8.3.1',
    on: [...new Set(INTEGERS.map(([on]) => on))],
    says: 'Atribut musí být celé číslo.',
    check: (element) =>
      INTEGERS.filter(([on, property]) => (element.$instanceOf?.(on) ?? false) && Number.isNaN(valueOf(element, property))).map(
        ([, property]) => ({
          element,
          message: `Atribut ${property} musí být celé číslo.`,
        }),
      ),
  },
];

function isAbsent(element: XmlElement, property: string, model: ModelIndex): boolean {
  if (model.isDangling(element, property)) return false;
  return textOf(element, property) === undefined && !elementOf(element, property) && elementsOf(element, property).length === 0;
}

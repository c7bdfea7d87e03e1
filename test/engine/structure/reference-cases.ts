// Models for the rules about the file, its ids and its references.
import { A, around, BASE, E, file, flows, inProcess, onBoundary, S } from './models.ts';
import type { Case } from './models.ts';

const MESSAGE = '<message id="m" name="m"/>';
const PROCESS = `<process id="proces" isExecutable="true">${BASE}</process>`;
const POOLS = '<participant id="u1" name="A"/><participant id="u2" name="B" processRef="proces"/>';
const io = (sets: string): string =>
  `${S}<task id="a"><ioSpecification id="io"><dataInput id="in" name="in"/><dataOutput id="out" name="out"/>${sets}</ioSpecification></task>${E}${flows('s a e')}`;
const INPUTS = '<inputSet id="is"><dataInputRefs>in</dataInputRefs></inputSet>';
const OUTPUTS = '<outputSet id="os"><dataOutputRefs>out</dataOutputRefs></outputSet>';
const operation = (parts: string): string =>
  file(
    `${MESSAGE}<error id="ch" name="ch" errorCode="CH"/><interface id="r" name="r"><operation id="o" name="o">${parts}</operation></interface>${PROCESS}`,
  );
const IN_MESSAGE = '<inMessageRef>m</inMessageRef>';
const caught = (definition: string, roots = ''): string =>
  inProcess(around(`<intermediateCatchEvent id="x">${definition}</intermediateCatchEvent>`), roots);
const multi = (attributes: string, parts: string): string =>
  inProcess(
    `${S}<task id="a"><multiInstanceLoopCharacteristics ${attributes}>${parts}</multiInstanceLoopCharacteristics></task>${E}${flows('s a e')}<dataObject id="seznam" isCollection="true"/>`,
    '<signal id="sg" name="sg"/><signalEventDefinition id="sd" signalRef="sg"/>',
  );
const data = (parts: string): string =>
  inProcess(
    `<dataObject id="d"/>${S}<task id="a"><ioSpecification id="io"><dataInput id="in" name="in"/>${INPUTS}<outputSet id="os"/></ioSpecification><dataInputAssociation id="x">${parts}</dataInputAssociation></task>${E}${flows('s a e')}`,
  );
const correlation = (parts: string): string =>
  file(
    `${MESSAGE}<correlationProperty id="cp" name="cp"><correlationPropertyRetrievalExpression id="ce" messageRef="m"><messagePath>x</messagePath></correlationPropertyRetrievalExpression></correlationProperty>` +
      `<collaboration id="c">${POOLS}<correlationKey id="ck" name="ck"><correlationPropertyRef>cp</correlationPropertyRef></correlationKey>${parts}</collaboration>${PROCESS}`,
  );
const subscription = (key: string, property: string): string =>
  correlation('').replace(
    '</process>',
    `<correlationSubscription id="x" correlationKeyRef="${key}"><correlationPropertyBinding id="v" correlationPropertyRef="${property}"><dataPath>x</dataPath></correlationPropertyBinding></correlationSubscription></process>`,
  );
const drawn = (parts: string): string =>
  file(
    `${PROCESS}<bpmndi:BPMNDiagram id="dg"><bpmndi:BPMNPlane id="pl" bpmnElement="proces">${parts}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`,
  );

export const fileCases: readonly Case[] = [
  ['duplicate-id', 'x', inProcess(`${BASE}<dataObject id="x"/><dataObject id="«x|y»"/>`)],
  ['bad-id', '1x', inProcess(`${BASE}<dataObject id="«1x|x1»"/>`)],
  ['unreadable-id', 'údaj', inProcess(`${BASE}<dataObject id="«údaj|udaj»"/>`)],
  ['missing-id', 'DataObject-bez-id-1', inProcess(`${BASE}<dataObject «|id="x"»/>`)],
  ['unknown-element', '', inProcess(`${BASE}«<blud id="x"/>|»`)],
  ['foreign-element', '', inProcess(`${BASE}«<cizi:vec/>|»`)],
  ['unknown-drawing', '', drawn('«<bpmndi:Blud/>|»')],
  ['unknown-attribute', 'a', inProcess(`${S}<task id="a" «barva="x"|cizi:barva="x"»/>${E}${flows('s a e')}`)],
  ['stray-text', '', inProcess(`${BASE}«text|»`)],
  ['xml-malformed', '', inProcess(`${BASE}<dataObject id="x" name=«n|"n"»/>`)],
  ['target-namespace-missing', 'soubor', file(PROCESS, '«|targetNamespace="urn:test"»')],
  ['import-incomplete', 'soubor', file(`<import importType="x" namespace="urn:x" «|location="x.xsd"»/>${PROCESS}`)],
  ['no-executable-process', 'soubor', file(`<process id="proces" isExecutable="«false|true»">${BASE}</process>`)],
  ['process-empty', 'p2', file(`${PROCESS}<process id="p2">«|<task id="t"/>»</process>`)],
];

const attached = (id: string): string =>
  inProcess(
    `${onBoundary(`<boundaryEvent id="x" attachedToRef="${id}"><signalEventDefinition signalRef="sg"/></boundaryEvent>`)}<dataObject id="d"/>`,
    '<signal id="sg" name="sg"/>',
  );

export const referenceCases: readonly Case[] = [
  ['flow-source-unknown', 'x', inProcess(`${BASE}«<sequenceFlow id="x" sourceRef="nic" targetRef="a"/>|»`)],
  [
    'flow-source-not-node',
    'x',
    inProcess(`${S}${E}${flows('s e')}<dataObject id="d"/>«<sequenceFlow id="x" sourceRef="d" targetRef="e"/>|»`),
  ],
  ['flow-target-unknown', 'x', inProcess(`${BASE}«<sequenceFlow id="x" sourceRef="a" targetRef="nic"/>|»`)],
  [
    'flow-target-not-node',
    'x',
    inProcess(
      `${S}<exclusiveGateway id="g"/>${E}${flows('s e')}<dataObject id="d"/>`.replace('<exclusiveGateway id="g"/>', '') +
        '«<sequenceFlow id="x" sourceRef="s" targetRef="proces"/>|»',
    ),
  ],
  ['boundary-host-unknown', 'x', attached('«nic|a»')],
  ['boundary-host-not-activity', 'x', attached('«d|a»')],
  ['default-flow-unknown', 'a', inProcess(`${S}<task id="a" «default="nic"|»/>${E}${flows('s a e')}`)],
  ['default-not-a-flow', 'a', inProcess(`${S}<task id="a" «default="s"|»/>${E}${flows('s a e')}`)],
  ['message-unknown', 'x', caught('<messageEventDefinition messageRef="«nic|m»"/>', MESSAGE)],
  ['message-wrong-type', 'x', caught('<messageEventDefinition messageRef="«s|m»"/>', MESSAGE)],
  ['signal-unknown', 'x', caught('<signalEventDefinition signalRef="«nic|sg»"/>', '<signal id="sg" name="sg"/>')],
  ['signal-wrong-type', 'x', caught('<signalEventDefinition signalRef="«s|sg»"/>', '<signal id="sg" name="sg"/>')],
  [
    'error-unknown',
    'e',
    inProcess(
      `${S}<endEvent id="e"><errorEventDefinition errorRef="«nic|ch»"/></endEvent>${flows('s e')}`,
      '<error id="ch" errorCode="CH"/>',
    ),
  ],
  [
    'error-wrong-type',
    'e',
    inProcess(
      `${S}<endEvent id="e"><errorEventDefinition errorRef="«s|ch»"/></endEvent>${flows('s e')}`,
      '<error id="ch" errorCode="CH"/>',
    ),
  ],
  [
    'escalation-unknown',
    'e',
    inProcess(
      `${S}<endEvent id="e"><escalationEventDefinition escalationRef="«nic|es»"/></endEvent>${flows('s e')}`,
      '<escalation id="es" escalationCode="ES"/>',
    ),
  ],
  [
    'escalation-wrong-type',
    'e',
    inProcess(
      `${S}<endEvent id="e"><escalationEventDefinition escalationRef="«s|es»"/></endEvent>${flows('s e')}`,
      '<escalation id="es" escalationCode="ES"/>',
    ),
  ],
  [
    'compensated-activity-unknown',
    'e',
    inProcess(`${S}${A}<endEvent id="e"><compensateEventDefinition «activityRef="nic"|»/></endEvent>${flows('s a e')}`),
  ],
  [
    'compensated-not-activity',
    'e',
    inProcess(`${S}${A}<endEvent id="e"><compensateEventDefinition «activityRef="s"|»/></endEvent>${flows('s a e')}`),
  ],
  [
    'event-definition-unknown',
    'x',
    caught(
      '<eventDefinitionRef>«nic|sd»</eventDefinitionRef>',
      '<signal id="sg" name="sg"/><signalEventDefinition id="sd" signalRef="sg"/>',
    ),
  ],
  [
    'event-definition-wrong-type',
    'x',
    caught(
      '<eventDefinitionRef>«sg|sd»</eventDefinitionRef>',
      '<signal id="sg" name="sg"/><signalEventDefinition id="sd" signalRef="sg"/>',
    ),
  ],
  ['link-partner-unknown', 'l', linked('«nic|td»')],
  ['link-partner-wrong-type', 'l', linked('«s|td»')],
  ['operation-unknown', 'a', inProcess(`${S}<serviceTask id="a" «operationRef="nic"|»/>${E}${flows('s a e')}`)],
  ['operation-wrong-type', 'a', inProcess(`${S}<serviceTask id="a" «operationRef="s"|»/>${E}${flows('s a e')}`)],
  ['operation-message-unknown', 'o', operation('<inMessageRef>«nic|m»</inMessageRef>')],
  ['operation-message-wrong-type', 'o', operation('<inMessageRef>«ch|m»</inMessageRef>')],
  [
    'interface-unknown',
    'proces',
    file(`<process id="proces" isExecutable="true">«<supportedInterfaceRef>nic</supportedInterfaceRef>|»${BASE}</process>`),
  ],
  [
    'interface-wrong-type',
    'proces',
    file(`<process id="proces" isExecutable="true">«<supportedInterfaceRef>s</supportedInterfaceRef>|»${BASE}</process>`),
  ],
  ['item-definition-unknown', 'd', inProcess(`${BASE}<dataObject id="d" itemSubjectRef="«nic|xsd:string»"/>`)],
  ['item-definition-wrong-type', 'd', inProcess(`${BASE}<dataObject id="d" itemSubjectRef="«s|i»"/>`, '<itemDefinition id="i"/>')],
  ['data-object-unknown', 'r', inProcess(`${BASE}<dataObject id="d"/><dataObjectReference id="r" dataObjectRef="«nic|d»"/>`)],
  ['data-object-wrong-type', 'r', inProcess(`${BASE}<dataObject id="d"/><dataObjectReference id="r" dataObjectRef="«s|d»"/>`)],
  ['data-store-unknown', 'r', inProcess(`${BASE}<dataStoreReference id="r" dataStoreRef="«nic|ds»"/>`, '<dataStore id="ds"/>')],
  ['data-store-wrong-type', 'r', inProcess(`${BASE}<dataStoreReference id="r" dataStoreRef="«s|ds»"/>`, '<dataStore id="ds"/>')],
  ['data-association-source-unknown', 'x', data('<sourceRef>«nic|d»</sourceRef><targetRef>in</targetRef>')],
  ['data-association-source-wrong-type', 'x', data('<sourceRef>«s|d»</sourceRef><targetRef>in</targetRef>')],
  ['data-association-target-unknown', 'x', data('<sourceRef>d</sourceRef><targetRef>«nic|in»</targetRef>')],
  ['data-association-target-wrong-type', 'x', data('<sourceRef>d</sourceRef><targetRef>«s|in»</targetRef>')],
  [
    'input-set-member-unknown',
    'is2',
    inProcess(io(`${INPUTS}<inputSet id="is2"><dataInputRefs>«nic|in»</dataInputRefs></inputSet>${OUTPUTS}`)),
  ],
  [
    'input-set-member-wrong-type',
    'is2',
    inProcess(io(`${INPUTS}<inputSet id="is2"><dataInputRefs>«out|in»</dataInputRefs></inputSet>${OUTPUTS}`)),
  ],
  [
    'output-set-member-unknown',
    'os2',
    inProcess(io(`${INPUTS}${OUTPUTS}<outputSet id="os2"><dataOutputRefs>«nic|out»</dataOutputRefs></outputSet>`)),
  ],
  [
    'output-set-member-wrong-type',
    'os2',
    inProcess(io(`${INPUTS}${OUTPUTS}<outputSet id="os2"><dataOutputRefs>«in|out»</dataOutputRefs></outputSet>`)),
  ],
  ['loop-data-unknown', 'a', multi('', '<loopDataInputRef>«nic|seznam»</loopDataInputRef>')],
  ['loop-data-wrong-type', 'a', multi('', '<loopDataInputRef>«s|seznam»</loopDataInputRef>')],
  ['loop-event-unknown', 'a', multi('behavior="One" oneBehaviorEventRef="«nic|sd»"', '<loopCardinality>3</loopCardinality>')],
  ['loop-event-wrong-type', 'a', multi('behavior="One" oneBehaviorEventRef="«s|sd»"', '<loopCardinality>3</loopCardinality>')],
  ['resource-unknown', 'po', performed('«nic|zdroj»')],
  ['resource-wrong-type', 'po', performed('«s|zdroj»')],
  ['lane-node-unknown', 'l1', laned('«<flowNodeRef>nic</flowNodeRef>|»')],
  ['lane-node-wrong-type', 'l1', laned('«<flowNodeRef>s-a</flowNodeRef>|»')],
  [
    'participant-process-unknown',
    'u1',
    file(`<collaboration id="c"><participant id="u1" processRef="«nic|proces»"/></collaboration>${PROCESS}`),
  ],
  [
    'participant-process-wrong-type',
    'u1',
    file(`<collaboration id="c"><participant id="u1" processRef="«s|proces»"/></collaboration>${PROCESS}`),
  ],
  [
    'message-flow-source-unknown',
    'mf',
    file(`<collaboration id="c">${POOLS}<messageFlow id="mf" sourceRef="«nic|u1»" targetRef="a"/></collaboration>${PROCESS}`),
  ],
  [
    'message-flow-target-unknown',
    'mf',
    file(`<collaboration id="c">${POOLS}<messageFlow id="mf" sourceRef="u1" targetRef="«nic|a»"/></collaboration>${PROCESS}`),
  ],
  ['association-end-unknown', 'as', inProcess(`${BASE}<textAnnotation id="t"/><association id="as" sourceRef="«nic|a»" targetRef="t"/>`)],
  [
    'participant-unknown',
    'kv',
    file(
      `<collaboration id="c">${POOLS}<conversation id="kv"><participantRef>u1</participantRef><participantRef>u2</participantRef>«<participantRef>nic</participantRef>|»</conversation></collaboration>${PROCESS}`,
    ),
  ],
  [
    'participant-wrong-type',
    'kv',
    file(
      `<collaboration id="c">${POOLS}<conversation id="kv"><participantRef>u1</participantRef><participantRef>u2</participantRef>«<participantRef>a</participantRef>|»</conversation></collaboration>${PROCESS}`,
    ),
  ],
  ['message-flow-unknown', 'ct', choreography('<messageFlowRef>«nic|mf»</messageFlowRef>')],
  ['message-flow-wrong-type', 'ct', choreography('<messageFlowRef>«u1|mf»</messageFlowRef>')],
  ['correlation-key-unknown', 'x', subscription('«nic|ck»', 'cp')],
  ['correlation-key-wrong-type', 'x', subscription('«s|ck»', 'cp')],
  ['correlation-property-unknown', 'v', subscription('ck', '«nic|cp»')],
  ['correlation-property-wrong-type', 'v', subscription('ck', '«s|cp»')],
  [
    'category-unknown',
    'g',
    inProcess(`${BASE}<group id="g" categoryValueRef="«nic|kv»"/>`, '<category id="k"><categoryValue id="kv" value="x"/></category>'),
  ],
  [
    'category-wrong-type',
    'g',
    inProcess(`${BASE}<group id="g" categoryValueRef="«s|kv»"/>`, '<category id="k"><categoryValue id="kv" value="x"/></category>'),
  ],
  [
    'listed-flow-unknown',
    'a',
    inProcess(`${S}<task id="a"><incoming>s-a</incoming>«<outgoing>nic</outgoing>|»</task>${E}${flows('s a e')}`),
  ],
  ['listed-flow-wrong-type', 'a', inProcess(`${S}<task id="a"><incoming>«s|s-a»</incoming></task>${E}${flows('s a e')}`)],
  ['listed-flow-mismatch', 'a', inProcess(`${S}<task id="a"><incoming>«a-e|s-a»</incoming></task>${E}${flows('s a e')}`)],
  [
    'drawn-element-unknown',
    'sh',
    drawn('<bpmndi:BPMNShape id="sh" bpmnElement="«nic|a»"><dc:Bounds x="0" y="0" width="1" height="1"/></bpmndi:BPMNShape>'),
  ],
  ['reference-unknown', 'proces', file(`<process id="proces" isExecutable="true" «definitionalCollaborationRef="nic"|»>${BASE}</process>`)],
  ['reference-external', 'x', caught('<messageEventDefinition messageRef="«cizi:m|tns:m»"/>', MESSAGE)],
];

export function choreography(more: string, attributes = 'initiatingParticipantRef="u1"', who = 'u1 u2'): string {
  const participants = who.split(' ').map((id) => `<participantRef>${id}</participantRef>`);
  return file(
    `<choreography id="ch">${POOLS}<messageFlow id="mf" sourceRef="u1" targetRef="u2"/><choreographyTask id="ct" ${attributes}>${participants.join('')}${more}</choreographyTask></choreography>${PROCESS}`,
  );
}

function linked(target: string): string {
  return inProcess(
    `${S}<intermediateThrowEvent id="l"><linkEventDefinition id="ld" name="L"><target>${target}</target></linkEventDefinition></intermediateThrowEvent>` +
      `<intermediateCatchEvent id="c"><linkEventDefinition id="td" name="L"/></intermediateCatchEvent>${E}${flows('s l')}${flows('c e')}`,
  );
}

function performed(resource: string): string {
  return inProcess(
    `${S}<userTask id="a"><potentialOwner id="po"><resourceRef>${resource}</resourceRef></potentialOwner></userTask>${E}${flows('s a e')}`,
    '<resource id="zdroj" name="zdroj"/>',
  );
}

function laned(more: string): string {
  return inProcess(
    `<laneSet id="ls"><lane id="l1"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef><flowNodeRef>e</flowNodeRef>${more}</lane></laneSet>${BASE}`,
  );
}

export const parts = { MESSAGE, PROCESS, POOLS, IN_MESSAGE, INPUTS, OUTPUTS, io, operation, correlation, data };

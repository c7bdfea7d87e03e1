// Models for what the XML Schema demands, and for sequence flows.
import { A, BASE, E, S, around, conditional, file, flows, inProcess } from './models.ts';
import type { Case } from './models.ts';
import { choreography, parts } from './reference-cases.ts';

const { MESSAGE, PROCESS, POOLS, IN_MESSAGE, INPUTS, OUTPUTS, io, operation, correlation, data } = parts;

const drop = (template: string, piece: string): string => template.replace(piece, `«|${piece}»`);
const subscribed = correlation('').replace(
  '</process>',
  '<correlationSubscription id="x" correlationKeyRef="ck"><correlationPropertyBinding id="v" correlationPropertyRef="cp"><dataPath>x</dataPath></correlationPropertyBinding></correlationSubscription></process>',
);
const pools = (more: string): string => file(`<collaboration id="c">${POOLS}${more}</collaboration>${PROCESS}`);
const assigned = data('<sourceRef>d</sourceRef><targetRef>in</targetRef><assignment id="p"><from>x</from><to>in</to></assignment>');
const complex = (behavior: string): string =>
  inProcess(
    `${S}<task id="a"><multiInstanceLoopCharacteristics behavior="Complex"><loopCardinality>3</loopCardinality>${behavior}</multiInstanceLoopCharacteristics></task>${E}${flows('s a e')}`,
  );
const resourced = (role: string): string =>
  inProcess(
    `${S}<userTask id="a"><potentialOwner id="po">${role}</potentialOwner></userTask>${E}${flows('s a e')}`,
    '<resource id="z" name="z"><resourceParameter id="rp" name="rp"/></resource>',
  );

export const requiredCases: readonly Case[] = [
  ['flow-source-missing', 'x', inProcess(`${BASE}«<sequenceFlow id="x" targetRef="a"/>|»`)],
  ['flow-target-missing', 'x', inProcess(`${BASE}«<sequenceFlow id="x" sourceRef="a"/>|»`)],
  [
    'boundary-host-missing',
    'x',
    inProcess(
      `${BASE}<boundaryEvent id="x" «|attachedToRef="a"»><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="k"/>${flows('x k')}`,
    ),
  ],
  ['association-source-missing', 'as', inProcess(`${BASE}<textAnnotation id="t"/><association id="as" «|sourceRef="a"» targetRef="t"/>`)],
  ['association-target-missing', 'as', inProcess(`${BASE}<textAnnotation id="t"/><association id="as" sourceRef="a" «|targetRef="t"»/>`)],
  ['message-flow-source-missing', 'mf', pools('<messageFlow id="mf" «|sourceRef="u1"» targetRef="a"/>')],
  ['message-flow-target-missing', 'mf', pools('<messageFlow id="mf" sourceRef="a" «|targetRef="u1"»/>')],
  ['data-association-target-missing', 'x', data('<sourceRef>d</sourceRef>«|<targetRef>in</targetRef>»')],
  ['assignment-from-missing', 'p', drop(assigned, '<from>x</from>')],
  ['assignment-to-missing', 'p', drop(assigned, '<to>in</to>')],
  [
    'condition-missing',
    'x',
    inProcess(
      around(
        '<intermediateCatchEvent id="x"><conditionalEventDefinition>«|<condition>x</condition>»</conditionalEventDefinition></intermediateCatchEvent>',
      ),
    ),
  ],
  [
    'complex-behavior-condition-missing',
    'a',
    complex('<complexBehaviorDefinition>«|<condition xsi:type="tFormalExpression">x</condition>»</complexBehaviorDefinition>'),
  ],
  ['operation-message-missing', 'o', operation(`«|${IN_MESSAGE}»`)],
  ['operation-name-missing', 'o', drop(operation(IN_MESSAGE), ' name="o"')],
  ['interface-name-missing', 'r', drop(operation(IN_MESSAGE), ' name="r"')],
  [
    'interface-without-operation',
    'r',
    file(`${MESSAGE}<interface id="r" name="r">«|<operation id="o" name="o">${IN_MESSAGE}</operation>»</interface>${PROCESS}`),
  ],
  ['resource-name-missing', 'z', file(`<resource id="z" «|name="z"»/>${PROCESS}`)],
  [
    'correlation-expression-missing',
    'cp',
    file(
      `${MESSAGE}<correlationProperty id="cp">«|<correlationPropertyRetrievalExpression id="ce" messageRef="m"><messagePath>x</messagePath></correlationPropertyRetrievalExpression>»</correlationProperty>${PROCESS}`,
    ),
  ],
  ['correlation-path-missing', 'ce', drop(correlation(''), '<messagePath>x</messagePath>')],
  ['correlation-message-missing', 'ce', drop(correlation(''), ' messageRef="m"')],
  ['correlation-key-missing', 'x', drop(subscribed, ' correlationKeyRef="ck"')],
  ['correlation-binding-path-missing', 'v', drop(subscribed, '<dataPath>x</dataPath>')],
  ['correlation-binding-property-missing', 'v', drop(subscribed, ' correlationPropertyRef="cp"')],
  [
    'conversation-link-source-missing',
    'kl',
    pools(
      '<conversation id="kv"><participantRef>u1</participantRef><participantRef>u2</participantRef></conversation><conversationLink id="kl" «|sourceRef="u1"» targetRef="kv"/>',
    ),
  ],
  [
    'conversation-link-target-missing',
    'kl',
    pools(
      '<conversation id="kv"><participantRef>u1</participantRef><participantRef>u2</participantRef></conversation><conversationLink id="kl" sourceRef="u1" «|targetRef="kv"»/>',
    ),
  ],
  [
    'participant-association-inner-missing',
    'pa',
    pools(
      '<participantAssociation id="pa">«|<innerParticipantRef>u1</innerParticipantRef>»<outerParticipantRef>u2</outerParticipantRef></participantAssociation>',
    ),
  ],
  [
    'participant-association-outer-missing',
    'pa',
    pools(
      '<participantAssociation id="pa"><innerParticipantRef>u1</innerParticipantRef>«|<outerParticipantRef>u2</outerParticipantRef>»</participantAssociation>',
    ),
  ],
  ['choreography-initiator-missing', 'ct', choreography('<messageFlowRef>mf</messageFlowRef>', '«|initiatingParticipantRef="u1"»')],
  ['choreography-message-missing', 'ct', choreography('«|<messageFlowRef>mf</messageFlowRef>»')],
  [
    'resource-parameter-missing',
    'rb',
    resourced(
      '<resourceRef>z</resourceRef><resourceParameterBinding id="rb" «|parameterRef="rp"»><formalExpression>1</formalExpression></resourceParameterBinding>',
    ),
  ],
  [
    'resource-expression-missing',
    're',
    resourced('<resourceAssignmentExpression id="re">«|<formalExpression>x</formalExpression>»</resourceAssignmentExpression>'),
  ],
  ['io-without-input-set', 'a', inProcess(io(`«|${INPUTS}»${OUTPUTS}`))],
  ['io-without-output-set', 'a', inProcess(io(`${INPUTS}«|${OUTPUTS}»`))],
  [
    'bad-gateway-direction',
    'x',
    inProcess(
      `${S}<exclusiveGateway id="x" gatewayDirection="«Doleva|Diverging»" default="x-e"/>${A}${E}${flows('s x e')}${conditional('x', 'a')}<endEvent id="k"/>${flows('a k')}`,
    ),
  ],
  ['bad-event-gateway-type', 'x', inProcess(awaiting('eventGatewayType="«Oba|Exclusive»"'), MESSAGE)],
  [
    'bad-association-direction',
    'as',
    inProcess(`${BASE}<textAnnotation id="t"/><association id="as" sourceRef="a" targetRef="t" associationDirection="«Tam|One»"/>`),
  ],
  [
    'bad-multi-instance-behavior',
    'a',
    inProcess(
      `${S}<task id="a"><multiInstanceLoopCharacteristics behavior="«Some|All»"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></task>${E}${flows('s a e')}`,
    ),
  ],
  [
    'bad-ad-hoc-ordering',
    'x',
    inProcess(
      around(
        '<adHocSubProcess id="x" ordering="«Nijak|Parallel»"><task id="t"/><completionCondition>x</completionCondition></adHocSubProcess>',
      ),
    ),
  ],
  ['bad-item-kind', 'i', file(`<itemDefinition id="i" itemKind="«Jiny|Physical»"/>${PROCESS}`)],
  ['bad-process-type', 'proces', file(`<process id="proces" isExecutable="true" processType="«executable|Private»">${BASE}</process>`)],
  [
    'bad-choreography-loop',
    'ct',
    choreography('<messageFlowRef>mf</messageFlowRef>', 'initiatingParticipantRef="u1" loopType="«Vic|Standard»"'),
  ],
  ['bad-number', 'a', inProcess(`${S}<task id="a" startQuantity="«moc|1»"/>${E}${flows('s a e')}`)],
];

export function awaiting(attributes: string, rest = ''): string {
  return (
    `${S}<eventBasedGateway id="x" ${attributes}/><intermediateCatchEvent id="c1"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>` +
    `<receiveTask id="c2" messageRef="m"/>${E}<endEvent id="e2"/>${flows('s x c1 e')}${flows('x c2 e2')}${rest}`
  );
}

const sub = (inside: string): string =>
  `<subProcess id="p"><startEvent id="ps"/><task id="pa"/><endEvent id="pe"/>${flows('ps pa pe')}${inside}</subProcess>`;
const WITH_SUB = (inside: string, outside: string): string => `${S}${sub(inside)}${E}${flows('s p e')}${outside}`;
const xor = (attributes: string, more: string): string =>
  `${S}<exclusiveGateway id="x" ${attributes}/>${A}<task id="b"/>${E}<endEvent id="k"/>${flows('s x')}${flows('a e')}${flows('b k')}${more}`;

export const flowCases: readonly Case[] = [
  [
    'flow-crosses-pool',
    'x',
    file(
      `<process id="p1" isExecutable="true"><startEvent id="s1"/><exclusiveGateway id="g1" default="g1-e1"/><endEvent id="e1"/><task id="t1"/><endEvent id="k1"/>${flows('s1 g1 e1')}${conditional('g1', 't1')}${flows('t1 k1')}«<sequenceFlow id="x" sourceRef="g1" targetRef="j2"><conditionExpression>y</conditionExpression></sequenceFlow>|»</process><process id="p2"><startEvent id="s2"/><exclusiveGateway id="j2" gatewayDirection="Unspecified"/><task id="a2"/><endEvent id="e2"/><endEvent id="k2"/>${flows('s2 j2')}${conditional('j2', 'a2')}${flows('j2 e2')}${flows('a2 k2')}</process>`.replace(
        '<exclusiveGateway id="j2" gatewayDirection="Unspecified"/>',
        '<exclusiveGateway id="j2" default="j2-e2"/>',
      ),
    ),
  ],
  [
    'flow-crosses-sub-process',
    'x',
    inProcess(
      WITH_SUB('<exclusiveGateway id="pg" default="pg-pk"/><endEvent id="pk"/><endEvent id="pl"/>'.replace(/.*/, ''), '').replace(
        '<task id="pa"/>',
        '<exclusiveGateway id="pa" default="pa-pe"/><endEvent id="pk"/><sequenceFlow id="pa-pk" sourceRef="pa" targetRef="pk"><conditionExpression>x</conditionExpression></sequenceFlow>«<sequenceFlow id="x" sourceRef="pa" targetRef="e"><conditionExpression>y</conditionExpression></sequenceFlow>|»',
      ),
    ),
  ],
  [
    'flow-in-other-scope',
    'ps-pa',
    inProcess(
      `${S}<subProcess id="p"><startEvent id="ps"/><task id="pa"/><endEvent id="pe"/>«|${flows('ps pa')}»${flows('pa pe')}</subProcess>${E}${flows('s p e')}«${flows('ps pa')}|»`,
    ),
  ],
  ['flow-to-itself', 'x-x', inProcess(xor('default="x-b"', `${conditional('x', 'a')}${flows('x b')}«${conditional('x', 'x')}|»`))],
  [
    'flow-twice',
    'x',
    inProcess(
      `${S}<parallelGateway id="g"/><parallelGateway id="j"/>${A}<task id="b"/>${E}${flows('s g a j')}${flows('g b j e')}«<sequenceFlow id="x" sourceRef="g" targetRef="b"/>|»`,
    ),
  ],
  ['condition-from-start-event', 's-a', inProcess(`${S}${A}${E}«${conditional('s', 'a')}|${flows('s a')}»${flows('a e')}`)],
  [
    'condition-from-event',
    'x-e',
    inProcess(`${S}<intermediateThrowEvent id="x"/>${E}${flows('s x')}«${conditional('x', 'e')}|${flows('x e')}»`),
  ],
  [
    'condition-from-parallel-gateway',
    'x-a',
    inProcess(
      `${S}<parallelGateway id="x"/>${A}<task id="b"/><parallelGateway id="j"/>${E}${flows('s x b j e')}${flows('a j')}«${conditional('x', 'a')}|${flows('x a')}»`,
    ),
  ],
  [
    'condition-from-event-gateway',
    'x-c1',
    inProcess(awaiting('').replace(flows('x c1'), `«${conditional('x', 'c1')}|${flows('x c1')}»`), MESSAGE),
  ],
  ['lonely-condition', 'a-e', inProcess(`${S}${A}${E}${flows('s a')}«${conditional('a', 'e')}|${flows('a e')}»`)],
  ['condition-empty', 'x-a', inProcess(xor('default="x-b"', `${flows('x b')}«${conditional('x', 'a', '')}|${conditional('x', 'a')}»`))],
  [
    'default-flow-not-outgoing',
    'x',
    inProcess(xor('default="«a-e|x-b»"', `${conditional('x', 'a')}«${conditional('x', 'b')}|${flows('x b')}»`)),
  ],
  [
    'default-flow-with-condition',
    'x-b',
    inProcess(xor('default="x-b"', `${conditional('x', 'a')}«${conditional('x', 'b')}|${flows('x b')}»`)),
  ],
  [
    'default-not-allowed',
    'x',
    inProcess(
      `${S}<parallelGateway id="x" «default="x-a"|»/>${A}<task id="b"/><parallelGateway id="j"/>${E}${flows('s x b j e')}${flows('x a j')}`,
    ),
  ],
  ['default-without-condition', 'a', inProcess(`${S}<task id="a" «default="a-e"|»/>${E}${flows('s a e')}`)],
  [
    'gateway-without-default',
    'x',
    inProcess(xor('«|default="x-b"»', `${conditional('x', 'a')}«${conditional('x', 'b')}|${flows('x b')}»`)),
  ],
  ['flow-without-condition', 'x-a', inProcess(xor('default="x-b"', `«${flows('x a')}|${conditional('x', 'a')}»${flows('x b')}`))],
  ['implicit-split', 'a', inProcess(`${BASE}«<endEvent id="k"/>${flows('a k')}|»`)],
  [
    'implicit-join',
    'a',
    inProcess(
      `${BASE}«<startEvent id="s2"><timerEventDefinition><timeDate>2030-01-01</timeDate></timerEventDefinition></startEvent>${flows('s2 a')}|»`,
    ),
  ],
  [
    'flow-immediate',
    'a-e',
    inProcess(`${S}${A}${E}${flows('s a')}<sequenceFlow id="a-e" sourceRef="a" targetRef="e" isImmediate="«false|true»"/>`),
  ],
];

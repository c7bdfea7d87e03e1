// Models for gateways, event definitions, activities and compensation.
import { A, around, BASE, conditional, E, file, flows, inProcess, S } from './models.ts';
import type { Case } from './models.ts';

const ROOTS =
  '<message id="m" name="m"/><message id="m2" name="m2"/><signal id="sg" name="sg"/><error id="ch" errorCode="CH"/><escalation id="es" escalationCode="ES"/><signalEventDefinition id="sd" signalRef="sg"/>';
const TIMER = '<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>';
const SIGNAL = '<signalEventDefinition signalRef="sg"/>';
const MESSAGE = '<messageEventDefinition messageRef="m"/>';
const COMPENSATION = '<compensateEventDefinition/>';

const model = (body: string): string => inProcess(body, ROOTS);
const caught = (definition: string, attributes = ''): string =>
  model(around(`<intermediateCatchEvent id="x" ${attributes}>${definition}</intermediateCatchEvent>`));
const thrown = (definition: string): string => model(around(`<intermediateThrowEvent id="x">${definition}</intermediateThrowEvent>`));
const timed = (parts: string): string => caught(`<timerEventDefinition>${parts}</timerEventDefinition>`);
const task = (element: string): string => model(`${S}${element}${E}${flows('s a e')}`);
const multi = (attributes: string, parts: string): string =>
  task(`<task id="a"><multiInstanceLoopCharacteristics ${attributes}>${parts}</multiInstanceLoopCharacteristics></task>`);
const awaiting = (first: string, second: string, attributes = '', more = ''): string =>
  model(
    `${S}<eventBasedGateway id="x" ${attributes}/>${first}${second}${E}<endEvent id="e2"/>${flows('s x c1 e')}${flows('x c2 e2')}${more}`,
  );
const event = (id: string, definition: string): string => `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`;
/** The gateway begins the process. */
const founding = (attributes: string, first: string, second: string): string =>
  model(`<eventBasedGateway id="x" ${attributes}/>${first}${second}${E}<endEvent id="e2"/>${flows('x c1 e')}${flows('x c2 e2')}`);
const split = (attributes: string): string =>
  model(`${S}<parallelGateway id="g" ${attributes}/>${A}<task id="b"/><parallelGateway id="j"/>${E}${flows('s g a j')}${flows('g b j e')}`);

export const gatewayCases: readonly Case[] = [
  ['gateway-converging', 'g', split('gatewayDirection="«Converging|Diverging»"')],
  [
    'gateway-diverging',
    'j',
    split('').replace('<parallelGateway id="j"/>', '<parallelGateway id="j" gatewayDirection="«Diverging|Converging»"/>'),
  ],
  ['gateway-mixed', 'g', split('gatewayDirection="«Mixed|Unspecified»"')],
  ['gateway-useless', 'g', model(`${S}«<exclusiveGateway id="g"/>|»${A}${E}«${flows('s g a')}|${flows('s a')}»${flows('a e')}`)],
  [
    'gateway-without-outgoing',
    'g',
    model(
      `${S}<parallelGateway id="d"/>${E}${flows('s d e')}<exclusiveGateway id="g" default="g-k"/>${flows('d g')}«|<endEvent id="k"/><endEvent id="k2"/>${flows('g k')}${conditional('g', 'k2')}»`.replace(
        ' default="g-k"',
        ' «|default="g-k"»',
      ),
    ),
  ],
  [
    'event-gateway-outgoing',
    'x',
    model(
      `${S}<eventBasedGateway id="x"/>${event('c1', TIMER)}${E}${flows('s x c1 e')}«|${event('c2', MESSAGE)}<endEvent id="e2"/>${flows('x c2 e2')}»`,
    ),
  ],
  ['event-gateway-target', 'c2', awaiting(event('c1', TIMER), `«<task id="c2"/>|${event('c2', MESSAGE)}»`)],
  ['event-gateway-mixed', 'x', awaiting(event('c1', `«${MESSAGE}|${TIMER}»`), '<receiveTask id="c2" messageRef="m2"/>')],
  [
    'event-gateway-target-incoming',
    'c1',
    model(
      `${S}<parallelGateway id="g"/><eventBasedGateway id="x"/>${event('c1', TIMER)}${event('c2', MESSAGE)}${E}<endEvent id="e2"/>${flows('s g x c1 e')}${flows('x c2 e2')}<exclusiveGateway id="j"/><endEvent id="k"/>${flows('g j')}${flows('j k')}${conditional('j', 'c1')}`
        .replace('<exclusiveGateway id="j"/>', '<exclusiveGateway id="j" default="j-k"/>')
        .replace(conditional('j', 'c1'), `«${conditional('j', 'c1')}|${conditional('j', 'k2')}<endEvent id="k2"/>»`),
    ),
  ],
  [
    'event-gateway-target-boundary',
    'c2',
    awaiting(
      event('c1', TIMER),
      '<receiveTask id="c2" messageRef="m"/>',
      '',
      `«<boundaryEvent id="b" attachedToRef="c2">${SIGNAL}</boundaryEvent><endEvent id="k"/>${flows('b k')}|»`,
    ),
  ],
  ['event-gateway-parallel', 'x', awaiting(event('c1', TIMER), event('c2', MESSAGE), 'eventGatewayType="«Parallel|Exclusive»"')],
  [
    'instantiating-gateway-incoming',
    'x',
    model(
      `<startEvent id="s"/>«<task id="t"/>${flows('s t x')}|${flows('s x')}»<eventBasedGateway id="x" instantiate="true"/>${event('c1', MESSAGE)}${event('c2', SIGNAL)}${E}<endEvent id="e2"/>${flows('x c1 e')}${flows('x c2 e2')}`,
    ),
  ],
  [
    'instantiating-gateway-target',
    'c2',
    founding(
      'instantiate="true" eventGatewayType="Parallel"',
      event('c1', MESSAGE),
      event('c2', `«${TIMER}|<messageEventDefinition messageRef="m2"/>»`),
    ),
  ],
  [
    'instantiating-gateway-nested',
    'x',
    model(
      `${S}<subProcess id="p"><startEvent id="ps"/><eventBasedGateway id="x" «instantiate="true"|»/>${event('c1', MESSAGE)}${event('c2', SIGNAL)}<endEvent id="pe"/><endEvent id="pe2"/>${flows('ps x c1 pe')}${flows('x c2 pe2')}</subProcess>${E}${flows('s p e')}`,
    ),
  ],
  [
    'complex-activation-missing',
    'j',
    split('').replace(
      '<parallelGateway id="j"/>',
      '<complexGateway id="j">«|<activationCondition>activationCount &gt;= 1</activationCondition>»</complexGateway>',
    ),
  ],
];

const ending = (definition: string): string => model(`${S}${A}<endEvent id="e">${definition}</endEvent>${flows('s a e')}`);

export const definitionCases: readonly Case[] = [
  ['timer-empty', 'x', timed('«|<timeDate>2030-01-01</timeDate>»')],
  ['timer-several', 'x', timed('<timeDate>2030-01-01</timeDate>«<timeDuration>P1D</timeDuration>|»')],
  ['timer-bad-date', 'x', timed('<timeDate>«2030-13-01|2030-12-01T10:00:00+01:00»</timeDate>')],
  ['timer-bad-duration', 'x', timed('<timeDuration>«P5X|duration("P10D")»</timeDuration>')],
  ['timer-bad-cycle', 'x', timed('<timeCycle>«R3/PXD|R3/PT10S»</timeCycle>')],
  ['condition-blank', 'x', caught('<conditionalEventDefinition><condition>«|x &gt; 1»</condition></conditionalEventDefinition>')],
  ['message-missing', 'x', caught('<messageEventDefinition «|messageRef="m"»/>')],
  ['thrown-message-missing', 'x', thrown('<messageEventDefinition «|messageRef="m"»/>')],
  ['signal-missing', 'x', caught('<signalEventDefinition «|signalRef="sg"»/>')],
  ['error-missing', 'e', ending('<errorEventDefinition «|errorRef="ch"»/>')],
  ['escalation-missing', 'e', ending('<escalationEventDefinition «|escalationRef="es"»/>')],
  [
    'error-code-missing',
    'e',
    inProcess(
      `${S}${A}<endEvent id="e"><errorEventDefinition errorRef="n"/></endEvent>${flows('s a e')}`,
      '<error id="n" name="n" «|errorCode="N"»/>',
    ),
  ],
  [
    'escalation-code-missing',
    'e',
    inProcess(
      `${S}${A}<endEvent id="e"><escalationEventDefinition escalationRef="n"/></endEvent>${flows('s a e')}`,
      '<escalation id="n" name="n" «|escalationCode="N"»/>',
    ),
  ],
  ['message-name-missing', 'z', file(`<message id="z" «|name="z"»/><process id="proces" isExecutable="true">${BASE}</process>`)],
  ['signal-name-missing', 'z', file(`<signal id="z" «|name="z"»/><process id="proces" isExecutable="true">${BASE}</process>`)],
  ['parallel-multiple-single', 'x', caught(`${SIGNAL}«|${MESSAGE}»`, 'parallelMultiple="true"')],
  ['definition-twice', 'x', caught('<eventDefinitionRef>sd</eventDefinitionRef>«<eventDefinitionRef>sd</eventDefinitionRef>|»')],
];

const CARDINALITY = '<loopCardinality>3</loopCardinality>';
const CALLED = `<process id="jiny"><task id="jt"/></process>`;

export const activityCases: readonly Case[] = [
  ['start-quantity', 'a', task('<task id="a" startQuantity="«0|2»"/>')],
  ['completion-quantity', 'a', task('<task id="a" completionQuantity="«0|2»"/>')],
  [
    'receive-instantiate-incoming',
    'a',
    model(`${S}<task id="b"/><receiveTask id="a" messageRef="m" instantiate="«true|false»"/>${E}${flows('s b a e')}`),
  ],
  [
    'receive-instantiate-nested',
    'a',
    model(
      `${S}<subProcess id="p"><startEvent id="ps"/><receiveTask id="a" messageRef="m" «instantiate="true"|»/><endEvent id="pe"/>${flows('ps a pe')}</subProcess>${E}${flows('s p e')}`,
    ),
  ],
  ['receive-without-message', 'a', task('<receiveTask id="a" «|messageRef="m"»/>')],
  ['script-without-format', 'a', task('<scriptTask id="a" «|scriptFormat="application/feel"»><script>1</script></scriptTask>')],
  [
    'call-without-element',
    'a',
    file(
      `${CALLED}<process id="proces" isExecutable="true">${S}<callActivity id="a" «|calledElement="jiny"»/>${E}${flows('s a e')}</process>`,
    ),
  ],
  [
    'called-element-unknown',
    'a',
    file(
      `${CALLED}<process id="proces" isExecutable="true">${S}<callActivity id="a" calledElement="«nic|jiny»"/>${E}${flows('s a e')}</process>`,
    ),
  ],
  [
    'called-element-wrong-type',
    'a',
    file(
      `${CALLED}<process id="proces" isExecutable="true">${S}<callActivity id="a" calledElement="«jt|tns:jiny»"/>${E}${flows('s a e')}</process>`,
    ),
  ],
  [
    'call-recursion',
    'a',
    file(
      `${CALLED}<process id="proces" isExecutable="true">${S}<callActivity id="a" calledElement="«proces|jiny»"/>${E}${flows('s a e')}</process>`,
    ),
  ],
  [
    'loop-without-limit',
    'a',
    task('<task id="a"><standardLoopCharacteristics>«|<loopCondition>x</loopCondition>»</standardLoopCharacteristics></task>'),
  ],
  ['loop-maximum-negative', 'a', task('<task id="a"><standardLoopCharacteristics loopMaximum="«-1|3»"/></task>')],
  ['multi-instance-without-count', 'a', multi('', `«|${CARDINALITY}»`)],
  [
    'multi-instance-two-counts',
    'a',
    model(
      `<dataObject id="d" isCollection="true"/>${S}<task id="a"><multiInstanceLoopCharacteristics>«${CARDINALITY}|»<loopDataInputRef>d</loopDataInputRef></multiInstanceLoopCharacteristics></task>${E}${flows('s a e')}`,
    ),
  ],
  ['loop-cardinality-empty', 'a', multi('', '<loopCardinality>«|pocet»</loopCardinality>')],
  ['loop-cardinality-number', 'a', multi('', '<loopCardinality>«-1|0»</loopCardinality>')],
  ['one-behavior-event-missing', 'a', multi('behavior="One" «|oneBehaviorEventRef="sd"»', CARDINALITY)],
  ['none-behavior-event-missing', 'a', multi('behavior="None" «|noneBehaviorEventRef="sd"»', CARDINALITY)],
  ['complex-behavior-missing', 'a', multi('behavior="«Complex|All»"', CARDINALITY)],
  [
    'complex-behavior-unused',
    'a',
    multi(
      'behavior="«All|Complex»"',
      `${CARDINALITY}<complexBehaviorDefinition><condition xsi:type="tFormalExpression">x</condition></complexBehaviorDefinition>`,
    ),
  ],
  [
    'complex-behavior-event',
    'a',
    multi(
      'behavior="Complex"',
      `${CARDINALITY}<complexBehaviorDefinition><condition xsi:type="tFormalExpression">x</condition><event>«${TIMER}|${SIGNAL}»</event></complexBehaviorDefinition>`,
    ),
  ],
];

const HANDLED = `<boundaryEvent id="x" attachedToRef="a">${COMPENSATION}</boundaryEvent>`;
const HANDLER = '<task id="h" isForCompensation="true"/>';
const JOINED = '<association id="as" sourceRef="x" targetRef="h"/>';
const compensated = (more: string): string => model(`${BASE}${HANDLED}${HANDLER}${JOINED}${more}`);

export const compensationCases: readonly Case[] = [
  [
    'boundary-compensation-twice',
    'x2',
    compensated(
      `<boundaryEvent id="x2" attachedToRef="a">«${COMPENSATION}|${SIGNAL}»</boundaryEvent>«<task id="h2" isForCompensation="true"/><association id="as2" sourceRef="x2" targetRef="h2"/>|<endEvent id="k"/>${flows('x2 k')}»`,
    ),
  ],
  [
    'compensation-two-ways',
    'p',
    model(
      `${S}<subProcess id="p"><startEvent id="ps"/>${A}<endEvent id="pe"/>${flows('ps a pe')}<subProcess id="q" triggeredByEvent="true"><startEvent id="qs">«${COMPENSATION}|${SIGNAL}»</startEvent><endEvent id="qe"/>${flows('qs qe')}</subProcess></subProcess>${E}${flows('s p e')}<boundaryEvent id="x" attachedToRef="p">${COMPENSATION}</boundaryEvent>${HANDLER}${JOINED}`,
    ),
  ],
  ['compensation-boundary-outgoing', 'x', compensated(`«<endEvent id="k"/>${flows('x k')}|»`)],
  ['compensation-boundary-without-handler', 'x', model(`${BASE}${HANDLED}«|${HANDLER}${JOINED}»`)],
  [
    'compensation-handler-type',
    'x',
    model(`${S}${A}<task id="h" «|isForCompensation="true"»/>${E}«${flows('s a h e')}|${flows('s a e')}»${HANDLED}${JOINED}`),
  ],
  [
    'compensation-several-handlers',
    'x',
    compensated('«<task id="h2" isForCompensation="true"/><association id="as2" sourceRef="x" targetRef="h2"/>|»'),
  ],
  [
    'compensation-handler-other-scope',
    'x',
    model(
      `${S}<subProcess id="p"><startEvent id="ps"/>${A}<endEvent id="pe"/>${flows('ps a pe')}${HANDLED}«|${HANDLER}»</subProcess>«${HANDLER}|»${JOINED}${E}${flows('s p e')}`,
    ),
  ],
  [
    'compensation-activity-incoming',
    'h',
    model(
      `${S}<parallelGateway id="g"/>${A}${E}${flows('s g a e')}${HANDLED}${HANDLER}${JOINED}<endEvent id="k"/>${flows('g k')}«${flows('g h')}|»`,
    ),
  ],
  ['compensation-activity-outgoing', 'h', compensated(`«<endEvent id="k"/>${flows('h k')}|»`)],
  ['compensation-activity-alone', 'h2', compensated('«<task id="h2" isForCompensation="true"/>|»')],
  [
    'compensation-target-scope',
    'e',
    model(
      `${S}<subProcess id="p"><startEvent id="ps"/>${A}<endEvent id="pe"/>${flows('ps a pe')}${HANDLED}${HANDLER}${JOINED}</subProcess><endEvent id="e"><compensateEventDefinition activityRef="«a|p»"/></endEvent>${flows('s p e')}`,
    ),
  ],
  [
    'compensation-target-uncompensable',
    'e',
    model(
      `${S}${A}<task id="b"/><endEvent id="e"><compensateEventDefinition activityRef="«b|a»"/></endEvent>${flows('s a b e')}${HANDLED}${HANDLER}${JOINED}`,
    ),
  ],
  [
    'compensation-target-ignored',
    'x',
    model(
      `${BASE}<boundaryEvent id="x" attachedToRef="a"><compensateEventDefinition «activityRef="a"|»/></boundaryEvent>${HANDLER}${JOINED}`,
    ),
  ],
];

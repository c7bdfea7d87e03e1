// Models for start, end, intermediate and boundary events, and for sub-processes.
import { A, around, BASE, E, flows, inProcess, onBoundary, S } from './models.ts';
import type { Case } from './models.ts';

const ROOTS =
  '<message id="m" name="m"/><signal id="sg" name="sg"/><error id="ch" errorCode="CH"/><error id="ch2" errorCode="CH2"/><escalation id="es" escalationCode="ES"/><escalation id="es2" escalationCode="ES2"/>';
const TIMER = '<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>';
const SIGNAL = '<signalEventDefinition signalRef="sg"/>';
const ERROR = '<errorEventDefinition errorRef="ch"/>';
const ESCALATION = '<escalationEventDefinition escalationRef="es"/>';
const COMPENSATION = '<compensateEventDefinition/>';
const CONDITION = '<conditionalEventDefinition><condition>x</condition></conditionalEventDefinition>';
const LINK = '<linkEventDefinition name="L"/>';

const model = (body: string): string => inProcess(body, ROOTS);
const start = (definition: string): string => model(`<startEvent id="s">${definition}</startEvent>${A}${E}${flows('s a e')}`);
const end = (definition: string): string => model(`${S}${A}<endEvent id="e">${definition}</endEvent>${flows('s a e')}`);
const caught = (definition: string): string => model(around(`<intermediateCatchEvent id="x">${definition}</intermediateCatchEvent>`));
const thrown = (definition: string): string => model(around(`<intermediateThrowEvent id="x">${definition}</intermediateThrowEvent>`));
const edge = (definition: string, attributes = ''): string =>
  model(onBoundary(`<boundaryEvent id="x" attachedToRef="a" ${attributes}>${definition}</boundaryEvent>`));
const inside = (begin: string): string => `${begin}<task id="pa"/><endEvent id="pe"/>${flows('ps pa pe')}`;
const embedded = (contents: string): string => model(`${S}<subProcess id="p">${contents}</subProcess>${E}${flows('s p e')}`);
const eventSub = (contents: string, attributes = ''): string =>
  model(`${BASE}<subProcess id="p" triggeredByEvent="true" ${attributes}>${contents}</subProcess>`);
const NONE = '<startEvent id="ps"/>';
const begun = (definition: string, attributes = ''): string => `<startEvent id="ps" ${attributes}>${definition}</startEvent>`;
const links = (source: string, target: string): string =>
  model(
    `${S}<intermediateThrowEvent id="l">${source}</intermediateThrowEvent><intermediateCatchEvent id="c">${target}</intermediateCatchEvent>${E}${flows('s l')}${flows('c e')}`,
  );
const transaction = (contents: string, attributes = '', outside = ''): string =>
  model(`${S}<transaction id="p" ${attributes}>${contents}</transaction>${E}${flows('s p e')}${outside}`);
const CANCELLED = '<boundaryEvent id="x" attachedToRef="p"><cancelEventDefinition/></boundaryEvent><endEvent id="k"/>' + flows('x k');
const cancelling = (definition: string): string =>
  `${NONE}<exclusiveGateway id="g" default="g-pe"/><endEvent id="pe"/><endEvent id="px">${definition}</endEvent>${flows('ps g pe')}<sequenceFlow id="g-px" sourceRef="g" targetRef="px"><conditionExpression>x</conditionExpression></sequenceFlow>`;
const adHoc = (contents: string, attributes = ''): string =>
  model(`${S}<adHocSubProcess id="p" ${attributes}>${contents}</adHocSubProcess>${E}${flows('s p e')}`);
const DONE = '<completionCondition>x</completionCondition>';

export const startEndCases: readonly Case[] = [
  [
    'start-event-incoming',
    's',
    model(
      `${S}${E}<exclusiveGateway id="g" default="g-e"/>${flows('s g e')}<endEvent id="k"/><sequenceFlow id="g-s" sourceRef="g" targetRef="«s|k»"><conditionExpression>x</conditionExpression></sequenceFlow>«|»`.replace(
        '<endEvent id="k"/>',
        '«|<endEvent id="k"/>»',
      ),
    ),
  ],
  ['start-event-without-outgoing', 's2', model(`${BASE}<startEvent id="s2">${TIMER}</startEvent>«|<endEvent id="k"/>${flows('s2 k')}»`)],
  ['start-error-top-level', 's', start(`«${ERROR}|»`)],
  ['start-escalation-top-level', 's', start(`«${ESCALATION}|»`)],
  ['start-compensation-top-level', 's', start(`«${COMPENSATION}|»`)],
  ['start-cancel', 's', start('«<cancelEventDefinition/>|»')],
  ['start-terminate', 's', start('«<terminateEventDefinition/>|»')],
  ['start-link', 's', start(`«${LINK}|»`)],
  ['sub-process-start-trigger', 'ps', embedded(inside(begun(`«${TIMER}|»`)))],
  ['event-sub-process-start-none', 'ps', eventSub(inside(begun(`«|${SIGNAL}»`)))],
  ['error-start-not-interrupting', 'ps', eventSub(inside(begun(ERROR, 'isInterrupting="«false|true»"')))],
  [
    'compensation-start-not-interrupting',
    'ps',
    model(
      `${S}<subProcess id="q"><startEvent id="qs"/><endEvent id="qe"/>${flows('qs qe')}<subProcess id="p" triggeredByEvent="true">${inside(begun(COMPENSATION, 'isInterrupting="«false|true»"'))}</subProcess></subProcess>${E}${flows('s q e')}`,
    ),
  ],
  ['interrupting-ignored', 's', model(`<startEvent id="s" isInterrupting="«false|true»"/>${A}${E}${flows('s a e')}`)],
  ['several-none-starts', 'proces', model(`${BASE}<startEvent id="s2">«|${TIMER}»</startEvent><endEvent id="k"/>${flows('s2 k')}`)],
  ['sub-process-several-starts', 'p', embedded(`${inside(NONE)}«<startEvent id="ps2"/><endEvent id="pk"/>${flows('ps2 pk')}|»`)],
  ['event-sub-process-without-start', 'p', eventSub(`«<task id="pa"/><endEvent id="pe"/>${flows('pa pe')}|${inside(begun(SIGNAL))}»`)],
  [
    'event-sub-process-several-starts',
    'p',
    eventSub(`${inside(begun(SIGNAL))}«<startEvent id="ps2">${TIMER}</startEvent><endEvent id="pk"/>${flows('ps2 pk')}|»`),
  ],
  ['end-without-start', 'proces', model(`«|${S}»${A}${E}«|${flows('s a')}»${flows('a e')}`)],
  ['start-without-end', 'proces', model(`${S}${A}«|${E}»${flows('s a')}«|${flows('a e')}»`)],
  ['end-event-outgoing', 'e', model(`${S}${E}${A}«${flows('s e a')}|${flows('s a e')}»«<endEvent id="k"/>${flows('a k')}|»`)],
  ['end-event-without-incoming', 'k', model(`${BASE}«<endEvent id="k"/>|»`)],
  ['end-timer', 'e', end(`«${TIMER}|»`)],
  ['end-conditional', 'e', end(`«${CONDITION}|»`)],
  ['end-link', 'e', end(`«${LINK}|»`)],
  ['end-cancel-outside-transaction', 'e', end('«<cancelEventDefinition/>|<terminateEventDefinition/>»')],
  ['terminate-with-others', 'e', end(`<terminateEventDefinition/>«${SIGNAL}|»`)],
  ['ad-hoc-start-event', 'ps', adHoc(`«${NONE}|»<task id="pa"/>«${flows('ps pa')}|»${DONE}`)],
  ['ad-hoc-end-event', 'pe', adHoc(`<task id="pa"/>«<endEvent id="pe"/>${flows('pa pe')}|»${DONE}`)],
];

export const intermediateCases: readonly Case[] = [
  ['catch-without-trigger', 'x', caught(`«|${SIGNAL}»`)],
  ['catch-error', 'x', caught(`«${ERROR}|${SIGNAL}»`)],
  ['catch-escalation', 'x', caught(`«${ESCALATION}|${SIGNAL}»`)],
  ['catch-compensation', 'x', caught(`«${COMPENSATION}|${SIGNAL}»`)],
  ['catch-cancel', 'x', caught(`«<cancelEventDefinition/>|${SIGNAL}»`)],
  ['catch-terminate', 'x', caught(`«<terminateEventDefinition/>|${SIGNAL}»`)],
  ['throw-timer', 'x', thrown(`«${TIMER}|»`)],
  ['throw-conditional', 'x', thrown(`«${CONDITION}|»`)],
  ['throw-error', 'x', thrown(`«${ERROR}|»`)],
  ['throw-cancel', 'x', thrown('«<cancelEventDefinition/>|»')],
  ['throw-terminate', 'x', thrown('«<terminateEventDefinition/>|»')],
  [
    'intermediate-event-without-incoming',
    'x',
    model(`${BASE}«<intermediateCatchEvent id="x">${SIGNAL}</intermediateCatchEvent><endEvent id="k"/>${flows('x k')}|»`),
  ],
  [
    'intermediate-event-without-outgoing',
    'x',
    model(
      `${S}<parallelGateway id="g"/>${E}${flows('s g e')}<intermediateThrowEvent id="x"/>${flows('g x')}«|<endEvent id="k"/>${flows('x k')}»`,
    ),
  ],
  ['link-throw-outgoing', 'l', links(LINK, LINK).replace(E, `${E}«<endEvent id="k"/>${flows('l k')}|»`)],
  [
    'link-catch-incoming',
    'c',
    links(LINK, LINK)
      .replace(
        S,
        `${S}«<exclusiveGateway id="g" default="g-c"/>${flows('s g c')}<sequenceFlow id="g-l" sourceRef="g" targetRef="l"><conditionExpression>x</conditionExpression></sequenceFlow>|${flows('s l')}»`,
      )
      .replace(`${E}${flows('s l')}`, E),
  ],
  ['link-name-missing', 'l', links(LINK, LINK).replace(E, E).replace('name="L"', '«|name="L"»')],
  [
    'link-without-target',
    'l',
    links('<linkEventDefinition name="«M|L»"/>', LINK)
      .replace(E, `${E}«<intermediateThrowEvent id="l2">${LINK}</intermediateThrowEvent>|»`)
      .replace(flows('s l'), `«<parallelGateway id="g"/>${flows('s g l')}${flows('g l2')}|${flows('s l')}»`),
  ],
  [
    'link-in-other-scope',
    'l',
    model(
      `${S}<intermediateThrowEvent id="l">${LINK}</intermediateThrowEvent><parallelGateway id="g"/><subProcess id="p">${inside(NONE)}«<intermediateCatchEvent id="c">${LINK}</intermediateCatchEvent><endEvent id="ck"/>${flows('c ck')}|»</subProcess>${E}${flows('s g l')}${flows('g p e')}«|<intermediateCatchEvent id="c">${LINK}</intermediateCatchEvent><endEvent id="ck"/>${flows('c ck')}»`,
    ),
  ],
  [
    'link-several-targets',
    'c2',
    links(LINK, LINK).replace(
      E,
      `${E}«<intermediateCatchEvent id="c2">${LINK}</intermediateCatchEvent><endEvent id="k"/>${flows('c2 k')}|»`,
    ),
  ],
  [
    'link-without-source',
    'c',
    model(`${BASE}«<intermediateCatchEvent id="c">${LINK}</intermediateCatchEvent><endEvent id="k"/>${flows('c k')}|»`),
  ],
  ['link-with-others', 'l', links(`${LINK}«${SIGNAL}|»`, LINK)],
];

export const boundaryCases: readonly Case[] = [
  [
    'boundary-event-incoming',
    'x',
    model(
      `${S}<parallelGateway id="g"/>${A}${E}${flows('s g a e')}<boundaryEvent id="x" attachedToRef="a">${SIGNAL}</boundaryEvent><endEvent id="k"/>${flows('x k')}<sequenceFlow id="f" sourceRef="g" targetRef="«x|b»"/>«|<task id="b"/><endEvent id="bk"/>${flows('b bk')}»`,
    ),
  ],
  [
    'boundary-event-without-outgoing',
    'x',
    model(`${BASE}<boundaryEvent id="x" attachedToRef="a">${SIGNAL}</boundaryEvent>«|<endEvent id="k"/>${flows('x k')}»`),
  ],
  ['boundary-without-trigger', 'x', edge(`«|${SIGNAL}»`)],
  ['boundary-link', 'x', edge(`«${LINK}|${SIGNAL}»`)],
  ['boundary-terminate', 'x', edge(`«<terminateEventDefinition/>|${SIGNAL}»`)],
  ['boundary-error-not-interrupting', 'x', edge(ERROR, 'cancelActivity="«false|true»"')],
  [
    'boundary-cancel-not-interrupting',
    'x',
    transaction(
      cancelling('<cancelEventDefinition/>'),
      '',
      CANCELLED.replace('attachedToRef="p"', 'attachedToRef="p" cancelActivity="«false|true»"'),
    ),
  ],
  ['boundary-cancel-not-transaction', 'x', edge(`«<cancelEventDefinition/>|${SIGNAL}»`)],
  [
    'boundary-other-scope',
    'x',
    model(
      `${S}<subProcess id="p">${inside(NONE)}«|<boundaryEvent id="x" attachedToRef="pa">${SIGNAL}</boundaryEvent><endEvent id="k"/>${flows('x k')}»</subProcess>${E}${flows('s p e')}«<boundaryEvent id="x" attachedToRef="pa">${SIGNAL}</boundaryEvent><endEvent id="k"/>${flows('x k')}|»`,
    ),
  ],
  [
    'boundary-on-event-sub-process',
    'x',
    model(
      `${BASE}<subProcess id="p" triggeredByEvent="true">${inside(begun(TIMER))}</subProcess><boundaryEvent id="x" attachedToRef="«p|a»">${SIGNAL}</boundaryEvent><endEvent id="k"/>${flows('x k')}`,
    ),
  ],
  [
    'boundary-compensation-with-others',
    'x',
    model(
      `${BASE}<boundaryEvent id="x" attachedToRef="a">${COMPENSATION}«${SIGNAL}|»</boundaryEvent><task id="h" isForCompensation="true"/><association id="as" sourceRef="x" targetRef="h"/>`,
    ),
  ],
  [
    'boundary-error-twice',
    'x2',
    model(
      onBoundary(
        `<boundaryEvent id="x" attachedToRef="a">${ERROR}</boundaryEvent><boundaryEvent id="x2" attachedToRef="a"><errorEventDefinition errorRef="«ch|ch2»"/></boundaryEvent><endEvent id="k2"/>${flows('x2 k2')}`,
      ),
    ),
  ],
  [
    'boundary-escalation-twice',
    'x2',
    model(
      onBoundary(
        `<boundaryEvent id="x" attachedToRef="a">${ESCALATION}</boundaryEvent><boundaryEvent id="x2" attachedToRef="a"><escalationEventDefinition escalationRef="«es|es2»"/></boundaryEvent><endEvent id="k2"/>${flows('x2 k2')}`,
      ),
    ),
  ],
  [
    'boundary-cancel-twice',
    'x2',
    transaction(
      cancelling('<cancelEventDefinition/>'),
      '',
      `${CANCELLED}<boundaryEvent id="x2" attachedToRef="p">«<cancelEventDefinition/>|${SIGNAL}»</boundaryEvent><endEvent id="k2"/>${flows('x2 k2')}`,
    ),
  ],
];

export const subProcessCases: readonly Case[] = [
  ['sub-process-empty', 'p', embedded(`«|${inside(NONE)}»`)],
  [
    'event-sub-process-incoming',
    'p',
    model(
      `${S}${A}${E}<parallelGateway id="g"/>${flows('s g a e')}<subProcess id="p" triggeredByEvent="true">${inside(begun(SIGNAL))}</subProcess>${flows('g k')}<endEvent id="k"/>«${flows('g p')}|»`,
    ),
  ],
  [
    'event-sub-process-outgoing',
    'p',
    model(`${BASE}<subProcess id="p" triggeredByEvent="true">${inside(begun(SIGNAL))}</subProcess>«<endEvent id="k"/>${flows('p k')}|»`),
  ],
  ['event-sub-process-loop', 'p', eventSub(`${inside(begun(SIGNAL))}«<standardLoopCharacteristics loopMaximum="3"/>|»`)],
  ['event-sub-process-for-compensation', 'p', eventSub(inside(begun(SIGNAL)), '«isForCompensation="true"|»')],
  [
    'event-sub-process-kind',
    'p',
    model(
      `${BASE}<transaction id="p" triggeredByEvent="«true|false»">${inside(begun(`«${SIGNAL}|»`))}</transaction>«|<startEvent id="s2">${SIGNAL}</startEvent><endEvent id="k"/>${flows('s2 p k')}»`,
    ),
  ],
  [
    'event-sub-process-error-twice',
    'p2',
    model(
      `${BASE}<subProcess id="p" triggeredByEvent="true">${inside(begun(ERROR))}</subProcess><subProcess id="p2" triggeredByEvent="true"><startEvent id="s2"><errorEventDefinition errorRef="«ch|ch2»"/></startEvent><endEvent id="e2"/>${flows('s2 e2')}</subProcess>`,
    ),
  ],
  [
    'event-sub-process-escalation-twice',
    'p2',
    model(
      `${BASE}<subProcess id="p" triggeredByEvent="true">${inside(begun(ESCALATION))}</subProcess><subProcess id="p2" triggeredByEvent="true"><startEvent id="s2"><escalationEventDefinition escalationRef="«es|es2»"/></startEvent><endEvent id="e2"/>${flows('s2 e2')}</subProcess>`,
    ),
  ],
  [
    'compensation-event-sub-process-twice',
    'p2',
    model(
      `${S}<subProcess id="q"><startEvent id="qs"/><endEvent id="qe"/>${flows('qs qe')}<subProcess id="p" triggeredByEvent="true">${inside(begun(COMPENSATION))}</subProcess><subProcess id="p2" triggeredByEvent="true"><startEvent id="s2">«${COMPENSATION}|${SIGNAL}»</startEvent><endEvent id="e2"/>${flows('s2 e2')}</subProcess></subProcess>${E}${flows('s q e')}`,
    ),
  ],
  ['compensation-event-sub-process-at-top', 'ps', eventSub(inside(begun(`«${COMPENSATION}|${SIGNAL}»`)))],
  ['transaction-method', 'p', transaction(inside(NONE), 'method="«jinak|##Store»"')],
  ['transaction-cancel-uncaught', 'p', transaction(cancelling('<cancelEventDefinition/>'), '', `«|${CANCELLED}»`)],
  ['ad-hoc-without-activity', 'p', adHoc(`«|<task id="pa"/>»${DONE}`)],
  ['ad-hoc-completion-missing', 'p', adHoc(`<task id="pa"/>«|${DONE}»`)],
  ['ad-hoc-cancel-sequential', 'p', adHoc(`<task id="pa"/>${DONE}`, 'ordering="«Sequential|Parallel»" cancelRemainingInstances="false"')],
];

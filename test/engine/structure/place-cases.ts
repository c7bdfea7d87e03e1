// Models for data, pools, lanes, choreographies and for the way of tokens.
import { A, BASE, conditional, E, file, flows, inProcess, S } from './models.ts';
import type { Case } from './models.ts';
import { choreography, parts } from './reference-cases.ts';

const { INPUTS, OUTPUTS, POOLS, PROCESS, data, io } = parts;
const pools = (more: string, process = PROCESS): string =>
  file(`<message id="m" name="m"/><collaboration id="c">${POOLS}${more}</collaboration>${process}`);
const message = (from: string, to: string): string => `<messageFlow id="mf" sourceRef="${from}" targetRef="${to}"/>`;
const TIMER = '<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>';

export const dataCases: readonly Case[] = [
  ['data-object-missing', 'r', inProcess(`${BASE}<dataObject id="d"/><dataObjectReference id="r" «|dataObjectRef="d"»/>`)],
  ['data-association-source-missing', 'x', data('«|<sourceRef>d</sourceRef>»<targetRef>in</targetRef>')],
  [
    'data-association-several-sources',
    'x',
    data('<sourceRef>d</sourceRef><sourceRef>in</sourceRef><targetRef>in</targetRef>«|<transformation>x</transformation>»'),
  ],
  ['data-input-without-set', 'in', inProcess(io(`<inputSet id="is">«|<dataInputRefs>in</dataInputRefs>»</inputSet>${OUTPUTS}`))],
  ['data-output-without-set', 'out', inProcess(io(`${INPUTS}<outputSet id="os">«|<dataOutputRefs>out</dataOutputRefs>»</outputSet>`))],
  [
    'optional-input-not-member',
    'is',
    inProcess(io(`<inputSet id="is">«|<dataInputRefs>in</dataInputRefs>»<optionalInputRefs>in</optionalInputRefs></inputSet>${OUTPUTS}`)),
  ],
  [
    'optional-output-not-member',
    'os',
    inProcess(
      io(`${INPUTS}<outputSet id="os">«|<dataOutputRefs>out</dataOutputRefs>»<optionalOutputRefs>out</optionalOutputRefs></outputSet>`),
    ),
  ],
  ['property-name-missing', 'v', inProcess(`${S}<task id="a"><property id="v" «|name="v"»/></task>${E}${flows('s a e')}`)],
  [
    'property-twice',
    'v2',
    inProcess(`${S}<task id="a"><property id="v" name="v"/><property id="v2" name="«v|w»"/></task>${E}${flows('s a e')}`),
  ],
  ['data-store-capacity', 'ds', file(`<dataStore id="ds" isUnlimited="false" «|capacity="5"»/>${PROCESS}`)],
  [
    'collection-mismatch',
    'd',
    inProcess(`${BASE}<dataObject id="d" isCollection="true" itemSubjectRef="i"/>`, '<itemDefinition id="i" «|isCollection="true"»/>'),
  ],
];

const lanes = (first: string, second: string, process = BASE): string =>
  inProcess(`<laneSet id="ls"><lane id="l1">${first}</lane><lane id="l2">${second}</lane></laneSet>${process}`);
const held = (...nodes: readonly string[]): string => nodes.map((node) => `<flowNodeRef>${node}</flowNodeRef>`).join('');
const STARTED = `<process id="proces" isExecutable="true"><startEvent id="s">«${TIMER}|<messageEventDefinition messageRef="m"/>»</startEvent>${A}${E}${flows('s a e')}</process>`;

export const collaborationCases: readonly Case[] = [
  ['participant-process-twice', 'u3', pools('<participant id="u3" «processRef="proces"|»/>')],
  ['participant-multiplicity', 'u3', pools('<participant id="u3"><participantMultiplicity minimum="3" maximum="«2|4»"/></participant>')],
  ['message-flow-source-kind', 'mf', pools(message('«s|a»', 'u1'))],
  ['message-flow-target-kind', 'mf', pools(message('u1', '«e|a»'))],
  ['message-flow-same-pool', 'mf', pools(message('a', '«u2|u1»'))],
  ['message-flow-event-kind', 'mf', pools(message('u1', 's'), STARTED)],
  [
    'message-flow-event-sub-process',
    'mf',
    pools(
      message('u1', '«p|ps»'),
      `<process id="proces" isExecutable="true">${BASE}<subProcess id="p" triggeredByEvent="true"><startEvent id="ps"><messageEventDefinition messageRef="m"/></startEvent><endEvent id="pe"/>${flows('ps pe')}</subProcess></process>`,
    ),
  ],
  [
    'lane-node-other-process',
    'l1',
    file(
      `<process id="p2"><task id="t2"/></process><process id="proces" isExecutable="true"><laneSet id="ls"><lane id="l1">${held('s', 'a', 'e')}«${held('t2')}|»</lane></laneSet>${BASE}</process>`,
    ),
  ],
  ['lane-node-twice', 'a', lanes(held('s', 'a'), `${held('e')}«${held('a')}|»`)],
  ['lane-node-outside', 'a', lanes(held('s'), `${held('e')}«|${held('a')}»`)],
  [
    'choreography-participants',
    'ct',
    choreography('<messageFlowRef>mf</messageFlowRef>', 'initiatingParticipantRef="u1"', 'u1').replace(
      '<participantRef>u1</participantRef>',
      '<participantRef>u1</participantRef>«|<participantRef>u2</participantRef>»',
    ),
  ],
  [
    'choreography-initiator-outside',
    'ct',
    choreography('<messageFlowRef>mf</messageFlowRef>', 'initiatingParticipantRef="«u3|u1»"').replace(
      POOLS,
      `${POOLS}<participant id="u3"/>`,
    ),
  ],
  [
    'choreography-in-process',
    'ct',
    choreography('')
      .replace(/<choreographyTask.*<\/choreographyTask>/, '')
      .replace(
        E,
        `${E}«<choreographyTask id="ct" initiatingParticipantRef="u1"><participantRef>u1</participantRef><participantRef>u2</participantRef><messageFlowRef>mf</messageFlowRef></choreographyTask>${flows('a ct k')}<endEvent id="k"/>|»`,
      )
      .replace(flows('s a e'), `«${flows('s a')}|${flows('s a e')}»`)
      .replace(E, '«|<endEvent id="e"/>»'),
  ],
  [
    'activity-in-choreography',
    't',
    choreography('<messageFlowRef>mf</messageFlowRef>').replace('</choreography>', '«<task id="t"/>|»</choreography>'),
  ],
  [
    'conversation-participants',
    'kv',
    pools('<conversation id="kv"><participantRef>u1</participantRef>«|<participantRef>u2</participantRef>»</conversation>'),
  ],
];

const crossing = (splitter: string, joiner: string): string =>
  inProcess(
    `${S}<${splitter} id="x" default="x-b"/><task id="a"/><task id="b"/><${joiner} id="j"/>${E}${flows('s x b j e')}${flows('a j')}${conditional('x', 'a')}`,
  );

export const pathCases: readonly Case[] = [
  ['unreachable', 'u', inProcess(`${BASE}«<task id="u"/>${flows('u e')}|»`)],
  [
    'dead-end',
    'b',
    inProcess(`${S}<parallelGateway id="g"/>${A}<task id="b"/>${E}${flows('s g a e')}${flows('g b')}«|<endEvent id="k"/>${flows('b k')}»`),
  ],
  [
    'endless-loop',
    'j',
    inProcess(`${S}<exclusiveGateway id="j"/>«${A}|<userTask id="a"/>»<task id="b"/>${flows('s j a b j')}`)
      .replace(S, `${S}${E}<exclusiveGateway id="g" default="g-j"/>`)
      .replace(flows('s j'), `${flows('s g j')}${conditional('g', 'e')}`),
  ],
  ['join-never-completes', 'j', crossing('exclusiveGateway', '«parallelGateway|exclusiveGateway»')],
  [
    'join-after-boundary',
    'j',
    inProcess(
      `${S}<task id="a"/><boundaryEvent id="x" attachedToRef="a">${TIMER}</boundaryEvent><task id="b"/><«parallelGateway|exclusiveGateway» id="j"/>${E}${flows('s a j e')}${flows('x b j')}`,
    ),
  ],
  [
    'parallel-split-merged',
    'j',
    inProcess(
      `${S}<parallelGateway id="x"/><task id="a"/><task id="b"/><«exclusiveGateway|parallelGateway» id="j"/>${E}${flows('s x a j e')}${flows('x b j')}`,
    ),
  ],
];

// Short words for plain BPMN 2.0 models of a few elements. Flow ids follow from their ends (`a_b`), so a default is named by its target.

const HEAD =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:spis="urn:vyrizeno:bpmn:1" targetNamespace="urn:try"';

/** Roots used by reference are declared by use: `msg_` messages, `sig_` signals, `err_` errors, `esc_` escalations. */
export function file(...parts: readonly string[]): string {
  const body = parts.join('\n');
  const used = (prefix: string): readonly string[] => [
    ...new Set(
      [...body.matchAll(new RegExp(`Ref="${prefix}_([^"]+)"|Ref>${prefix}_([^<]+)<`, 'g'))].map((match) => match[1] ?? match[2] ?? ''),
    ),
  ];
  const roots = [
    ...used('msg').map((name) => `<message id="msg_${name}" name="${name}"/>`),
    ...used('sig').map((name) => `<signal id="sig_${name}" name="${name}"/>`),
    ...used('err').map((code) => `<error id="err_${code}" name="${code}" errorCode="${code}"/>`),
    ...used('esc').map((code) => `<escalation id="esc_${code}" name="${code}" escalationCode="${code}"/>`),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<definitions id="definitions" ${HEAD}>\n${roots.join('\n')}\n${body}\n</definitions>\n`;
}

export function process(id: string, ...inside: readonly string[]): string {
  return `<process id="${id}" isExecutable="true">${inside.join('\n')}</process>`;
}

/** A file with the one process `P`. */
export const one = (...inside: readonly string[]): string => file(process('P', ...inside));

export function element(tag: string, id: string, inside = '', attributes = ''): string {
  return `<${tag} id="${id}"${attributes === '' ? '' : ` ${attributes}`}>${inside}</${tag}>`;
}

/** `s a [v > 1] b`: flows s→a and, on a condition, a→b. */
export function flows(...chains: readonly string[]): string {
  return chains
    .flatMap((chain) => {
      const parts = chain.match(/\[[^\]]*\]|[^\s[\]]+/g) ?? [];
      const drawn: string[] = [];
      let source: string | undefined;
      let condition: string | undefined;
      for (const part of parts) {
        if (part.startsWith('[')) condition = part.slice(1, -1);
        else {
          if (source !== undefined) drawn.push(flow(source, part, condition));
          source = part;
          condition = undefined;
        }
      }
      return drawn;
    })
    .join('\n');
}

function flow(source: string, target: string, condition: string | undefined): string {
  const when =
    condition === undefined ? '' : `<conditionExpression xsi:type="tFormalExpression">${escape(condition)}</conditionExpression>`;
  return `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${when}</sequenceFlow>`;
}

export const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const start = (id = 's', inside = '', attributes = ''): string => element('startEvent', id, inside, attributes);
export const end = (id = 'e', inside = ''): string => element('endEvent', id, inside);
export const catching = (id: string, inside: string): string => element('intermediateCatchEvent', id, inside);
export const throwing = (id: string, inside = ''): string => element('intermediateThrowEvent', id, inside);
export const boundary = (id: string, host: string, inside: string, attributes = ''): string =>
  element('boundaryEvent', id, inside, `attachedToRef="${host}" ${attributes}`);
/** A boundary event that lets its activity go on. */
export const beside = (id: string, host: string, inside: string): string => boundary(id, host, inside, 'cancelActivity="false"');

export const task = (id: string, inside = '', attributes = ''): string => element('task', id, inside, attributes);
export const user = (id: string, inside = '', attributes = ''): string => element('userTask', id, inside, attributes);
export const service = (id: string, inside = '', attributes = ''): string => element('serviceTask', id, inside, attributes);
export const receive = (id: string, message: string, inside = '', attributes = ''): string =>
  element('receiveTask', id, inside, `messageRef="msg_${message}" ${attributes}`);
export const send = (id: string, message: string, inside = ''): string => element('sendTask', id, inside, `messageRef="msg_${message}"`);
export const script = (id: string, feel: string, result: string, inside = ''): string =>
  element('scriptTask', id, `${inside}<script>${escape(feel)}</script>`, `scriptFormat="application/feel" spis:resultVariable="${result}"`);
export const call = (id: string, called: string, inside = ''): string => element('callActivity', id, inside, `calledElement="${called}"`);

/** `standard`: the target of the default flow. */
export const gateway = (kind: string, id: string, standard?: string, inside = '', attributes = ''): string =>
  element(`${kind}Gateway`, id, inside, `${standard === undefined ? '' : `default="${id}_${standard}" `}${attributes}`);
export const xor = (id: string, standard?: string): string => gateway('exclusive', id, standard);
export const and = (id: string): string => gateway('parallel', id);
export const or = (id: string, standard?: string): string => gateway('inclusive', id, standard);
export const events = (id: string, attributes = ''): string => gateway('eventBased', id, undefined, '', attributes);

export const sub = (id: string, ...inside: readonly string[]): string => element('subProcess', id, inside.join('\n'));
export const eventSub = (id: string, ...inside: readonly string[]): string =>
  element('subProcess', id, inside.join('\n'), 'triggeredByEvent="true"');
export const transaction = (id: string, ...inside: readonly string[]): string => element('transaction', id, inside.join('\n'));

export const message = (name: string): string => `<messageEventDefinition messageRef="msg_${name}"/>`;
export const signal = (name: string): string => `<signalEventDefinition signalRef="sig_${name}"/>`;
export const error = (code?: string): string => `<errorEventDefinition${code === undefined ? '' : ` errorRef="err_${code}"`}/>`;
export const escalation = (code?: string): string =>
  `<escalationEventDefinition${code === undefined ? '' : ` escalationRef="esc_${code}"`}/>`;
export const condition = (feel: string): string =>
  `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${escape(feel)}</condition></conditionalEventDefinition>`;
export const compensation = (activity?: string): string =>
  `<compensateEventDefinition${activity === undefined ? '' : ` activityRef="${activity}"`}/>`;
export const link = (name: string): string => `<linkEventDefinition name="${name}"/>`;
export const cancel = '<cancelEventDefinition/>';
export const terminate = '<terminateEventDefinition/>';
const timer = (kind: string, text: string): string =>
  `<timerEventDefinition><${kind} xsi:type="tFormalExpression">${escape(text)}</${kind}></timerEventDefinition>`;
export const after = (duration: string): string => timer('timeDuration', duration);
export const at = (date: string): string => timer('timeDate', date);
export const every = (cycle: string): string => timer('timeCycle', cycle);

/** A compensation boundary event with its handler. */
export const undoes = (handler: string, id: string, host: string): string =>
  boundary(id, host, compensation()) +
  task(handler, '', 'isForCompensation="true"') +
  `<association id="${id}_${handler}" associationDirection="One" sourceRef="${id}" targetRef="${handler}"/>`;

export const loop = (condition: string, attributes = ''): string =>
  `<standardLoopCharacteristics ${attributes}><loopCondition xsi:type="tFormalExpression">${escape(condition)}</loopCondition></standardLoopCharacteristics>`;
/** Instances of a fixed number. */
export const times = (cardinality: string, attributes = '', inside = ''): string =>
  `<multiInstanceLoopCharacteristics ${attributes}><loopCardinality xsi:type="tFormalExpression">${escape(cardinality)}</loopCardinality>${inside}</multiInstanceLoopCharacteristics>`;
export const until = (feel: string): string => `<completionCondition xsi:type="tFormalExpression">${escape(feel)}</completionCondition>`;

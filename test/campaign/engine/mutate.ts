// Faults put into a model's text and into variables: what a hurried analyst, another editor or an attacker might write.
import type { Json, Variables } from '../../../server/engine/types.ts';
import { pick } from './dice.ts';
import type { Dice } from './dice.ts';

type Mutation = (xml: string, dice: Dice) => string;

const expressions = [
  '',
  '=',
  'n +',
  'for x in 1..100000 return x',
  'some x in [1,2] satisfies x > n',
  '{a: 1}.a.b.c',
  'n[1][2]',
  'date("2026-13-45")',
  '"' + 'x'.repeat(5_000) + '"',
  '1/0',
  'null',
  '-1',
  '1000000000',
  '0.5',
  'function(x) x(x)',
  'constructor.constructor("return 1")()',
  '__proto__',
  '${n}',
  'n = n',
];
const timers = [
  'PT0S',
  'P0D',
  'R/PT0S',
  'R999999999/PT1S',
  'R-1/PT1S',
  'PT1E9S',
  'P99999999Y',
  '2026-02-30',
  'R3/P1D/2026-01-01',
  'abc',
  '-PT1S',
];
const tags = [
  'task',
  'userTask',
  'serviceTask',
  'scriptTask',
  'receiveTask',
  'sendTask',
  'callActivity',
  'subProcess',
  'transaction',
  'adHocSubProcess',
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'complexGateway',
  'eventBasedGateway',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
  'startEvent',
  'endEvent',
];

const spans = (xml: string, pattern: RegExp): readonly RegExpExecArray[] => [...xml.matchAll(pattern)];
const replaceAt = (xml: string, at: number, length: number, by: string): string => xml.slice(0, at) + by + xml.slice(at + length);

function within(xml: string, pattern: RegExp, dice: Dice, by: (match: RegExpExecArray) => string): string {
  const all = spans(xml, pattern);
  if (all.length === 0) return xml;
  const match = pick(dice, all);
  return replaceAt(xml, match.index, match[0].length, by(match));
}

/** Never empty. */
const idsIn = (xml: string): readonly string[] => ['nowhere', ...spans(xml, / id="([^"]*)"/g).map((match) => match[1] ?? '')];

const mutations: readonly Mutation[] = [
  // An element is lost, doubled, or becomes another one.
  (xml, dice) => within(xml, /<(\w+) id="[^"]*"[^>]*(?:\/>|><\/\1>)/g, dice, () => ''),
  (xml, dice) => within(xml, /<(\w+) id="[^"]*"[^>]*(?:\/>|><\/\1>)/g, dice, ([all]) => all + all),
  (xml, dice) => {
    const by = pick(dice, tags);
    return within(
      xml,
      /<(\w*(?:Task|task|Event|Gateway)) (id="[^"]*"[^>]*)>([\s\S]*?)<\/\1>/g,
      dice,
      (match) => `<${by} ${match[2]}>${match[3]}</${by}>`,
    );
  },
  (xml, dice) => within(xml, /<sequenceFlow [^>]*>(?:[\s\S]*?<\/sequenceFlow>)?/g, dice, () => ''),
  // A reference leads elsewhere or nowhere.
  (xml, dice) =>
    within(
      xml,
      /(sourceRef|targetRef|attachedToRef|default|messageRef|calledElement|errorRef|signalRef)="[^"]*"/g,
      dice,
      (match) => `${match[1]}="${pick(dice, [...idsIn(xml), ''])}"`,
    ),
  (xml, dice) => within(xml, / id="[^"]*"/g, dice, () => ` id="${pick(dice, [...idsIn(xml), 'constructor', '__proto__', 'á b', ''])}"`),
  // A new flow between any two elements.
  (xml, dice) => {
    const ids = idsIn(xml);
    const flow = `<sequenceFlow id="extra${Math.floor(dice() * 1e6)}" sourceRef="${pick(dice, ids)}" targetRef="${pick(dice, ids)}"/>`;
    return xml.replace(/(<(?:process|subProcess) [^>]*>)/, `$1${flow}`);
  },
  // An expression or a timer says something strange.
  (xml, dice) =>
    within(
      xml,
      />([^<>]+)<\/(conditionExpression|script|condition|loopCardinality|loopCondition|completionCondition)>/g,
      dice,
      (match) => `>${pick(dice, expressions)}</${match[2]}>`,
    ),
  (xml, dice) => within(xml, />([^<>]+)<\/(timeDuration|timeCycle|timeDate)>/g, dice, (match) => `>${pick(dice, timers)}</${match[2]}>`),
  (xml, dice) =>
    xml.replace('</conditionExpression>', `${pick(dice, expressions).replaceAll('&', '').replaceAll('<', '')}</conditionExpression>`),
  // Attributes come, go and change.
  (xml, dice) => within(xml, / (\w+)="(true|false)"/g, dice, (match) => ` ${match[1]}="${match[2] === 'true' ? 'false' : 'true'}"`),
  (xml, dice) => within(xml, / \w+="[^"]*"/g, dice, () => ''),
  (xml, dice) =>
    within(
      xml,
      /<(\w+) id=/g,
      dice,
      (match) =>
        `<${match[1]} ${pick(dice, ['startQuantity="5"', 'completionQuantity="100"', 'completionQuantity="1000000"', 'isForCompensation="true"', 'triggeredByEvent="true"', 'cancelActivity="false"', 'parallelMultiple="true"', 'instantiate="true"', 'isInterrupting="false"', 'ordering="Sequential"'])} id=`,
    ),
  (xml, dice) =>
    within(
      xml,
      /<(\w*(?:Task|task|subProcess|callActivity)) (id="[^"]*"[^>]*)>/g,
      dice,
      (match) =>
        `<${match[1]} ${match[2]}>${pick(dice, ['<multiInstanceLoopCharacteristics><loopCardinality>1000000000</loopCardinality></multiInstanceLoopCharacteristics>', '<multiInstanceLoopCharacteristics><loopCardinality>-1</loopCardinality></multiInstanceLoopCharacteristics>', '<multiInstanceLoopCharacteristics/>', '<standardLoopCharacteristics/>', '<standardLoopCharacteristics><loopCondition>true</loopCondition></standardLoopCharacteristics>', '<ioSpecification/>'])}`,
    ),
  // An event definition is added or lost.
  (xml, dice) =>
    within(
      xml,
      /<(\w*Event) (id="[^"]*"[^>]*)>/g,
      dice,
      (match) =>
        `<${match[1]} ${match[2]}>${pick(dice, ['<terminateEventDefinition/>', '<cancelEventDefinition/>', '<compensateEventDefinition/>', '<errorEventDefinition/>', '<escalationEventDefinition/>', '<linkEventDefinition name="L"/>', '<signalEventDefinition/>', '<messageEventDefinition/>', '<timerEventDefinition/>', '<conditionalEventDefinition/>'])}`,
    ),
  (xml, dice) => within(xml, /<\w+EventDefinition[^>]*\/>/g, dice, () => ''),
  // The text itself is broken.
  (xml, dice) => replaceAt(xml, Math.floor(dice() * xml.length), Math.floor(dice() * 20), ''),
  (xml, dice) =>
    replaceAt(
      xml,
      Math.floor(dice() * xml.length),
      0,
      pick(dice, ['<', '>', '&', '"', '\0', '\u202e', '<!DOCTYPE x>', '<x:y/>', ']]>', '<?pi?>']),
    ),
];

/** One to three faults. */
export function mutateModel(xml: string, dice: Dice): string {
  let mutated = xml;
  for (let count = 1 + Math.floor(dice() * 3); count > 0; count -= 1) mutated = pick(dice, mutations)(mutated, dice);
  return mutated;
}

const values: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1e308,
  1e-320,
  '',
  'PT1S',
  '${n}',
  'x'.repeat(10_000),
  [],
  [[[[]]]],
  Array.from({ length: 2_000 }, (_, index) => index),
  {},
  { constructor: { prototype: 1 } },
  { a: { b: { c: [1, { d: null }] } } },
];
const names = ['n', 'choice', 'list', 'item', 'loopCounter', 'numberOfInstances', 'constructor', '__proto__', 'activationCount', 'a b', ''];

export function mutateVariables(dice: Dice): Variables {
  const count = Math.floor(dice() * 4);
  return Object.fromEntries(Array.from({ length: count }, () => [pick(dice, names), pick(dice, values)]));
}

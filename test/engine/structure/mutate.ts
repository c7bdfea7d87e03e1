// Spoils a model by chance, from a seed: in its text (attributes, names, references) and in the tree that was read from it (values of a wrong kind).
import type { ParsedBpmn } from '../../../server/engine/parse-bpmn.ts';

export type Chance = (below: number) => number;

/** mulberry32: the same numbers for the same seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const NAMES =
  'task startEvent endEvent boundaryEvent intermediateCatchEvent intermediateThrowEvent subProcess transaction adHocSubProcess exclusiveGateway parallelGateway eventBasedGateway callActivity sequenceFlow dataObject lane participant messageFlow association'.split(
    ' ',
  );

/** One to six changes. */
export function spoilText(xml: string, chance: Chance): string {
  let text = xml;
  for (let left = 1 + chance(6); left > 0; left -= 1) text = spoilOnce(text, chance);
  return text;
}

function spoilOnce(xml: string, chance: Chance): string {
  const attributes = [...xml.matchAll(/ (?!xmlns)[\w:]+="[^"]*"/g)];
  const tags = [...xml.matchAll(/<(?!definitions|\/)(\w+)[^<>]*\/>/g)];
  const attribute = attributes[chance(Math.max(1, attributes.length))];
  const tag = tags[chance(Math.max(1, tags.length))];
  if (!attribute || !tag) return xml;
  const other = attributes[chance(attributes.length)]?.[0] ?? '';
  const at = (match: RegExpMatchArray, replacement: string): string =>
    `${xml.slice(0, match.index)}${replacement}${xml.slice((match.index ?? 0) + match[0].length)}`;
  switch (chance(7)) {
    case 0:
      return at(attribute, '');
    case 1:
      return at(attribute, attribute[0].replace(/"[^"]*"/, /"[^"]*"/.exec(other)?.[0] ?? '""'));
    case 2:
      return at(attribute, attribute[0].replace(/ [\w:]+=/, / [\w:]+=/.exec(other)?.[0] ?? ' x='));
    case 3:
      return at(tag, '');
    case 4:
      return at(tag, tag[0] + tag[0]);
    case 5:
      return at(tag, tag[0].replace(/^<\w+/, `<${NAMES[chance(NAMES.length)] ?? 'task'}`));
    default:
      return xml.replaceAll(new RegExp(`(</?)${tag[1] ?? 'task'}\\b`, 'g'), `$1${NAMES[chance(NAMES.length)] ?? 'task'}`);
  }
}

/** Puts something of a wrong kind where the reader would put a value, an element or a list. */
export function spoilTree(parsed: ParsedBpmn, chance: Chance): void {
  const elements = Object.values(parsed.elementsById);
  for (let left = chance(5); left > 0 && elements.length > 0; left -= 1) {
    const element = elements[chance(elements.length)];
    const keys = element ? Object.keys(element) : [];
    const key = keys[chance(Math.max(1, keys.length))];
    if (!element || key === undefined || key.startsWith('$')) continue;
    const junk = [
      undefined,
      null,
      'x',
      3,
      NaN,
      {},
      { $type: 'cizi:vec' },
      { $type: 'bpmn:SequenceFlow' },
      [null, 'a', {}],
      [{ $type: 'bpmn:Task' }],
      element,
      elements[0],
    ];
    Reflect.set(element, key, junk[chance(junk.length)]);
  }
}

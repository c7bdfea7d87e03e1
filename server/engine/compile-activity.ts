// What only activities have: repetition, called elements, ad-hoc order, scripts, token quantities (BPMN 2.0.2, 10.3).
import { triggerOf, named } from './compile-event.ts';
import { dataNames, feelOf, checkedFeel, RESERVED, VARIABLE } from './compile-notes.ts';
import type { CompileNotes, Note } from './compile-notes.ts';
import type { LoopRule, NodeKind, ProcessNode } from './process-model.ts';
import { elementOf, elementsOf, flagOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

type ActivityWords = Partial<
  Pick<
    ProcessNode,
    'loop' | 'calls' | 'isTransaction' | 'adHoc' | 'isForCompensation' | 'startQuantity' | 'completionQuantity' | 'script' | 'instantiates'
  >
>;

export function activityWords(element: XmlElement, kind: NodeKind, notes: CompileNotes, note: Note): ActivityWords {
  const loop = element.$instanceOf?.('bpmn:Activity') === true ? elementOf(element, 'loopCharacteristics') : undefined;
  const calls = kind === 'callActivity' ? calledName(element) : undefined;
  return {
    ...(loop ? { loop: loopOf(loop, notes, note) } : {}),
    ...(calls ? { calls } : {}),
    ...(element.$type === 'bpmn:Transaction' ? { isTransaction: true } : {}),
    ...(element.$type === 'bpmn:AdHocSubProcess' ? { adHoc: adHocOf(element, note) } : {}),
    ...(isActivity(element) && flagOf(element, 'isForCompensation') ? { isForCompensation: true } : {}),
    ...(element.$type === 'bpmn:ReceiveTask' && flagOf(element, 'instantiate') ? { instantiates: true } : {}),
    ...quantity(element, 'startQuantity'),
    ...quantity(element, 'completionQuantity'),
    ...(kind === 'scriptTask' ? scriptOf(element, notes.bare, note) : {}),
  };
}

/** Id a call activity names, without a namespace prefix. */
export function calledName(element: XmlElement): string {
  return (textOf(element, 'calledElement') ?? '').replace(/^.*:/, '');
}

const isActivity = (element: XmlElement): boolean => element.$instanceOf?.('bpmn:Activity') === true;

function quantity(element: XmlElement, property: 'startQuantity' | 'completionQuantity'): ActivityWords {
  const value = isActivity(element) ? element.get(property) : 1;
  return typeof value === 'number' && value > 1 ? { [property]: value } : {};
}

function adHocOf(element: XmlElement, note: Note): NonNullable<ProcessNode['adHoc']> {
  const completion = feelOf(elementOf(element, 'completionCondition'), 'Podmínka dokončení', note);
  return {
    isSequential: textOf(element, 'ordering') === 'Sequential',
    ...(completion === undefined ? {} : { completion }),
    cancelsRemaining: element.get('cancelRemainingInstances') !== false,
  };
}

/** An empty script does nothing, in whatever language. */
function scriptOf(element: XmlElement, bare: boolean, note: Note): { script: string } {
  const format = textOf(element, 'scriptFormat') ?? (bare ? 'feel' : '');
  const script = textOf(element, 'script') ?? '';
  if (bare && script === '') return { script };
  if (!/^((application|text)\/)?(x-)?feel$/i.test(format)) {
    note('script-language', 'Skript smí být jen ve FEEL (scriptFormat="feel").');
    return { script: '' };
  }
  return { script: script === '' ? '' : checkedFeel(script, 'Skript', note) };
}

function loopOf(loop: XmlElement, notes: CompileNotes, note: Note): LoopRule {
  return loop.$type === 'bpmn:StandardLoopCharacteristics' ? standardLoop(loop, note) : multiInstance(loop, notes, note);
}

function standardLoop(loop: XmlElement, note: Note): LoopRule {
  const condition = feelOf(elementOf(loop, 'loopCondition'), 'Podmínka opakování', note);
  const maximum = loop.get('loopMaximum');
  return {
    kind: 'standard',
    testBefore: flagOf(loop, 'testBefore'),
    ...(typeof maximum === 'number' ? { maximum } : {}),
    ...(condition === undefined ? {} : { condition }),
  };
}

function multiInstance(loop: XmlElement, notes: CompileNotes, note: Note): LoopRule {
  const cardinality = feelOf(elementOf(loop, 'loopCardinality'), 'Počet instancí', note);
  const completion = feelOf(elementOf(loop, 'completionCondition'), 'Podmínka dokončení', note);
  const input = elementOf(loop, 'loopDataInputRef');
  const output = elementOf(loop, 'loopDataOutputRef');
  if (cardinality === undefined && !input)
    note('missing-cardinality', 'Vícenásobná činnost nemá počet instancí ani kolekci (BPMN 2.0.2, 10.3.8).');
  const behavior = (textOf(loop, 'behavior') ?? 'All').toLowerCase() as Extract<LoopRule, { kind: 'multi' }>['behavior'];
  return {
    kind: 'multi',
    isSequential: flagOf(loop, 'isSequential'),
    ...(cardinality === undefined ? {} : { cardinality }),
    ...(input ? { collection: dataNames(input, notes) } : {}),
    ...variable('item', elementOf(loop, 'inputDataItem'), note),
    ...(output ? { outputCollection: dataNames(output, notes)[0] ?? '' } : {}),
    ...variable('outputItem', elementOf(loop, 'outputDataItem'), note),
    ...(completion === undefined ? {} : { completion }),
    behavior,
    throws: throwsOf(loop, behavior, notes, note),
  };
}

function variable(word: 'item' | 'outputItem', element: XmlElement | undefined, note: Note): { item?: string; outputItem?: string } {
  const name = named(element);
  if (name === undefined || name === '') return {};
  if (VARIABLE.test(name) && !RESERVED.test(name)) return { [word]: name };
  note('bad-variable', `Jméno proměnné „${name}“ není dovoleno.`);
  return {};
}

function throwsOf(
  loop: XmlElement,
  behavior: string,
  notes: CompileNotes,
  note: Note,
): readonly { condition?: string; trigger: NonNullable<ReturnType<typeof triggerOf>> }[] {
  if (behavior === 'all') return [];
  if (behavior !== 'complex') {
    const definition = elementOf(loop, behavior === 'none' ? 'noneBehaviorEventRef' : 'oneBehaviorEventRef');
    const trigger = definition && triggerOf(definition, loop, { bare: notes.bare, note });
    return trigger ? [{ trigger }] : [];
  }
  return elementsOf(loop, 'complexBehaviorDefinition').flatMap((complex) => {
    const condition = feelOf(elementOf(complex, 'condition'), 'Podmínka chování', note);
    const event = elementOf(complex, 'event');
    const definitions = event ? [...elementsOf(event, 'eventDefinitions'), ...elementsOf(event, 'eventDefinitionRef')] : [];
    return definitions.flatMap((definition) => {
      const trigger = triggerOf(definition, loop, { bare: notes.bare, note });
      return trigger ? [{ ...(condition === undefined ? {} : { condition }), trigger }] : [];
    });
  });
}

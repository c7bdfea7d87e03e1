// The trigger of an event: none, message, timer, error or terminate; where each may stand (BPMN 2.0.2, 10.5, Table 10.93).
import { checkFeel } from '../../forms/feel.ts';
import type { EventTrigger, NodeKind, TimerRule } from './process-model.ts';
import { isTimerText } from './timer-text.ts';
import { elementOf, elementsOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

type Note = (rule: string, message: string) => void;

const ALLOWED: Readonly<Partial<Record<NodeKind, readonly EventTrigger['kind'][]>>> = {
  startEvent: ['none', 'message', 'timer', 'error'],
  endEvent: ['none', 'error', 'terminate'],
  catchEvent: ['message', 'timer'],
  throwEvent: ['none'],
  boundaryEvent: ['message', 'timer', 'error'],
};

export function compileEvent(element: XmlElement, kind: NodeKind, note: Note): EventTrigger | undefined {
  const definitions = elementsOf(element, 'eventDefinitions');
  if (definitions.length > 1 || elementsOf(element, 'eventDefinitionRef').length > 0) {
    note('unsupported-element', 'Událost smí mít jen jednu vlastní spoušť.');
    return undefined;
  }
  const trigger = definitions[0] ? triggerOf(definitions[0], element, note) : ({ kind: 'none' } as const);
  if (trigger && !ALLOWED[kind]?.includes(trigger.kind)) {
    note('unsupported-element', 'Událost s touto spouští na tomto místě případ neumí provést.');
    return undefined;
  }
  return trigger;
}

function triggerOf(definition: XmlElement, event: XmlElement, note: Note): EventTrigger | undefined {
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition': {
      const message = elementOf(definition, 'messageRef');
      if (message) return { kind: 'message', message: textOf(message, 'name') ?? idOf(message) };
      note('missing-message', 'Událost nemá určenu zprávu.');
      return undefined;
    }
    case 'bpmn:TimerEventDefinition':
      return timerOf(definition, event, note);
    case 'bpmn:ErrorEventDefinition': {
      const error = elementOf(definition, 'errorRef');
      const code = error && textOf(error, 'errorCode');
      return code ? { kind: 'error', code } : { kind: 'error' };
    }
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    default:
      note('unsupported-element', `Událost se spouští ${definition.$type.replace('bpmn:', '')} případ neumí provést.`);
      return undefined;
  }
}

function timerOf(definition: XmlElement, event: XmlElement, note: Note): EventTrigger | undefined {
  const deadline = textOf(event, 'spis:deadline');
  if (deadline) return { kind: 'timer', timer: { kind: 'deadline', body: deadline, isFeel: false } };
  for (const [property, kind] of [
    ['timeDuration', 'duration'],
    ['timeDate', 'date'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const expression = elementOf(definition, property);
    const body = expression && textOf(expression, 'body');
    if (body) return { kind: 'timer', timer: checkedTimer(kind, body, note) };
  }
  note('bad-timer', 'Časovač nemá dobu, datum ani spis:deadline.');
  return undefined;
}

function checkedTimer(kind: 'duration' | 'date' | 'cycle', text: string, note: Note): TimerRule {
  if (text.startsWith('=')) {
    const mistake = checkFeel(text);
    if (mistake !== undefined) note('bad-expression', `Časovač: ${mistake}`);
    return { kind, body: text.slice(1), isFeel: true };
  }
  if (!isTimerText(kind, text)) note('bad-timer', `Časovač „${text}“ není doba ani datum podle ISO 8601.`);
  return { kind, body: text, isFeel: false };
}

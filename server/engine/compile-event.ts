// The trigger of an event, of every kind (BPMN 2.0.2, 10.5.5). Where each kind may stand is a matter of the structural rules.
import { checkFeel } from '../../forms/feel.ts';
import { checkedFeel, feelOf } from './compile-notes.ts';
import type { Note } from './compile-notes.ts';
import type { EventTrigger, TimerRule } from './process-model.ts';
import { isTimerText } from './timer-text.ts';
import { elementOf, elementsOf, flagOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

interface Surroundings {
  readonly bare: boolean;
  readonly note: Note;
}

/** Own definitions and shared ones (`eventDefinitionRef`) count alike. */
export function compileEvent(element: XmlElement, around: Surroundings): EventTrigger | undefined {
  const definitions = [...elementsOf(element, 'eventDefinitions'), ...elementsOf(element, 'eventDefinitionRef')];
  const [first] = definitions;
  if (!first) return { kind: 'none' };
  if (definitions.length === 1) return triggerOf(first, element, around);
  const triggers = definitions.flatMap((definition) => triggerOf(definition, element, around) ?? []);
  return { kind: 'multiple', triggers, parallel: flagOf(element, 'parallelMultiple') };
}

export function triggerOf(definition: XmlElement, event: XmlElement, around: Surroundings): EventTrigger | undefined {
  const { note } = around;
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition': {
      const message = named(elementOf(definition, 'messageRef'));
      if (message === undefined) note('missing-message', 'Událost nemá určenu zprávu.');
      return { kind: 'message', message: message ?? '' };
    }
    case 'bpmn:SignalEventDefinition':
      return { kind: 'signal', signal: named(elementOf(definition, 'signalRef')) ?? '' };
    case 'bpmn:TimerEventDefinition':
      return timerOf(definition, event, around);
    case 'bpmn:ConditionalEventDefinition':
      return { kind: 'condition', condition: feelOf(elementOf(definition, 'condition'), 'Podmínka události', note) ?? 'false' };
    case 'bpmn:ErrorEventDefinition':
      return { kind: 'error', ...codeOf(elementOf(definition, 'errorRef'), 'errorCode', around) };
    case 'bpmn:EscalationEventDefinition':
      return { kind: 'escalation', ...codeOf(elementOf(definition, 'escalationRef'), 'escalationCode', around) };
    case 'bpmn:CompensateEventDefinition': {
      const activity = elementOf(definition, 'activityRef');
      return {
        kind: 'compensation',
        ...(activity ? { activity: idOf(activity) } : {}),
        waits: definition.get('waitForCompletion') !== false,
      };
    }
    case 'bpmn:LinkEventDefinition':
      return { kind: 'link', link: textOf(definition, 'name') ?? '' };
    case 'bpmn:CancelEventDefinition':
      return { kind: 'cancel' };
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    default:
      note('unsupported-element', `Událost se spouští ${definition.$type.replace('bpmn:', '')} případ neumí provést.`);
      return undefined;
  }
}

export function named(element: XmlElement | undefined): string | undefined {
  return element && (textOf(element, 'name') ?? idOf(element));
}

/** Without a code an event catches everything; plain BPMN matches by the reference then, so the id stands for the code. */
function codeOf(referenced: XmlElement | undefined, property: string, { bare }: Surroundings): { code?: string } {
  const code = referenced && (textOf(referenced, property) ?? (bare ? idOf(referenced) : undefined));
  return code ? { code } : {};
}

function timerOf(definition: XmlElement, event: XmlElement, around: Surroundings): EventTrigger | undefined {
  const deadline = textOf(event, 'spis:deadline');
  if (deadline) return { kind: 'timer', timer: { kind: 'deadline', body: deadline, isFeel: false } };
  for (const [property, kind] of [
    ['timeDuration', 'duration'],
    ['timeDate', 'date'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const expression = elementOf(definition, property);
    const body = expression && textOf(expression, 'body');
    if (body) return { kind: 'timer', timer: checkedTimer(kind, body, around) };
  }
  around.note('bad-timer', 'Časovač nemá dobu, datum ani spis:deadline.');
  return undefined;
}

function checkedTimer(kind: 'duration' | 'date' | 'cycle', text: string, { bare, note }: Surroundings): TimerRule {
  if (text.startsWith('=')) return { kind, body: checkedFeel(text, 'Časovač', note), isFeel: true };
  if (isTimerText(kind, text)) return { kind, body: text, isFeel: false };
  if (bare && looksLikeFeel(text)) return { kind, body: text, isFeel: true };
  note('bad-timer', `Časovač „${text}“ není doba ani datum podle ISO 8601.`);
  return { kind, body: text, isFeel: false };
}

/** A call, a text or a variable; not a duration with a mistake in it. */
function looksLikeFeel(text: string): boolean {
  const isName = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text) && !/^[PR][\dTYMWDHS.]*$/.test(text);
  return (isName || /[("+]/.test(text)) && checkFeel(text) === undefined;
}

// Event definitions: what a timer, a message, an error must say before it can be run (BPMN 2.0.2, 10.5.5, Tables 10.93 to 10.101).
import { checkFeel } from '../../../forms/feel.ts';
import { isTimerText } from '../timer-text.ts';
import { elementOf, flagOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { bodyOf, definitionsOf, eventOf, hasForeignWord, is } from './kinds.ts';
import type { ModelIndex, RuleSeverity, StructureRule } from './rule.ts';

const TIMES = [
  ['timeDate', 'date'],
  ['timeDuration', 'duration'],
  ['timeCycle', 'cycle'],
] as const;
const SECTION = '10.5.5';

export const definitionRules: readonly StructureRule[] = [
  {
    name: 'timer-empty',
    severity: 'execution',
    section: SECTION,
    on: ['bpmn:TimerEventDefinition'],
    says: 'Časovač nemá datum, dobu ani opakování.',
    check: (timer) => TIMES.every(([property]) => bodyOf(timer, property) === undefined) && !hasDeadline(timer),
  },
  {
    name: 'timer-several',
    severity: 'error',
    section: SECTION,
    on: ['bpmn:TimerEventDefinition'],
    says: 'Časovač smí mít jen jedno z: datum, doba, opakování.',
    check: (timer) => TIMES.filter(([property]) => elementOf(timer, property)).length > 1,
  },
  badTime('timer-bad-date', 'timeDate', 'date', 'Datum časovače není podle ISO 8601 (např. 2026-05-01T08:00:00) ani výraz FEEL.'),
  badTime('timer-bad-duration', 'timeDuration', 'duration', 'Doba časovače není podle ISO 8601 (např. P30D nebo PT15M) ani výraz FEEL.'),
  badTime('timer-bad-cycle', 'timeCycle', 'cycle', 'Opakování časovače není podle ISO 8601 (např. R3/P1D) ani výraz FEEL.'),
  {
    name: 'condition-blank',
    severity: 'execution',
    section: SECTION,
    on: ['bpmn:ConditionalEventDefinition'],
    says: 'Podmíněná událost má prázdnou podmínku.',
    check: (definition) => elementOf(definition, 'condition') !== undefined && bodyOf(definition, 'condition') === undefined,
  },
  missing(
    'message-missing',
    'bpmn:MessageEventDefinition',
    'messageRef',
    'execution',
    'Událost neříká, na kterou zprávu čeká.',
    isCatching,
  ),
  missing(
    'thrown-message-missing',
    'bpmn:MessageEventDefinition',
    'messageRef',
    'warning',
    'Událost neříká, kterou zprávu posílá.',
    isThrowing,
  ),
  missing('signal-missing', 'bpmn:SignalEventDefinition', 'signalRef', 'execution', 'Událost neříká, o který signál jde.', () => true),
  missing('error-missing', 'bpmn:ErrorEventDefinition', 'errorRef', 'execution', 'Koncová chyba neříká, která chyba nastala.', isThrowing),
  missing(
    'escalation-missing',
    'bpmn:EscalationEventDefinition',
    'escalationRef',
    'execution',
    'Událost neříká, která eskalace nastala.',
    isThrowing,
  ),
  noCode(
    'error-code-missing',
    'bpmn:ErrorEventDefinition',
    'errorRef',
    'errorCode',
    'Koncová chyba nemá kód (errorCode), podle kterého se zachytí.',
  ),
  noCode(
    'escalation-code-missing',
    'bpmn:EscalationEventDefinition',
    'escalationRef',
    'escalationCode',
    'Eskalace nemá kód (escalationCode), podle kterého se zachytí.',
  ),
  {
    name: 'message-name-missing',
    severity: 'warning',
    section: '8.4.11',
    on: ['bpmn:Message'],
    says: 'Zpráva nemá jméno; pozná se jen podle identifikátoru.',
    check: (message) => textOf(message, 'name') === undefined,
  },
  {
    name: 'signal-name-missing',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:Signal'],
    says: 'Signál nemá jméno; pozná se jen podle identifikátoru.',
    check: (signal) => textOf(signal, 'name') === undefined,
  },
  {
    name: 'parallel-multiple-single',
    severity: 'warning',
    section: '10.5.4',
    on: ['bpmn:CatchEvent'],
    says: 'Událost má čekat na víc spouští zároveň, ale má jich méně než dvě.',
    check: (event) => flagOf(event, 'parallelMultiple') && definitionsOf(event).length < 2,
  },
  {
    name: 'definition-twice',
    severity: 'warning',
    section: SECTION,
    on: ['bpmn:Event'],
    says: 'Událost má tutéž spoušť dvakrát.',
    check: (event) => new Set(definitionsOf(event)).size < definitionsOf(event).length,
  },
];

function badTime(name: string, property: string, kind: 'date' | 'duration' | 'cycle', says: string): StructureRule {
  const check: StructureRule['check'] = (timer, model) => {
    const expression = elementOf(timer, property);
    const text = expression && textOf(expression, 'body');
    return (
      text !== undefined &&
      expression !== undefined &&
      isPlain(expression, text, model) &&
      (isNoTime(kind, text) || (!isTimerText(kind, text) && NAME.test(text) && beginsProcess(timer, model)))
    );
  };
  return { name, severity: 'execution', section: SECTION, on: ['bpmn:TimerEventDefinition'], says, check };
}

/** What looks like ISO 8601 must be it; everything else must at least be FEEL (a name, a call). */
function isNoTime(kind: 'date' | 'duration' | 'cycle', text: string): boolean {
  if (text.startsWith('=') || isTimerText(kind, text)) return false;
  return /^[-+]?P[\dT]|^R\d*\/|^\d/.test(text) || checkFeel(text) !== undefined;
}

const NAME = /^[\p{L}_][\p{L}\p{N}_ ]*$/u;

/** Before a case begins there are no variables: a name alone can mean nothing. */
function beginsProcess(timer: XmlElement, model: ModelIndex): boolean {
  const event = eventOf(timer);
  return event !== undefined && is(event, 'bpmn:StartEvent') && is(model.scopeOf(event), 'bpmn:Process');
}

/** Expressions in another language are refused for their language. */
function isPlain(expression: XmlElement, text: string, model: ModelIndex): boolean {
  const language = textOf(expression, 'language') ?? '';
  return /^[$#]\{/.test(text)
    ? false
    : language === '' || /feel/i.test(language) || language === textOf(model.definitions, 'expressionLanguage');
}

function missing(
  name: string,
  on: string,
  reference: string,
  severity: RuleSeverity,
  says: string,
  concerns: (definition: XmlElement) => boolean,
): StructureRule {
  const check: StructureRule['check'] = (definition, model) =>
    eventOf(definition) !== undefined &&
    concerns(definition) &&
    !elementOf(definition, reference) &&
    !model.isDangling(definition, reference) &&
    !elementOf(definition, 'operationRef') &&
    !hasForeignWord(definition, /:(class|type|topic|expression|delegateExpression)$/i);
  return { name, severity, section: SECTION, on: [on], says, check };
}

function noCode(name: string, on: string, reference: string, code: string, says: string): StructureRule {
  const check: StructureRule['check'] = (definition) => {
    const target = isThrowing(definition) ? elementOf(definition, reference) : undefined;
    return target !== undefined && textOf(target, code) === undefined && is(target, 'bpmn:Error', 'bpmn:Escalation');
  };
  return { name, severity: 'execution', section: SECTION, on: [on], says, check };
}

function isThrowing(definition: XmlElement): boolean {
  return is(eventOf(definition), 'bpmn:ThrowEvent');
}

function isCatching(definition: XmlElement): boolean {
  return is(eventOf(definition), 'bpmn:CatchEvent');
}

/** The house's own word for a timer that follows a deadline of the sheet. */
function hasDeadline(timer: XmlElement): boolean {
  const event = eventOf(timer);
  return event !== undefined && textOf(event, 'spis:deadline') !== undefined;
}

// Entries for the law's clock in the properties panel: the warning before an end, and what an element's completion means for a deadline.
import type { Choices } from './choices.ts';
import { definitionOf, isKind } from './diagram.ts';
import type { Services, Shape } from './diagram.ts';
import { readAttribute, readDeadlineEvents, writeAttribute, writeDeadlineEvents, type DeadlineEventWords } from './extensions.ts';
import { deadlineTexts } from '../texts-deadlines.cs.ts';
import { selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

const warnings = [
  { value: 'P10D', label: '10 dnů před koncem' },
  { value: 'P5D', label: '5 dnů před koncem' },
  { value: 'P3D', label: '3 dny před koncem' },
  { value: 'P1D', label: 'den před koncem' },
  { value: '50%', label: 'v polovině lhůty' },
];

/** Only at a timer; the timer must name the deadline that it warns of. */
export function warningEntries(element: Shape, services: Services): readonly Entry[] {
  if (definitionOf(element.businessObject, 'bpmn:TimerEventDefinition') === undefined) return [];
  return [
    selectField({
      id: 'spis-deadline-warning',
      label: 'Upozornění před koncem lhůty',
      description: 'Bez vyplnění se časovač spustí, až lhůta uplyne.',
      options: warnings,
      read: () => readAttribute(element.businessObject, 'deadlineWarning'),
      write: (value) => writeAttribute(services, element, 'deadlineWarning', value),
    }),
  ];
}

const words: readonly { readonly name: keyof DeadlineEventWords; readonly label: string; readonly description: string }[] = [
  {
    name: 'date',
    label: 'Den',
    description: 'Bez vyplnění den, kdy krok skončil. Jinak výraz FEEL začínající =, u doručení zpráva o něm.',
  },
  { name: 'ref', label: 'Označení', description: 'Spojuje začátek přerušení s jeho koncem, například =vyzva.documentNumber.' },
  { name: 'reason', label: 'Zákonný důvod', description: 'Důvod přerušení nebo prodloužení, například deficiency.' },
  { name: 'n', label: 'Délka', description: 'Číslo nebo výraz FEEL; jen u stanovení lhůty.' },
  { name: 'unit', label: 'Jednotka', description: 'days, weeks nebo months.' },
  { name: 'days', label: 'O kolik dnů', description: 'Jen u prodloužení.' },
];

/** One group of fields for each event, and an empty one at the end to add another. */
export function deadlineEventEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:Activity', 'bpmn:Event', 'bpmn:Gateway') || element.labelTarget !== undefined) return [];
  if (choices.legalDeadlines.length === 0) return [];
  const events = readDeadlineEvents(model);
  return [...events, {} as DeadlineEventWords].flatMap((event, index) => eventEntries(element, services, choices, { event, index }));
}

function eventEntries(
  element: Shape,
  services: Services,
  choices: Choices,
  { event, index }: { readonly event: DeadlineEventWords; readonly index: number },
): readonly Entry[] {
  const current = (): DeadlineEventWords => readDeadlineEvents(element.businessObject)[index] ?? {};
  const write = (change: Partial<DeadlineEventWords>): void => writeDeadlineEvents(services, element, index, { ...current(), ...change });
  const at = `spis-deadline-event-${index}`;
  const deadline = selectField({
    id: `${at}-deadline`,
    label: event.deadline === undefined ? 'Další lhůta, které se krok týká' : `${index + 1}. lhůta`,
    options: choices.legalDeadlines,
    read: () => current().deadline ?? '',
    write: (value) => write({ deadline: value }),
  });
  if (event.deadline === undefined) return [deadline];
  const rule = choices.legalDeadlines.find(({ value }) => value === event.deadline)?.rule ?? '';
  const known = choices.vocabulary.legalRules?.find(({ name }) => name === rule);
  return [
    deadline,
    selectField({
      id: `${at}-type`,
      label: 'Co se stalo',
      options: (known?.events ?? []).map((name) => ({ value: name, label: `${deadlineTexts.types[name] ?? name} (${name})` })),
      read: () => current().type ?? '',
      write: (value) => write({ type: value }),
    }),
    ...words.map(({ name, label, description }) =>
      textField({ id: `${at}-${name}`, label, description, read: () => current()[name] ?? '', write: (value) => write({ [name]: value }) }),
    ),
  ];
}

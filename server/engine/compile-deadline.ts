// Words about legal deadlines on an element: what its completion means for a deadline, and how long before the end a timer warns.
// Only read here; what they mean is law and stands above the engine.
import { checkFeel } from '../../forms/feel.ts';
import type { DeadlineEventRule, ProcessNode } from './process-model.ts';
import { extensionsOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

type Note = (rule: string, message: string) => void;

/** Attributes of `spis:deadlineEvent` beside `deadline` and `type`; a value that begins with `=` is FEEL. */
export const DEADLINE_EVENT_WORDS = ['date', 'ref', 'reason', 'n', 'unit', 'days', 'how'] as const;
/** `P5D` = 5 days left, `50%` = half of the period is gone. */
const WARNING = /^(P([1-9]\d?)D|([1-9]\d?)%)$/;

export function deadlineWords(element: XmlElement, note: Note): Pick<ProcessNode, 'deadlineEvents' | 'deadlineWarning'> {
  const events = extensionsOf(element, 'spis:DeadlineEvent').map((event) => eventOf(event, note));
  const warning = textOf(element, 'spis:deadlineWarning');
  if (warning !== undefined && !WARNING.test(warning))
    note('bad-deadline-warning', `Upozornění „${warning}“ má být počet dnů před koncem (P5D), nebo díl lhůty (50%).`);
  return {
    ...(events.length > 0 ? { deadlineEvents: events } : {}),
    ...(warning !== undefined && WARNING.test(warning) ? { deadlineWarning: warning } : {}),
  };
}

function eventOf(event: XmlElement, note: Note): DeadlineEventRule {
  const values: Record<string, string> = {};
  for (const word of DEADLINE_EVENT_WORDS) {
    const value = textOf(event, word);
    if (value === undefined) continue;
    const mistake = value.startsWith('=') ? checkFeel(value) : undefined;
    if (mistake !== undefined) note('bad-expression', `Údaj ${word} události lhůty: ${mistake}`);
    values[word] = value;
  }
  return { deadline: textOf(event, 'deadline') ?? '', type: textOf(event, 'type') ?? '', values };
}

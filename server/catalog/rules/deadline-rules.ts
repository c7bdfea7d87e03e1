// Rules about deadlines of law: events that a rule knows, periods that somewhere begin, warnings with something to warn of.
import { allNodes } from '../../engine/index.ts';
import type { DeadlineEventRule, ProcessNode } from '../../engine/index.ts';
import { legalRuleNamed, writableEvents, type LegalRule } from '../deadlines/legal-rules.ts';
import { SHEET_FILE } from '../read-sheet.ts';
import { isLegal, type LegalDeadline } from '../types.ts';
import { called } from './rule.ts';
import type { Fault, PackageSubject, Rule } from './rule.ts';

/** § 64 odst. 1 až 3 a § 71 odst. 4 zákona č. 500/2004 Sb. */
const STOP_REASONS = ['deficiency', 'fee', 'preliminary_question', 'guardian', 'other_statute', 'request', 'register_data'];
/** § 71 odst. 3 písm. a) a b) zákona č. 500/2004 Sb. */
const EXTENSION_REASONS = [
  'oral_hearing',
  'site_inspection',
  'summons',
  'bringing_in',
  'public_notice_unreachable',
  'complex_case',
  'letter_rogatory',
  'expert_report',
  'delivery_abroad',
];

export const deadlineRules: readonly Rule<PackageSubject>[] = [
  {
    name: 'deadline-event-deadline',
    severity: 'error',
    check: (subject) =>
      written(subject).flatMap(({ node, event }) =>
        legalDeadline(subject, event.deadline)
          ? []
          : [
              {
                element: node.id,
                message: `Krok ${called(node)} mění lhůtu „${event.deadline}“, ale ta v situation.yaml není, nebo nemá pravidlo (rule). Vyberte lhůtu s pravidlem.`,
              },
            ],
      ),
  },
  {
    name: 'deadline-event-type',
    severity: 'error',
    check: (subject) =>
      judged(subject).flatMap(({ node, event, rule }) =>
        writableEvents(rule).includes(event.type)
          ? []
          : [
              {
                element: node.id,
                message: `Událost „${event.type}“ v kroku ${called(node)} pravidlo ${rule.name} nezná. Vyberte jednu z: ${writableEvents(rule).join(', ')}.`,
              },
            ],
      ),
  },
  {
    name: 'deadline-event-values',
    severity: 'error',
    check: (subject) => judged(subject).flatMap(({ node, event }) => missingValues(node, event)),
  },
  {
    name: 'deadline-never-starts',
    severity: 'error',
    check: (subject) =>
      subject.sheet.deadlines
        .filter(isLegal)
        .filter(({ name }) => allNodes(subject.model).some((node) => node.deadline === name))
        .filter(({ name }) => !judged(subject).some(({ event }) => event.deadline === name && begins(event)))
        .map(({ name }) => ({
          file: SHEET_FILE,
          element: name,
          message: `Lhůta „${name}“ nikdy nezačne: žádný krok nezapisuje událost, od které běží. Doplňte ji ke kroku, kterým začíná.`,
        })),
  },
  {
    name: 'deadline-without-length',
    severity: 'error',
    check: (subject) =>
      subject.sheet.deadlines
        .filter(isLegal)
        .filter(({ rule, count, unit }) => legalRuleNamed(rule)?.isSet === true && (count === undefined || unit === undefined))
        .filter(({ name }) => !judged(subject).some(({ event }) => event.deadline === name && event.type === 'set'))
        .map(({ name }) => ({
          file: SHEET_FILE,
          element: name,
          message: `Lhůta „${name}“ nemá délku. Doplňte count a unit, nebo ke kroku událost set.`,
        })),
  },
  {
    name: 'warning-without-deadline',
    severity: 'error',
    check: ({ model }) =>
      allNodes(model)
        .filter((node) => node.deadlineWarning !== undefined && (node.deadline === undefined || node.event?.kind !== 'timer'))
        .map((node) => ({
          element: node.id,
          message: `Upozornění v kroku ${called(node)} nemá před čím varovat. Patří k časovači, který má vybranou lhůtu.`,
        })),
  },
  {
    name: 'warning-interrupts',
    severity: 'warning',
    check: ({ model }) =>
      allNodes(model)
        .filter(
          (node) =>
            node.deadlineWarning !== undefined && node.isInterrupting && (node.kind === 'boundaryEvent' || node.kind === 'startEvent'),
        )
        .map((node) => ({
          element: node.id,
          message: `Upozornění ${called(node)} přeruší práci, před jejímž koncem varuje. Nastavte ho jako nepřerušující.`,
        })),
  },
];

interface Written {
  readonly node: ProcessNode;
  readonly event: DeadlineEventRule;
}

function written({ model }: PackageSubject): readonly Written[] {
  return allNodes(model).flatMap((node) => (node.deadlineEvents ?? []).map((event) => ({ node, event })));
}

/** Events whose deadline and rule are known; the others are another rule's business. */
function judged(subject: PackageSubject): readonly (Written & { readonly rule: LegalRule })[] {
  return written(subject).flatMap((found) => {
    const rule = legalRuleNamed(legalDeadline(subject, found.event.deadline)?.rule ?? '');
    return rule ? [{ ...found, rule }] : [];
  });
}

const legalDeadline = ({ sheet }: PackageSubject, name: string): LegalDeadline | undefined =>
  sheet.deadlines.filter(isLegal).find((deadline) => deadline.name === name);

/** Everything but lengths, extensions and the marks of our own can be the day from which a period runs. */
const begins = ({ type }: DeadlineEventRule): boolean =>
  !['set', 'prolonged', 'extended', 'stop', 'resume', 'call_period', 'anew', 'closed', 'done', 'issued', 'filed'].includes(type);

function missingValues(node: ProcessNode, { type, values }: DeadlineEventRule): readonly Fault[] {
  const fault = (what: string): Fault => ({ element: node.id, message: `Událost lhůty „${type}“ v kroku ${called(node)} ${what}.` });
  const lacks = (word: string): boolean => values[word] === undefined;
  if ((type === 'set' || type === 'prolonged' || type === 'call_period') && (lacks('n') || lacks('unit')))
    return [fault('nemá délku: vyplňte n a unit')];
  if (type === 'extended' && lacks('days')) return [fault('neříká, o kolik dnů se lhůta prodlužuje: vyplňte days')];
  if ((type === 'stop' || type === 'resume' || type === 'answered') && lacks('ref'))
    return [fault('nemá ref, podle kterého patří konec přerušení k jeho začátku')];
  if (type === 'stop' && isNotAmong(values['reason'], STOP_REASONS)) return [fault(`musí mít jeden z důvodů: ${STOP_REASONS.join(', ')}`)];
  if (type === 'extended' && values['reason'] !== undefined && isNotAmong(values['reason'], EXTENSION_REASONS))
    return [fault(`musí mít jeden z důvodů: ${EXTENSION_REASONS.join(', ')}`)];
  return [];
}

const isNotAmong = (value: string | undefined, known: readonly string[]): boolean =>
  value === undefined || (!value.startsWith('=') && !known.includes(value));

// What became of a letter that the post carried: laid up, delivered in whatever way of the law, or come back. A delivery is told to the process that waits
// for this very letter, to the records and, through the journal, to the citizen.
import { isLegal } from '../../catalog/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { deliveryBy, deliveryLaw, permitOutcome, standing, type Delivered, type PaperOutcome } from '../../domain/paper-letter.ts';
import { permitRegister } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import { letterWait } from '../../store/case-messages.ts';
import { paperLetter, type NewPaperEvent, type PaperLetterRow } from '../../store/paper-letters.ts';
import type { Change } from '../changes.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { DELIVERED } from './note-delivery.ts';

export interface OutcomeData {
  readonly letterId: string;
  readonly outcome: PaperOutcome;
}
interface Found {
  readonly letter: PaperLetterRow | undefined;
  readonly wait: string | undefined;
}

/** Refuses `paper-letter-not-found` and what domain/paper-letter.ts refuses. */
export const notePaperOutcome: Command<OutcomeData, Found> = {
  name: 'note-paper-outcome',
  async gather(trx, file, { letterId }) {
    const letter = await paperLetter(trx, file.tenantId, letterId);
    if (!letter) return { letter, wait: undefined };
    const asked = { message: DELIVERED, documentId: letter.documentId };
    return { letter, wait: await letterWait(trx, file.tenantId, file.row.id, asked) };
  },
  accept(file, { actor, data }, { letter, wait }) {
    permitRegister(actor);
    if (!letter || letter.caseId !== file.row.id) throw new Problem('not-found', 'paper-letter-not-found');
    const { outcome } = data;
    const stands = standing(letter.events);
    const calendar = { today: dayOf(file.now), law: lawOf(file) };
    permitOutcome(stands, outcome, calendar);
    const delivered = deliveryBy(stands, outcome, calendar);
    const officerId = 'id' in actor ? actor.id : '';
    const event: Change = {
      kind: 'paper-event',
      letterId: letter.id,
      after: letter.events.length,
      event: { ...eventOf(outcome, delivered), officerId },
    };
    const about = { letter: letter.id, note: letter.events.length + 1, documentId: letter.documentId, carrier: 'post' };
    if (delivered === null) {
      const on = 'on' in outcome ? outcome.on : null;
      const cause = outcome.what === 'returned' ? { cause: outcome.cause } : {};
      return { changes: [event], detail: { ...about, what: outcome.what, on, ...cause }, result: null };
    }
    const { day, how } = delivered;
    const record: Change = { kind: 'keep-record', news: { what: 'delivered', documentId: letter.documentId, at: day, how } };
    const detail = { ...about, message: DELIVERED, deliveredAt: day, how };
    const changes = [event, record];
    if (wait === undefined || file.row.endedAt !== null) return { changes, detail, result: { told: false } };
    const payload = payloadOf(letter.documentId, delivered);
    return { stimulus: { kind: 'message', message: DELIVERED, payload, executionId: wait }, changes, detail, result: { told: true } };
  },
};

export const lawOf = ({ situation }: CaseFile): 'sr' | 'dr' =>
  deliveryLaw(situation.sheet.deadlines.filter(isLegal).map(({ rule }) => rule));

/** As a process hears it; `storedOn` lets the law's clock count the fiction itself. */
function payloadOf(documentId: string, { day, how, storedOn }: Delivered): Json {
  return { documentId, messageId: null, deliveredAt: day, how, putInBoxAt: null, ...(storedOn === null ? {} : { storedOn }) };
}

function eventOf(outcome: PaperOutcome, delivered: Delivered | null): Omit<NewPaperEvent, 'officerId'> {
  switch (outcome.what) {
    case 'stored':
      return { kind: 'stored', day: outcome.on, detail: {} };
    case 'returned':
      return { kind: 'returned', day: outcome.on, detail: { cause: outcome.cause } };
    default: {
      const { day = '', how = 'delivered', storedOn = null } = delivered ?? {};
      return { kind: 'delivered', day, detail: { how, ...(storedOn === null ? {} : { storedOn }) } };
    }
  }
}

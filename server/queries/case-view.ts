// The two faces of one token: state and timeline of a case, derived from its journal and its open waits at the moment of reading.
import { citizenState, pastSteps, usualWay, type CitizenState, type CompiledSituation } from '../catalog/index.ts';
import type { DocumentCard, LetterDelivery, StateView, TimelineEntry } from '../contract/portal.ts';
import type { Transaction } from '../store/database.ts';
import { dataMessagesOf, type DataMessageRow } from '../store/data-messages.ts';
import { documentsOf } from '../store/documents.ts';
import { journalOf, type ChainedEntry } from '../store/journal.ts';
import type { CaseModel } from '../store/models.ts';
import type { TokenRow } from '../store/tokens.ts';
import { inTime, messageEntries } from './message-timeline.ts';
import type { Lang } from './reader.ts';
import { isSuspended, suspendedEntry, suspendedState } from './suspended.ts';

/** What the journal keeps of a step (cases/project.ts writes it). */
export interface JournalStep {
  readonly k: string;
  readonly e: string;
  readonly x?: string;
  readonly at?: string;
  readonly code?: string;
}
export const stepsOf = (entry: ChainedEntry): readonly JournalStep[] => (entry.detail as { trace?: readonly JournalStep[] }).trace ?? [];

export function endOf(row: CaseModel, journal: readonly ChainedEntry[]): { elementId: string | null; outcome: string; at: string } | null {
  if (row.endedAt === null) return null;
  const ended = journal.map((entry) => (entry.detail as { ended?: { elementId: string } }).ended).find((end) => end !== undefined);
  return { elementId: ended?.elementId ?? null, outcome: row.outcome ?? 'vyrizeno', at: row.endedAt.toISOString() };
}

/** For lists, where reading every journal would cost too much: the end's own text is looked up by its outcome. */
export function stateInList(row: CaseModel, situation: CompiledSituation, tokens: readonly TokenRow[], lang: Lang): StateView {
  if (isSuspended(row)) return suspendedState(lang);
  const end =
    row.endedAt === null
      ? null
      : { elementId: endElement(situation, row.outcome), outcome: row.outcome ?? 'vyrizeno', at: row.endedAt.toISOString() };
  return stateView(citizenState(situation.model, tokens, end, lang));
}
function endElement(situation: CompiledSituation, outcome: string | null): string | null {
  const ends = [...situation.model.nodes.values()].filter((node) => node.kind === 'endEvent' && node.outcome === outcome);
  return ends.length === 1 ? (ends[0]?.id ?? null) : null;
}

export const stateView = (state: CitizenState): StateView => ({
  title: state.title,
  text: state.text,
  who: state.who,
  until: state.until,
  ended: state.ended,
  outcome: state.outcome,
});

/** Past steps (their texts say what was going on then, so only the end keeps its own), what is open now, what usually follows. */
export function timeline(
  row: CaseModel,
  situation: CompiledSituation,
  journal: readonly ChainedEntry[],
  tokens: readonly TokenRow[],
  lang: Lang,
): readonly TimelineEntry[] {
  const completed = journal.flatMap((entry) =>
    stepsOf(entry)
      .filter((step) => step.k === 'completed')
      .map((step) => ({ elementId: step.e, at: step.at ?? entry.at })),
  );
  const end = endOf(row, journal);
  const done = pastSteps(situation.model, completed, lang).map((step): TimelineEntry => ({
    kind: 'done',
    elementId: step.elementId,
    title: step.text.title,
    text: step.elementId === end?.elementId ? step.text.text : '',
    who: whoOf(step.text.who),
    at: step.at,
    until: null,
  }));
  const past = inTime([...done, ...messageEntries(journal, lang)]);
  if (end) return past;
  if (isSuspended(row)) return [...past, suspendedEntry(row, lang)];
  const now = citizenState(situation.model, tokens, null, lang);
  const current: TimelineEntry = {
    kind: 'now',
    elementId: now.elementId ?? '',
    title: now.title,
    text: now.text,
    who: now.who,
    at: now.since,
    until: now.until,
  };
  const next =
    now.elementId === null
      ? []
      : usualWay(situation.model, now.elementId, lang).map((step): TimelineEntry => ({
          kind: 'next',
          elementId: step.elementId,
          title: step.text.title,
          text: step.text.text,
          who: whoOf(step.text.who),
          at: null,
          until: null,
        }));
  return [...past, current, ...next];
}
const whoOf = (who: string): StateView['who'] =>
  ['citizen', 'office', 'outside', 'system', 'nobody'].includes(who) ? (who as StateView['who']) : 'office';

export const readJournal = (trx: Transaction, tenantId: number, caseId: string): Promise<readonly ChainedEntry[]> =>
  journalOf(trx, tenantId, caseId);

/** `base` is `/api/cases/…` or `/urad/api/cases/…`. The data box message itself is the office's own record: citizens see letters and what they sent. */
export async function documentCards(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  base: string,
  forCitizen: boolean,
): Promise<readonly DocumentCard[]> {
  const documents = (await documentsOf(trx, tenantId, caseId)).filter((document) => !forCitizen || document.kind !== 'message');
  const files = await trx('file').where({ tenant_id: tenantId, case_id: caseId }).select('id', 'mime', 'size');
  const sent = new Map((await dataMessagesOf(trx, tenantId, caseId)).map((message) => [message.documentId, message]));
  const byId = new Map(files.map((file) => [file.id as string, file as { mime: string; size: number }]));
  return documents.map((document) => {
    const file = document.fileId === null ? undefined : byId.get(document.fileId);
    return {
      id: document.id,
      title: document.title,
      number: document.number,
      kind: document.kind,
      at: document.createdAt,
      direction: document.direction,
      mime: file?.mime ?? 'application/pdf',
      size: file?.size ?? null,
      href: `${base}/documents/${document.id}`,
      delivery: deliveryOf(sent.get(document.id)),
    };
  });
}

/** How a letter that went out by data box stands. */
function deliveryOf(sent: DataMessageRow | undefined): LetterDelivery | null {
  if (!sent) return null;
  const { messageId, state, how, putInBoxAt, deliveredAt } = sent;
  return { messageId, state, how, putInBoxAt, deliveredAt };
}

// Messages from outside as a clerk sees them: lists of three kinds with what each might be about, and one message whole.
import type { MessageDetail, MessageRow, MessageSuggestion, MessageView } from '../contract/messages.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { fileById, fileContent, type FileRow } from '../store/documents.ts';
import type { Json } from '../store/json.ts';
import { casesIn } from '../store/models.ts';
import { personOfBox } from '../store/pairing.ts';
import { messageFiles, messageRows, startableSituations, suggestedCases, type RawMessage } from '../store/message-lists.ts';
import type { Reader } from './reader.ts';
import { mailWords } from './mail-words.ts';
import { inTurn, situationOf } from './reader.ts';

/** Bytes of a plain text that are shown with the message; the rest is in the file. */
const PREVIEW_BYTES = 8_000;

export function listMessages(reader: Reader, tenantId: number, view: MessageView): Promise<readonly MessageRow[]> {
  return reader.db.withTenant(tenantId, async (trx) => rowsOf(trx, tenantId, await messageRows(trx, tenantId, { view })));
}

/** What came into a case and nobody has taken note of yet. */
export function unseenMessages(reader: Reader, tenantId: number, caseId: string): Promise<readonly MessageRow[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    if (!(await casesIn(trx, tenantId).where('cases.id', caseId).first())) throw new Problem('not-found', 'case-not-found');
    return rowsOf(trx, tenantId, await messageRows(trx, tenantId, { unseenOf: caseId }));
  });
}

async function rowsOf(trx: Transaction, tenantId: number, raw: readonly RawMessage[]): Promise<readonly MessageRow[]> {
  const ids = raw.flatMap((row) => candidatesOf(row.pairing).map(({ caseId }) => caseId));
  const cases = new Map((await suggestedCases(trx, tenantId, [...new Set(ids)])).map((one) => [one.caseId, one]));
  return raw.map((row) => ({
    id: row.id,
    source: row.source,
    kind: row.kind,
    receivedAt: row.receivedAt,
    sender: said(row.payload, 'senderName') || said(row.payload, 'senderBox') || row.source,
    subject: said(row.payload, 'subject') || (row.kind === 'data-box-state' ? said(row.payload, 'messageId') : row.kind),
    files: row.files,
    reason: row.reason ?? '',
    suggestions: candidatesOf(row.pairing).flatMap(({ caseId, rule, certainty }): MessageSuggestion[] => {
      const found = cases.get(caseId);
      return found ? [{ ...found, rule, certainty }] : [];
    }),
    placed: placedOf(row),
    dismissedBy: row.result === 'dismissed' ? (row.officer ?? '') : null,
  }));
}

function placedOf(row: RawMessage): MessageRow['placed'] {
  if (row.caseId === null || row.mark === null) return null;
  const pairing = objectOf(row.pairing);
  return {
    caseId: row.caseId,
    mark: row.mark,
    service: row.service ?? '',
    rule: typeof pairing['rule'] === 'string' ? pairing['rule'] : 'reply',
    certainty: typeof pairing['certainty'] === 'string' ? pairing['certainty'] : 'certain',
    by: row.officer,
    isSeen: row.seenAt !== null,
    mayTakeOut: 'told' in pairing && pairing['told'] === null,
  };
}

/** Refuses `message-not-found`. */
export function messageDetail(reader: Reader, tenantId: number, id: string): Promise<MessageDetail> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const raw = await messageRows(trx, tenantId, { id });
    const [row] = await rowsOf(trx, tenantId, raw);
    const [first] = raw;
    if (!row || !first) throw new Problem('not-found', 'message-not-found');
    const box = said(first.payload, 'senderBox');
    const personId = box === '' ? undefined : await personOfBox(trx, tenantId, box);
    const person = personId === undefined ? undefined : await trx('person').where({ tenant_id: tenantId, id: personId }).first();
    return {
      ...row,
      facts: factsOf(first.payload),
      attachments: await inTurn(await messageFiles(trx, tenantId, id), (file) => attachment(trx, tenantId, id, file)),
      verdict: verdictOf(first.payload),
      ...mailWords(first),
      situations: first.kind === 'data-box-message' ? await startable(reader, trx, tenantId) : [],
      person: person ? `${person.given_name} ${person.family_name}`.trim() : null,
    };
  });
}

const FACTS = [
  'messageId',
  'senderBox',
  'from',
  'sentAt',
  'signed',
  'senderRef',
  'senderIdent',
  'recipientRef',
  'recipientIdent',
  'toHands',
  'deliveredAt',
  'acceptedAt',
  'state',
  'at',
];
const factsOf = (payload: Json): MessageDetail['facts'] =>
  FACTS.flatMap((key) => {
    const value = objectOf(payload)[key];
    return typeof value === 'string' || typeof value === 'number' ? [{ key, value: String(value) }] : [];
  });

async function attachment(trx: Transaction, tenantId: number, id: string, file: FileRow): Promise<MessageDetail['attachments'][number]> {
  const isText = /^text\/(plain|csv)\b/.test(file.mime) || (file.mime === '' && file.name.endsWith('.txt'));
  const content = isText ? await fileContent(trx, tenantId, file.id) : undefined;
  return {
    id: file.id,
    name: file.name,
    mime: file.mime,
    size: file.size,
    href: `/urad/api/messages/${id}/files/${file.id}`,
    text: content ? new TextDecoder().decode(content.slice(0, PREVIEW_BYTES)) : null,
  };
}

async function startable(reader: Reader, trx: Transaction, tenantId: number): Promise<MessageDetail['situations']> {
  const found = await startableSituations(trx, tenantId);
  return inTurn(found, async ({ situation, versionId }) => ({
    id: situation,
    title: (await situationOf(reader, trx, tenantId, versionId)).sheet.title.cs,
  }));
}

/** Refuses `file-not-found`. */
export function messageFile(
  reader: Reader,
  tenantId: number,
  id: string,
  fileId: string,
): Promise<{ readonly name: string; readonly mime: string; readonly content: Uint8Array }> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const isOfMessage = (await messageFiles(trx, tenantId, id)).some((file) => file.id === fileId);
    const file = isOfMessage ? await fileById(trx, tenantId, fileId) : undefined;
    const content = file && (await fileContent(trx, tenantId, file.id));
    if (!file || !content) throw new Problem('not-found', 'file-not-found');
    return { name: file.name, mime: file.mime || 'application/octet-stream', content };
  });
}

type Candidate = Pick<MessageSuggestion, 'caseId' | 'rule' | 'certainty'>;
function candidatesOf(pairing: Json): readonly Candidate[] {
  const found = objectOf(pairing)['candidates'];
  return Array.isArray(found) ? (found as unknown as readonly Candidate[]) : [];
}
const objectOf = (value: Json): { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};
const said = (payload: Json, key: string): string => {
  const value = objectOf(payload)[key];
  return typeof value === 'string' ? value : '';
};

/** What the connector found when it verified the signed message (ZFO). */
function verdictOf(payload: Json): MessageDetail['verdict'] {
  const zfo = objectOf(objectOf(payload)['zfo'] ?? null);
  if (typeof zfo['valid'] !== 'boolean') return null;
  const says = (key: string): string => (typeof zfo[key] === 'string' ? zfo[key] : '');
  return { isGenuine: zfo['valid'], text: says('reasonText'), signedBy: says('signedBy'), signedAt: says('signedAt') || null };
}

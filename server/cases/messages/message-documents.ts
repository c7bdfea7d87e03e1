// A received data message as documents of a case: the message itself with its číslo jednací, and each attachment as it came.
import { z } from 'zod';
import type { Json } from '../../engine/types.ts';
import type { DocumentRow, FileRow } from '../../store/documents.ts';
import type { KeptDataMessage } from '../../store/kept-messages.ts';
import type { CaseFile } from '../corridor.ts';
import { MAIL, mailEnvelope } from './mail-envelope.ts';

/** What cases read of a data message; everything else stays in the inbox. */
export const dataMessageSchema = z
  .object({
    messageId: z.string(),
    senderBox: z.string(),
    senderName: z.string().default(''),
    subject: z.string(),
    senderIdent: z.string().optional(),
    senderRef: z.string().optional(),
    recipientIdent: z.string().optional(),
    recipientRef: z.string().optional(),
    deliveredAt: z.string().optional(),
  })
  .loose();
export type ReadMessage = z.output<typeof dataMessageSchema>;

/** Kinds of documents: the citizen sees what he sent himself; what others sent is for officers until they say otherwise (§ 38 zákona č. 500/2004 Sb.). */
export const RECEIVED = 'received';
export const OFFICE_ONLY = 'message';

export const isFromApplicant = (file: Pick<CaseFile, 'applicant'>, read: ReadMessage | undefined): boolean =>
  read !== undefined && file.applicant?.dataBox !== null && file.applicant?.dataBox === read.senderBox;

export interface Incoming {
  readonly message: KeptDataMessage;
  /** Undefined when we cannot read it: it is kept whole all the same. */
  readonly read: ReadMessage | undefined;
  readonly files: readonly FileRow[];
  readonly number: string | null;
}

export function messageDocuments(file: CaseFile, { message, read, files, number }: Incoming): readonly DocumentRow[] {
  const kind = isFromApplicant(file, read) ? RECEIVED : OFFICE_ONLY;
  const mail =
    message.kind === MAIL
      ? mailEnvelope(
          message.payload,
          files.map((one) => one.name),
        )
      : undefined;
  const common = { caseId: file.row.id, direction: 'in' as const, createdAt: file.now };
  const envelope: DocumentRow = {
    ...common,
    id: message.id,
    kind,
    title: mail?.title ?? (read ? `Datová zpráva ${read.messageId}: ${read.subject}`.slice(0, 200) : `Datová zpráva ${message.messageId}`),
    number,
    fileId: null,
    content: mail?.content ?? envelopeContent(message, read, files),
  };
  return [
    envelope,
    ...files.map((one) => ({
      ...common,
      id: one.id,
      kind: one.name.toLowerCase().endsWith('.zfo') ? OFFICE_ONLY : kind,
      title: one.name,
      number: null,
      fileId: one.id,
      content: null,
    })),
  ];
}

function envelopeContent(message: KeptDataMessage, read: ReadMessage | undefined, files: readonly FileRow[]): Json {
  return {
    form: 'message',
    subject: read?.subject ?? '',
    messageId: read?.messageId ?? message.messageId,
    senderBox: read?.senderBox ?? '',
    deliveredAt: read?.deliveredAt ?? null,
    files: files.map((one) => one.name),
  };
}

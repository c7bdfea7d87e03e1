// What the town asks of its records service and what it gets, whatever service it is.
import { z } from 'zod';

/** Our own id of a document or a case: also its key there, so that the service can be asked whether it has it. */
const ownId = z.string().min(1).max(40);

export const senderSchema = z.object({
  kind: z.enum(['person', 'company']),
  name: z.string().min(1),
  givenName: z.string().optional(),
  ico: z.string().optional(),
  dataBox: z
    .string()
    .regex(/^[a-z0-9]{7}$/)
    .optional(),
  email: z.email().optional(),
});

export const registerSchema = z.object({
  id: ownId,
  /** Received from outside, or our own. */
  kind: z.enum(['received', 'own']),
  title: z.string().min(1),
  createdAt: z.iso.datetime({ offset: true }),
  /** Of a received document: who sent it, and how it came. */
  sender: senderSchema.optional(),
  way: z.enum(['portal', 'data-box', 'email', 'paper']).default('portal'),
  /** Our id of the case whose file it belongs to; absent = it has no file yet. */
  fileId: ownId.optional(),
  documents: z.array(z.uuid()).default([]),
});
export const registeredSchema = z.object({
  /** Číslo jednací. */
  number: z.string().min(1).max(50),
  /** Spisová značka, when it stands in a file. */
  mark: z.string().nullable(),
  /** Identifiers given by other systems, ours left out. */
  ids: z.array(z.object({ value: z.string(), source: z.string() })).default([]),
});

export const openFileSchema = z.object({
  id: ownId,
  title: z.string().min(1),
  createdAt: z.iso.datetime({ offset: true }),
  /** Our id of the document that opens the file. */
  firstDocument: ownId,
});
export const openedFileSchema = z.object({
  mark: z.string().min(1).max(50),
  ids: z.array(z.object({ value: z.string(), source: z.string() })).default([]),
});

export const addDocumentSchema = z.object({ fileId: ownId, documentId: ownId });
export const changeFileSchema = z.object({ fileId: ownId, at: z.iso.datetime({ offset: true }), reason: z.string().optional() });
/** The PDF of an own document, once it bears its number. */
export const attachFileSchema = z.object({ documentId: ownId, documents: z.array(z.uuid()).default([]) });
export const dispatchSchema = z.object({
  documentId: ownId,
  by: z.enum(['data-box', 'email', 'post']),
  at: z.iso.datetime({ offset: true }),
  /** Id of the data message or of the e-mail. */
  reference: z.string().nullable().default(null),
  recipient: senderSchema.optional(),
});
/** An instant, or a legal day where only that is known. */
export const deliverySchema = z.object({
  documentId: ownId,
  at: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
  how: z.string().default('delivered'),
});
export const settleDocumentSchema = z.object({ documentId: ownId, at: z.iso.datetime({ offset: true }) });
export const changedSchema = z.object({ state: z.string() });

export type RegisterInput = z.output<typeof registerSchema>;
export type Registered = z.output<typeof registeredSchema>;
export type OpenFileInput = z.output<typeof openFileSchema>;
export type OpenedFile = z.output<typeof openedFileSchema>;
export type AddDocumentInput = z.output<typeof addDocumentSchema>;
export type ChangeFileInput = z.output<typeof changeFileSchema>;
export type AttachFileInput = z.output<typeof attachFileSchema>;
export type DispatchInput = z.output<typeof dispatchSchema>;
export type DeliveryInput = z.output<typeof deliverySchema>;
export type SettleDocumentInput = z.output<typeof settleDocumentSchema>;
export type Sender = z.output<typeof senderSchema>;
export type Changed = z.output<typeof changedSchema>;

// Kinds of messages that are understood as a whole and by one place each; all others are placed with a case or with a person (place-message.ts).
import type { InboxRow } from '../store/inbox.ts';
import { confirmReceipt } from './confirm-receipt.ts';
import { STATEMENT, importStatementFile } from './import-statement.ts';
import { FINE, takeFine } from './police-fines.ts';
import { RECORDS_EVENT, takeRecordsEvent } from './records-events.ts';
import type { Workshop } from './workshop.ts';

type Taker = (workshop: Workshop, tenantId: number, message: InboxRow) => Promise<unknown>;

/** What is done with a message as soon as it is here, wherever it is placed then; once, however often it is asked. */
export const beforehand: Readonly<Partial<Record<string, Taker>>> = { 'mail-message': confirmReceipt };

export const takers: Readonly<Partial<Record<string, Taker>>> = {
  [STATEMENT]: importStatementFile,
  [FINE]: takeFine,
  [RECORDS_EVENT]: takeRecordsEvent,
};

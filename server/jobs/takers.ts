// Kinds of messages that are understood as a whole and by one place each; all others are placed with a case or with a person (place-message.ts).
import type { InboxRow } from '../store/inbox.ts';
import { STATEMENT, importStatementFile } from './import-statement.ts';
import { FINE, takeFine } from './police-fines.ts';
import { RECORDS_EVENT, takeRecordsEvent } from './records-events.ts';
import type { Workshop } from './workshop.ts';

type Taker = (workshop: Workshop, tenantId: number, message: InboxRow) => Promise<unknown>;

export const takers: Readonly<Partial<Record<string, Taker>>> = {
  [STATEMENT]: importStatementFile,
  [FINE]: takeFine,
  [RECORDS_EVENT]: takeRecordsEvent,
};

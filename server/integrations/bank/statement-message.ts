// A statement file as a message of the inbox, polled or brought by a person: what was read from it or why it is refused, and the file itself.
import { createHash } from 'node:crypto';
import type { InboxMessage } from '../connector.ts';
import { readStatements } from './read-statement.ts';
import type { ReadOptions } from './read-statement.ts';
import { StatementRefused, plainText } from './statement.ts';
import type { Remark, Statement } from './statement.ts';

/** Payload of `bank-statement`. */
export interface StatementFile {
  /** Name of the file, for people. */
  readonly file: string;
  /** Why nothing of it may be booked; null when it was read. */
  readonly refused: Remark | null;
  readonly statements: readonly Statement[];
}

/** The id is the content: the same file polled, polled again and uploaded is one message. */
export function statementMessage(name: string, content: Uint8Array, options: ReadOptions): InboxMessage {
  const payload: StatementFile = { file: plainText(name).slice(0, 200), ...read(content, options) };
  const id = `file:${createHash('sha256').update(content).digest('hex')}`;
  return { id, kind: 'bank-statement', payload, files: [{ name: payload.file, mime: 'application/octet-stream', content }] };
}

function read(content: Uint8Array, options: ReadOptions): Omit<StatementFile, 'file'> {
  try {
    return { refused: null, statements: readStatements(content, options) };
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    return { refused: { line: error.line, reason: error.reason }, statements: [] };
  }
}

export const isRefused = (message: InboxMessage): boolean => (message.payload as StatementFile).refused !== null;

/** A file of a channel that numbers its statements; one that carries another number is refused. GPC prints only the last three digits. */
export function numberedMessage(
  file: { readonly name: string; readonly content: Uint8Array; readonly number?: number },
  options: ReadOptions,
): InboxMessage {
  const message = statementMessage(file.name, file.content, options);
  const payload = message.payload as StatementFile;
  const wrong = payload.statements.find(
    ({ number }) => file.number !== undefined && number !== null && number % 1000 !== file.number % 1000,
  );
  if (!wrong) return message;
  const refused = { line: wrong.line, reason: `výpis má číslo ${wrong.number ?? ''}, banka ho vydala jako číslo ${file.number ?? ''}.` };
  return { ...message, payload: { ...payload, refused, statements: [] } satisfies StatementFile };
}

// What a connection to the simulated IMAP server knows, is asked and answers.
import type { Mailboxes } from '../simulated-mailboxes.ts';
import type { Token } from './simulator-syntax.ts';

export interface Reply {
  /** Untagged lines with their CRLF, as Latin-1. */
  readonly data: readonly string[];
  readonly status: 'OK' | 'NO' | 'BAD';
  readonly text: string;
  /** What the connection does next. */
  readonly then?: 'start-tls' | 'idle' | 'end' | 'ask-password';
}
export interface OpenFolder {
  readonly name: string;
  readonly isReadOnly: boolean;
  /** UIDs as this client knows them: its numbers stay until it is told otherwise. */
  known: number[];
}
export interface Session {
  readonly mailboxes: Mailboxes;
  isSecure: boolean;
  isIn: boolean;
  open: OpenFolder | undefined;
  /** Passwords that were wrong. */
  refused: number;
}
export interface Asked {
  readonly tag: string;
  readonly name: string;
  readonly byUid: boolean;
  readonly rest: readonly Token[];
}
export type Work = (session: Session, asked: Asked) => Promise<Reply> | Reply;

export const ok = (text: string, data: readonly string[] = []): Reply => ({ data, status: 'OK', text });
export const no = (text: string, data: readonly string[] = []): Reply => ({ data, status: 'NO', text });
export const bad = (text: string): Reply => ({ data: [], status: 'BAD', text });

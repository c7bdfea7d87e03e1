// What the HTTP doors are given. Built in wire.ts.
import type { Context, Middleware } from 'koa';
import type { Corridor } from '../cases/corridor.ts';
import type { LetterPaper } from '../cases/yearly-run/letter-paper.ts';
import type { TownCard } from '../contract/portal.ts';
import type { DoorCall, DoorReply, GatewayNotification, OutgoingFile } from '../integrations/connector.ts';
import type { People } from '../people/people.ts';
import type { Log } from '../platform/log.ts';
import type { AccountStatement } from '../queries/account/statement.ts';
import type { Reader } from '../queries/reader.ts';
import type { Auth } from './auth/auth.ts';
import { authState, type AuthState } from './auth/guards.ts';
import { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/permission.ts';
import type { ConnectorDesk } from './office/connector-desk.ts';
import type { TownDesk } from './office/town-desk.ts';
import type { PrintedJournal } from './office/journal-sheets.ts';
import type { Pages } from './pages.ts';

/** A piece of paper of facts and tables; drawn by server/paper/sheet.ts. */
export interface PrintedSheet {
  readonly title: string;
  readonly number: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly paragraphs: readonly string[];
  readonly tables: readonly {
    readonly caption: string;
    /** `width` is a share of the page, 0 to 1. */
    readonly columns: readonly { readonly label: string; readonly width: number; readonly end?: boolean }[];
    readonly rows: readonly (readonly string[])[];
  }[];
  readonly signatures: readonly string[];
}
/** A letter with everything that goes into its envelope; drawn by server/paper/post-batch.ts. */
export interface PrintedPost {
  readonly id: string;
  /** Name and address as they stand in the window of the envelope. */
  readonly addressee: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly stamp: string;
  readonly files: readonly { readonly id: string; readonly title: string; readonly mime: string; readonly content: Uint8Array }[];
}
export interface House {
  readonly corridor: Corridor;
  readonly reader: Reader;
  readonly people: People;
  readonly auth: Auth;
  readonly log: Log;
  readonly townCard: (tenantId: number) => TownCard;
  /** A document's bytes; a PDF of ours is made at the first reading. */
  readonly fileOf: (tenantId: number, document: { readonly id: string }) => Promise<OutgoingFile>;
  /** Asks a payment gateway how a payment stands and keeps the answer. */
  readonly askGateway: (tenantId: number, gateway: string, remoteId: string) => Promise<void>;
  /** A gateway has knocked: what it is about is asked for. False when the knock is not the gateway's. */
  readonly hearGateway: (
    tenantId: number,
    given: { readonly gateway: string; readonly notification: GatewayNotification },
  ) => Promise<boolean>;
  /** Somebody knocks at the door of a connector; `body` is read only for a caller whom it admits. */
  readonly serveDoor: (
    tenantId: number,
    connector: string,
    call: Omit<DoorCall, 'body'> & { readonly body: (maxBytes: number) => Promise<Uint8Array> },
  ) => Promise<DoorReply | 'no-door' | 'not-admitted'>;
  /** A bank statement that a person brings: kept as it is and imported, or refused with a reason. */
  readonly takeStatement: (
    tenantId: number,
    file: { readonly name: string; readonly content: Uint8Array; readonly by: string },
  ) => Promise<{
    readonly inboxId: string;
    readonly result: 'imported' | 'refused' | 'unsorted';
    readonly reason: string;
    readonly repeated: boolean;
  }>;
  /** An officer says how stuck work without a case ended. False when it is not stuck (any more). */
  readonly decideStuckWork: (
    tenantId: number,
    said: { readonly key: string; readonly isDone: boolean; readonly reason: string; readonly officerId: string },
  ) => Promise<boolean>;
  /** Name of the gateway for new payments; undefined = the town takes none. */
  readonly gateway: () => string | undefined;
  /** Settings of connectors, for administrators. */
  readonly connectors: ConnectorDesk;
  /** Who the town is, for administrators. */
  readonly town: TownDesk;
  readonly qrSvg: (text: string) => Promise<string>;
  /** The statement of a payer's account as PDF. */
  readonly printStatement: (tenantId: number, statement: AccountStatement) => Promise<Uint8Array>;
  /** The town has an SMS gateway. */
  readonly sendsSms: () => boolean;
  /** Printed sheets as one PDF; `at` (instant) keeps the bytes of the same paper the same. */
  readonly printSheets: (tenantId: number, sheets: readonly PrintedSheet[], at?: string) => Promise<Uint8Array>;
  /** The podací deník of one year as PDF. */
  readonly printJournal: (tenantId: number, journal: PrintedJournal) => Promise<Uint8Array>;
  /** Letters on paper as one print file; `apart` is what could not be joined into it. */
  readonly printPost: (
    tenantId: number,
    letters: readonly PrintedPost[],
    at: string,
  ) => Promise<{ readonly pdf: Uint8Array; readonly apart: readonly { readonly letterId: string; readonly title: string }[] }>;
  /** Letters of a yearly run as one print file. */
  readonly printLetters: (letters: readonly LetterPaper[], createdAt: string) => Promise<Uint8Array>;
  /** Signs the hash of a closed month with the town's key. */
  readonly signBooks: (digest: string) => { readonly signature: string; readonly keyId: string };
  readonly pages: Pages;
  /** False with a reason while the town cannot serve. */
  readonly readiness: () => Promise<{ readonly ok: boolean; readonly reason?: string }>;
  /** The simulated outside, in the demo only. */
  readonly world?: Middleware;
}

type CitizenActor = Extract<Actor, { kind: 'citizen' }>;
type OfficerActor = Extract<Actor, { kind: 'officer' }>;

export function citizenOf(ctx: Context): { readonly tenantId: number; readonly actor: CitizenActor } {
  const { tenantId, citizen } = authState(ctx);
  if (!citizen) throw new Problem('forbidden', 'login-required');
  const { acting, person } = citizen;
  if (!acting) return { tenantId, actor: { kind: 'citizen', id: person.id } };
  if (acting.ended) throw new Problem('forbidden', 'representation-ended');
  const { representationId, scope, principal } = acting;
  return { tenantId, actor: { kind: 'citizen', id: principal.id, by: { personId: person.id, representationId, scope } } };
}

/** Whose accounts are seen: who acts for somebody does not see what that one was only let into. */
export const accountViewer = (actor: CitizenActor): string | { readonly represented: string } =>
  actor.by ? { represented: actor.id } : actor.id;

export function officerOf(ctx: Context): { readonly tenantId: number; readonly actor: OfficerActor; readonly name: string } {
  const { tenantId, officer } = authState(ctx);
  if (!officer) throw new Problem('forbidden', 'login-required');
  return { tenantId, actor: { kind: 'officer', id: officer.officer.id, groups: officer.officer.groups }, name: officer.officer.name };
}

/** The person who sits at the browser, for his own matters. */
export function sessionOf(ctx: Context): { readonly tenantId: number; readonly session: NonNullable<AuthState['citizen']> } {
  const { tenantId, citizen } = authState(ctx);
  if (!citizen) throw new Problem('forbidden', 'login-required');
  return { tenantId, session: citizen };
}

/** A path parameter that the route's pattern guarantees. */
export function param(ctx: Context, name: string): string {
  const value = (ctx as Context & { params?: Record<string, string> }).params?.[name];
  if (value === undefined) throw new Problem('not-found', 'not-found');
  return value;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A path parameter that is an id; anything else names nothing that exists. */
export function idParam(ctx: Context, name: string): string {
  const value = param(ctx, name);
  if (!UUID.test(value)) throw new Problem('not-found', 'not-found');
  return value;
}

/** A file for download, never for running: own type, attachment, sandbox. `inline` only for our own PDFs. */
export function sendFile(ctx: Context, file: OutgoingFile, inline: boolean): void {
  ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox");
  ctx.set('Content-Disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  ctx.type = file.mime;
  ctx.body = Buffer.from(file.content);
}

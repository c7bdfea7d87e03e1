// A kept statement file into the books: each of its statements in a transaction of its own, whole or not at all. A refused file stays kept with its reason.
import { z } from 'zod';
import { importStatement, type StatementToImport } from '../books/index.ts';
import { Problem } from '../domain/problem.ts';
import type { InboxMessage } from '../integrations/connector.ts';
import { reach } from '../platform/crash-point.ts';
import { finishMessage, inboxMessage, keepMessages, reopenRefused, type InboxRow } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import type { Workshop } from './workshop.ts';

const legalDay = z.iso.date();
const text = z.string();
const remark = z.object({ line: z.number().int(), reason: text });
const whole = z.number().int();
const item = z.object({
  id: text.min(1),
  date: legalDay,
  amount: whole,
  currency: text,
  isHeld: z.boolean(),
  original: z.object({ amount: whole, currency: text }).exactOptional(),
  isReversal: z.boolean(),
  vs: text,
  ks: text,
  ss: text,
  counterAccount: text,
  name: text,
  message: text,
});
const statement: z.ZodType<StatementToImport> = z.object({
  format: z.enum(['gpc', 'camt', 'fio']),
  account: text.min(1),
  number: whole.nullable(),
  from: legalDay,
  to: legalDay,
  currency: text,
  opening: whole,
  closing: whole,
  items: z.array(item),
  problems: z.array(remark),
});
const statementFile = z.object({
  file: text,
  refused: remark.nullable(),
  statements: z.array(statement),
  /** The officer who brought it; absent when the bank's channel did. */
  by: text.optional(),
});

/** What is needed of the workshop. */
export interface StatementBench {
  readonly corridor: Pick<Workshop['corridor'], 'db' | 'clock' | 'poke'>;
  readonly connectors: Workshop['connectors'];
}
export const STATEMENT = 'bank-statement';
export interface FileOutcome {
  readonly result: 'imported' | 'refused' | 'unsorted';
  /** For a person; empty when all is well. */
  readonly reason: string;
}

/** Idempotent: a file that was half imported when the process died goes on where it stopped. */
export async function importStatementFile(workshop: StatementBench, tenantId: number, message: InboxRow): Promise<FileOutcome> {
  const { db, clock } = workshop.corridor;
  const parsed = statementFile.safeParse(message.payload);
  const outcome = parsed.success ? await imported(workshop, tenantId, message.id, parsed.data) : UNREADABLE;
  await db.withTenant(tenantId, (trx) => finishMessage(trx, tenantId, message.id, outcome, clock.now().toISOString()));
  workshop.corridor.poke();
  return outcome;
}
const UNREADABLE: FileOutcome = { result: 'unsorted', reason: 'unreadable' };

async function imported(
  { corridor: { db, clock } }: StatementBench,
  tenantId: number,
  inboxId: string,
  { refused, statements, by }: z.output<typeof statementFile>,
): Promise<FileOutcome> {
  if (refused) return { result: 'refused', reason: `Řádek ${refused.line}: ${refused.reason}` };
  for (const [index, one] of statements.entries())
    try {
      const given = { inboxId, place: index + 1, statement: one, by: by ?? 'rule:bank', now: clock.now().toISOString() };
      await db.withTenant(tenantId, (trx) => importStatement(trx, tenantId, given));
      reach('processed:statement');
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'statement-in-another-format')) throw error;
      const day = String(error.details['day']);
      return { result: 'refused', reason: `Pohyby ze dne ${day} už přinesl výpis v jiném formátu; tentýž pohyb by se zaúčtoval dvakrát.` };
    }
  return { result: 'imported', reason: '' };
}

export interface TakenFile extends FileOutcome {
  /** Where the file is kept; the same file has the same place. */
  readonly inboxId: string;
  /** The very same file was here before. */
  readonly repeated: boolean;
}
/** A statement that a person brings: kept as it is, then imported at once. Throws Problem `no-statements-here` in a town without a bank's channel. */
export async function takeStatementFile(
  workshop: StatementBench,
  tenantId: number,
  file: { readonly name: string; readonly content: Uint8Array; readonly by: string },
): Promise<TakenFile> {
  const source = workshop.connectors.find((connector) => connector.upload !== undefined);
  const message = source?.upload?.(file);
  if (!source || !message) throw new Problem('unavailable', 'no-statements-here');
  const { db, clock } = workshop.corridor;
  const at = clock.now().toISOString();
  const mine = signed(message, file.by);
  const [kept, row] = await db.withTenant(tenantId, async (trx) => {
    const count = await keepMessages(trx, tenantId, source.name, [mine], at);
    const known = await inboxMessage(trx, tenantId, source.name, message.id);
    if (known?.result !== 'refused') return [count, known] as const;
    await reopenRefused(trx, tenantId, known.id, mine.payload);
    return [count, await inboxMessage(trx, tenantId, source.name, message.id)] as const;
  });
  reach('kept:statement');
  if (!row) throw new Error('a file that was kept is not there');
  const done = row.processedAt !== null;
  const outcome = done
    ? { result: row.result as FileOutcome['result'], reason: row.reason ?? '' }
    : await importStatementFile(workshop, tenantId, row);
  return { inboxId: row.id, repeated: kept === 0, ...outcome };
}

const signed = (message: InboxMessage, by: string) => ({
  id: message.id,
  kind: message.kind,
  payload: { ...(message.payload as Readonly<Record<string, Json>>), by },
  files: message.files ?? [],
});

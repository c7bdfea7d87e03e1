// Answers already given: the same command id twice gives the same answer; the same id with another request is refused.
import { createHash } from 'node:crypto';
import { Problem } from '../domain/problem.ts';
import { canonical } from './journal.ts';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';

export interface CommandRecord {
  readonly id: string;
  readonly name: string;
  readonly caseId: string | null;
  readonly requestHash: string;
  readonly at: string;
}

export const requestHash = (name: string, data: unknown): string =>
  createHash('sha256')
    .update(canonical([name, JSON.parse(JSON.stringify(data ?? null)) as Json]))
    .digest('hex');

/** The first answer, wrapped, or undefined when the id is new. Throws a conflict when the id stood for something else. */
export async function earlierAnswer(
  trx: Transaction,
  tenantId: number,
  id: string,
  hash: string,
): Promise<{ readonly result: Json; readonly caseId: string | null } | undefined> {
  const row = await trx('command').where({ tenant_id: tenantId, id }).first('request_hash', 'result', 'case_id');
  if (!row) return undefined;
  if (row.request_hash !== hash) throw new Problem('conflict', 'command-id-reused');
  return { result: row.result, caseId: row.case_id };
}

/** Throws a conflict when another request has taken the id meanwhile (both were new to `earlierAnswer`). */
export async function rememberAnswer(trx: Transaction, tenantId: number, command: CommandRecord, result: Json): Promise<void> {
  const rows = await trx('command')
    .insert({
      tenant_id: tenantId,
      id: command.id,
      name: command.name,
      case_id: command.caseId,
      request_hash: command.requestHash,
      result: JSON.stringify(result),
      at: command.at,
    })
    .onConflict(['tenant_id', 'id'])
    .ignore()
    .returning('id');
  if (rows.length === 0) throw new Problem('conflict', 'command-id-reused');
}

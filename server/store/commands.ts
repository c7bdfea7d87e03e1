// Answers already given: the same command id twice gives the same answer; the same id with another request is refused.
import { createHash } from 'node:crypto';
import { Problem } from '../domain/problem.ts';
import { canonical } from './journal.ts';
import type { Json } from './json.ts';
import { isUniqueViolation, type Transaction } from './database.ts';
import { ask, writeLast, type Part } from './lane.ts';

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
  const [row] = await ask<{ request_hash: string; result: Json; case_id: string | null }>(trx, {
    text: `select encode(request_hash, 'hex') as request_hash, result, case_id from command where tenant_id = $1 and id = $2`,
    values: [tenantId, id],
  });
  if (!row) return undefined;
  if (row.request_hash !== hash) throw new Problem('conflict', 'command-id-reused');
  return { result: row.result, caseId: row.case_id };
}

/** Written with the last statements of the transaction. When another request has taken the id meanwhile (both were new to `earlierAnswer`) the
 * transaction throws what `reusedId` makes a conflict of. */
export function rememberAnswer(trx: Transaction, tenantId: number, command: CommandRecord, result: Json): void {
  writeLast(trx, [answerPart(tenantId, command, result)]);
}

export function answerPart(tenantId: number, command: CommandRecord, result: Json): Part {
  return {
    text: 'insert into command (tenant_id, id, name, case_id, request_hash, result, at) values ($1, $2, $3, $4, $5, $6, $7)',
    values: [
      tenantId,
      command.id,
      command.name,
      command.caseId,
      Buffer.from(command.requestHash, 'hex'),
      JSON.stringify(result),
      command.at,
    ],
  };
}

/** Runs a transaction that remembers an answer; an id taken by another request is the conflict `command-id-reused`. */
export async function withCommandId<T>(transaction: Promise<T>): Promise<T> {
  try {
    return await transaction;
  } catch (error) {
    if (isUniqueViolation(error, 'command_pkey')) throw new Problem('conflict', 'command-id-reused', undefined, { cause: error });
    throw error;
  }
}

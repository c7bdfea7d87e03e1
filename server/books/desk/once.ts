// One command of an officer at the desk of money: its own transaction, its answer remembered under the command's id.
import type { Actor } from '../../domain/permission.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../../store/commands.ts';
import type { Database, Transaction } from '../../store/database.ts';
import type { Json } from '../../store/json.ts';

export type Officer = Extract<Actor, { kind: 'officer' }>;
export interface Desk {
  readonly db: Database;
  readonly tenantId: number;
  readonly now: () => Date;
  /** Called after a commit that left work for the jobs. */
  readonly poke: () => void;
}
export interface Asked<Data> {
  readonly commandId: string;
  readonly actor: Officer;
  readonly data: Data;
}

export const byOfficer = (actor: Officer): string => `officer:${actor.id}`;

/** A repeated command gets its first answer and does nothing. Throws `command-id-reused` when the id stood for something else. */
export async function once<Data, Answer>(
  desk: Desk,
  name: string,
  asked: Asked<Data>,
  work: (trx: Transaction, at: { readonly now: string; readonly by: string }) => Promise<Answer>,
): Promise<Answer> {
  const { db, tenantId } = desk;
  const hash = requestHash(name, [asked.actor.id, asked.data]);
  const answer = await withCommandId(
    db.withTenant(tenantId, async (trx) => {
      const earlier = await earlierAnswer(trx, tenantId, asked.commandId, hash);
      if (earlier) return earlier.result as Answer;
      const now = desk.now().toISOString();
      const given = await work(trx, { now, by: byOfficer(asked.actor) });
      rememberAnswer(trx, tenantId, { id: asked.commandId, name, caseId: null, requestHash: hash, at: now }, given as Json);
      return given;
    }),
  );
  desk.poke();
  return answer;
}

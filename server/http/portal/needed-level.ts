// Refuses what a session is too weak for. The pages say so before; this is where it holds.
import type { Context } from 'koa';
import { Problem } from '../../domain/problem.ts';
import { levelForCase, levelForDraft, type NeededLevel } from '../../queries/needed-level.ts';
import { authState, isLevelEnough } from '../auth/guards.ts';
import { citizenOf, idParam, type House } from '../house.ts';

/** Throws forbidden `loa-too-low` with the level needed and the level that the session has. */
export function demandLevel(ctx: Context, needed: NeededLevel | undefined): void {
  const { citizen } = authState(ctx);
  if (needed === undefined || needed === 'none' || (citizen && isLevelEnough(citizen.loa, needed))) return;
  throw new Problem('forbidden', 'loa-too-low', { required: needed, reached: citizen?.loa ?? 'none' });
}

/** For the draft or the case in the address (`:id`). What does not exist for this person is left to whoever reads it. */
export async function demandLevelForDraft(ctx: Context, { reader }: House): Promise<void> {
  const { tenantId, actor } = citizenOf(ctx);
  demandLevel(ctx, await levelForDraft(reader, tenantId, actor.id, idParam(ctx, 'id')));
}

export async function demandLevelForCase(ctx: Context, { reader }: House): Promise<void> {
  const { tenantId, actor } = citizenOf(ctx);
  demandLevel(ctx, await levelForCase(reader, tenantId, actor.id, idParam(ctx, 'id')));
}

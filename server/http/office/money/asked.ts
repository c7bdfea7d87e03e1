// What every request about money carries, and the desk of an officer for one request.
import type { Context } from 'koa';
import { z } from 'zod';
import type { Asked, Desk } from '../../../books/desk/once.ts';
import { officerOf, type House } from '../../house.ts';
import { readJson } from '../../middleware/body.ts';

/** Ids of money commands become ids of rows. */
export const commandId = z.uuid();
export const amount = z.number().int().min(1).max(10_000_000_000);
/** A reason is asked for by whoever reads the books after years. */
export const reason = z.string().trim().min(3).max(1_000);
export const legalDay = z.iso.date();
export const shares = z
  .array(z.object({ prescriptionId: z.uuid(), amount }))
  .min(1)
  .max(50);

export function deskOf(ctx: Context, { corridor }: House): Desk {
  const { tenantId } = officerOf(ctx);
  return { db: corridor.db, tenantId, now: () => corridor.clock.now(), poke: () => corridor.poke() };
}

/** The command of a body: its id apart, everything else its data. */
export async function askedOf<T extends { readonly commandId: string }>(
  ctx: Context,
  schema: z.ZodType<T>,
): Promise<Asked<Omit<T, 'commandId'>>> {
  // Who it is comes before what he says: a stranger learns nothing of the shape of a body.
  const { actor } = officerOf(ctx);
  const { commandId: id, ...data } = await readJson(ctx, schema);
  return { commandId: id, actor, data };
}

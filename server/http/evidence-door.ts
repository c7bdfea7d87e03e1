// Raw bytes of the paper that proves a representation, `?name=<file name>`: checked before anything is stored, by the rules of all uploads.
import type { Context } from 'koa';
import { inspectEvidence, MAX_EVIDENCE_BYTES } from '../cases/uploads.ts';
import { attachEvidence, type Sides } from '../people/evidence.ts';
import type { House } from './house.ts';
import { readBytes } from './middleware/body.ts';

/** Answers 204. Refuses what `inspectEvidence` and `attachEvidence` refuse. */
export async function receiveEvidence(
  house: House,
  ctx: Context,
  tenantId: number,
  { id, by, sides }: { readonly id: string; readonly by: string; readonly sides: Sides },
): Promise<void> {
  const content = await readBytes(ctx, MAX_EVIDENCE_BYTES, 'file-too-large');
  const { name, mime } = await inspectEvidence({ name: String(ctx.query['name'] ?? ''), content });
  await house.people.mandates.inScene(tenantId, (scene) => attachEvidence(scene, id, { file: { name, mime, content }, by, sides }));
  ctx.status = 204;
}

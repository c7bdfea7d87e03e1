// A mail server that refuses an address at once says the same as a message that comes back later.
import type { EffectAnswer } from '../engine/types.ts';
import { noteBroken } from '../store/contacts.ts';
import type { ClaimedEffect } from '../store/outbox.ts';
import type { Workshop } from './workshop.ts';

export async function noteRefusedAddress(
  { corridor }: Pick<Workshop, 'corridor'>,
  tenantId: number,
  claimed: ClaimedEffect,
  answer: EffectAnswer,
): Promise<void> {
  const { to } = claimed.input as { readonly to?: unknown };
  if (claimed.effect !== 'mail.send' || !('refused' in answer) || answer.refused.code !== 'address-refused' || typeof to !== 'string')
    return;
  const bounce = { address: to, permanent: true, status: '', reason: 'Poštovní server příjemce adresu odmítl.' };
  await corridor.db.withTenant(tenantId, (trx) => noteBroken(trx, tenantId, { ...bounce, at: corridor.clock.now().toISOString() }));
}

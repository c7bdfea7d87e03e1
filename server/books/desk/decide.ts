// The second person's desk: approve, refuse, or take one's own request back. The act happens inside the decision.
import { permitBooks, permitMoney } from '../../domain/permission.ts';
import { decideApproval, release, type ApprovedAct } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';
import { grantApproved } from './plans.ts';

const releaseApproved: ApprovedAct = async (trx, tenantId, { what, subject, reason, by, now }) => {
  const { prescriptionId } = what as { readonly prescriptionId: string };
  const { freed } = await release(trx, tenantId, { paymentId: subject, prescriptionId, reason, by, now });
  return { freed };
};
/** Kinds that are asked for at this desk and that the books do not do themselves. */
const acts: Readonly<Record<string, ApprovedAct>> = { instalments: grantApproved, release: releaseApproved };

export interface Verdict {
  readonly approvalId: string;
  readonly verdict: 'approved' | 'refused' | 'taken-back';
  readonly reason: string;
}
/** Only accountants and heads decide; whoever asked may take it back. `further`: acts of other parts of the house, by kind. */
export async function decide(desk: Desk, asked: Asked<Verdict>, further: Readonly<Record<string, ApprovedAct>> = {}): Promise<null> {
  if (asked.data.verdict === 'taken-back') permitMoney(asked.actor);
  else permitBooks(asked.actor);
  await once(desk, 'money-decide', asked, async (trx, { now }) => {
    await decideApproval(trx, desk.tenantId, { ...asked.data, officerId: asked.actor.id, now, acts: { ...acts, ...further } });
    return null;
  });
  return null;
}

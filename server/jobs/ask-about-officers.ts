// Officers who came through an identity provider: it is asked every few minutes whether they still work here. Whose account ended is logged out, new groups
// hold at once. A provider that does not answer changes nothing.
import { OutsideFailure, type OfficerSessions, type StillThere } from '../integrations/connector.ts';
import { newId } from '../platform/ids.ts';
import { claimSessionsToAsk, keepRefreshToken, regroup, type AskedSession } from '../store/officer-sessions.ts';
import { addOfficerEvent } from '../store/officers.ts';
import { deleteSession } from '../store/sessions.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Milliseconds between two questions about one session. */
export const ASK_MS = 180_000;
const BATCH = 20;

/** How many were asked about. */
export function askAboutOfficers(workshop: Workshop, everyMs = ASK_MS): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const provider = workshop.connectors.find(({ officerSessions }) => officerSessions !== undefined)?.officerSessions;
    if (!provider) return 0;
    const { db } = workshop.corridor;
    const sessions = await db.withTenant(tenantId, (trx) => claimSessionsToAsk(trx, tenantId, everyMs, BATCH));
    for (const session of sessions) await askAbout(workshop, tenantId, provider, session);
    return sessions.length;
  });
}

async function askAbout(workshop: Workshop, tenantId: number, provider: OfficerSessions, session: AskedSession): Promise<void> {
  const said = await asked(workshop, tenantId, provider, session);
  if (!said) return;
  const at = workshop.corridor.clock.now();
  const { idHash, officerId } = session;
  await workshop.corridor.db.withTenant(tenantId, async (trx) => {
    if ('gone' in said) {
      await deleteSession(trx, tenantId, idHash);
      workshop.log.info({ tenantId, officerId }, 'officer is gone from the identity provider, session ended');
      return;
    }
    await keepRefreshToken(trx, tenantId, idHash, said.refreshToken);
    if (await regroup(trx, tenantId, officerId, said.groups))
      await addOfficerEvent(trx, tenantId, { id: newId(at), officerId, kind: 'regrouped', detail: { groups: [...said.groups] }, at });
  });
}

async function asked(
  workshop: Workshop,
  tenantId: number,
  provider: OfficerSessions,
  { refreshToken, officerId }: AskedSession,
): Promise<StillThere | undefined> {
  try {
    return await provider.stillThere(refreshToken);
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    workshop.log.warn({ tenantId, officerId, code: error.code }, 'identity provider was not asked about an officer');
    return undefined;
  }
}

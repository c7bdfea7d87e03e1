// Officers who came through an identity provider: it is asked every few minutes whether they still work here. Whose account ended is logged out, new groups
// hold at once. A provider that does not answer changes nothing.
import { OutsideFailure, type OfficerSessions, type StillThere } from '../integrations/connector.ts';
import { newId } from '../platform/ids.ts';
import { claimSessionsToAsk, keepTokens, regroup, type AskedSession } from '../store/officer-sessions.ts';
import { addOfficerEvent } from '../store/officers.ts';
import { openTokens, sealTokens } from '../store/session-tokens.ts';
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
  const place = { tenantId, kind: 'officer', createdAt: session.createdAt } as const;
  const tokens = openTokens(workshop.tokenSeal, place, session.tokens);
  // A session about which nobody can ask any more would outlive the officer's account.
  if (!tokens) return end(workshop, tenantId, session, 'tokens of a session do not open, session ended');
  const said = await asked(workshop, tenantId, provider, { ...session, refreshToken: String(tokens['refreshToken']) });
  if (!said) return;
  const at = workshop.corridor.clock.now();
  const { idHash, officerId } = session;
  if ('gone' in said) return end(workshop, tenantId, session, 'officer is gone from the identity provider, session ended');
  await workshop.corridor.db.withTenant(tenantId, async (trx) => {
    const next = sealTokens(workshop.tokenSeal, place, { ...tokens, refreshToken: said.refreshToken }).tokens;
    if (next !== null) await keepTokens(trx, tenantId, idHash, next);
    if (await regroup(trx, tenantId, officerId, said.groups))
      await addOfficerEvent(trx, tenantId, { id: newId(at), officerId, kind: 'regrouped', detail: { groups: [...said.groups] }, at });
  });
}

async function end(workshop: Workshop, tenantId: number, { idHash, officerId }: AskedSession, why: string): Promise<void> {
  await workshop.corridor.db.withTenant(tenantId, (trx) => deleteSession(trx, tenantId, idHash));
  workshop.log.info({ tenantId, officerId }, why);
}

async function asked(
  workshop: Workshop,
  tenantId: number,
  provider: OfficerSessions,
  { refreshToken, officerId }: AskedSession & { readonly refreshToken: string },
): Promise<StillThere | undefined> {
  try {
    return await provider.stillThere(refreshToken);
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    workshop.log.warn({ tenantId, officerId, code: error.code }, 'identity provider was not asked about an officer');
    return undefined;
  }
}

// Jobs over a test town: one worker, or several that do not know of each other.
import { createLog } from '../../server/platform/log.ts';
import { passingSeal } from '../../server/platform/token-seal.ts';
import { listeners } from '../../server/jobs/listeners.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { renderFeeLetters } from '../../server/paper/fee-letters.ts';
import type { TestTown } from '../cases/town.ts';
import type { OtherSide } from './other-side.ts';

export const quiet = createLog({ level: 'silent' });

export function aWorkshop(town: Pick<TestTown, 'tenantId' | 'corridor'>, sides: readonly OtherSide[]): Workshop {
  return {
    corridor: town.corridor,
    tenantIds: [town.tenantId],
    connectors: sides.map((side) => side.connector),
    listeners,
    log: quiet,
    findDataBox: () => Promise.resolve(undefined),
    renderDocument: () => Promise.resolve(new TextEncoder().encode('%PDF-1.7 zkušební')),
    renderLetters: (letters, createdAt) => renderFeeLetters(letters, town.corridor.town(town.tenantId), createdAt),
    tokenSeal: passingSeal(),
    signHead: (digest) => ({ signature: `signed ${digest}`, keyId: 'test' }),
  };
}

/** Pauses between tries count by the database's clock; a test does not wait for them. */
export async function skipPauses(town: TestTown): Promise<void> {
  await town.sql(`update outbox set next_at = clock_timestamp() where state = 'ready'`);
  await town.sql(`update inbox set next_at = clock_timestamp() where processed_at is null`);
}

/** As if the worker that holds the leases had died and their time were over. */
export async function leasesRunOut(town: TestTown): Promise<void> {
  await town.sql(`update outbox set leased_until = clock_timestamp() - interval '1 second' where state = 'leased'`);
}

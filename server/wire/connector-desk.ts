// The desk of administrators over connectors: what holds, trying and saving settings, going back. Saved settings apply at once.
import { readdirSync } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import type { ConnectorAnswer } from '../contract/connectors.ts';
import type { ConnectorDesk, ConnectorSave } from '../http/office/connector-desk.ts';
import { insertRevision, noteCheck, revisionsOf } from '../store/town-connectors.ts';
import type { Switchboard } from '../town/switchboard.ts';
import { askOutside } from './ask-outside.ts';
import { cardsOf, detailOf, failingOf } from './connector-views.ts';
import { draftOf, examine, knownKey, type ExamineGiven } from './examine-draft.ts';
import { loadSaved, type Draft } from './saved-settings.ts';

export interface DeskGiven extends ExamineGiven {
  readonly outside: Switchboard;
  /** After a change: wakes whoever waits for the outside. */
  readonly poke: () => void;
}

export function createConnectorDesk(given: DeskGiven): ConnectorDesk {
  const { db, tenantId } = given;
  const secretFiles = (): readonly string[] => filesIn(given.secretsDir);
  return {
    list: async () => ({ connectors: await db.withTenant(tenantId, (trx) => cardsOf(trx, given)), secretFiles: secretFiles() }),
    detail: async (key) => {
      const known = knownKey(key);
      return { ...(await db.withTenant(tenantId, (trx) => detailOf(trx, given, known))), secretFiles: secretFiles() };
    },
    failing: () => db.withTenant(tenantId, (trx) => failingOf(trx, tenantId)),
    attempt: (key, wanted) => attempt(given, draftOf(given, knownKey(key), wanted)),
    save: async (asked) => save(given, asked, { ...draftOf(given, knownKey(asked.key), asked.settings), takenFrom: null }),
    goBack: async (asked) => {
      const key = knownKey(asked.key);
      const earlier = await db.withTenant(tenantId, (trx) => revisionsOf(trx, tenantId, key));
      const found =
        asked.to === 0
          ? { settings: {}, isOff: given.settings.dormant.includes(key) }
          : earlier.find(({ revision }) => revision === asked.to);
      if (!found) throw new Problem('not-found', 'connector-revision-not-found');
      return save(given, asked, { connector: key, settings: found.settings, isOff: found.isOff, takenFrom: asked.to });
    },
  };
}

async function attempt(given: DeskGiven, draft: Draft): Promise<ConnectorAnswer> {
  const examined = await examine(given, draft);
  if ('problems' in examined) return { problems: examined.problems, check: null };
  const { made, settings } = examined;
  return { problems: [], check: made ? await askOutside(knownKey(draft.connector), made, settings) : null };
}

async function save(
  given: DeskGiven,
  { revision, officerId }: ConnectorSave,
  draft: Draft & { readonly takenFrom: number | null },
): Promise<ConnectorAnswer> {
  const examined = await examine(given, draft);
  if ('problems' in examined) return { problems: examined.problems, check: null };
  const { db, tenantId, clock } = given;
  const row = { ...draft, revision: revision + 1, changedBy: officerId, changedAt: clock.now() };
  await db.withTenant(tenantId, async (trx) => {
    const [newest] = await revisionsOf(trx, tenantId, draft.connector);
    if ((newest?.revision ?? 0) !== revision || !(await insertRevision(trx, tenantId, row)))
      throw new Problem('conflict', 'connector-changed');
  });
  given.log.info(
    { event: 'connector-settings', connector: draft.connector, revision: row.revision, officerId },
    'settings of a connector changed',
  );
  given.outside.change((await loadSaved(given, given.settings)).config);
  given.poke();
  const key = knownKey(draft.connector);
  if (!examined.made) return { problems: [], check: null };
  const check = await askOutside(key, examined.made, examined.settings);
  const said = { connector: key, isOk: check.ok, text: check.text, at: clock.now().toISOString() };
  await db.withTenant(tenantId, (trx) => noteCheck(trx, tenantId, said));
  return { problems: [], check };
}

/** Names only; the folder need not be there. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^\w[\w.-]*$/.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

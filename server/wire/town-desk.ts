// The desk of administrators over the facts of the town: what holds, saving, going back. What is saved applies at once.
import { Problem } from '../domain/problem.ts';
import type { TownAnswer } from '../contract/town.ts';
import type { TownDesk, TownSave } from '../http/office/town-desk.ts';
import { waitingMoney } from '../queries/waiting-money.ts';
import type { Json } from '../store/json.ts';
import { factsRevisions, insertFacts } from '../store/town-facts.ts';
import { difference } from '../town/settings/edited.ts';
import type { Branch } from '../town/settings/layers.ts';
import type { Switchboard } from '../town/switchboard.ts';
import { isFactKey, tidyFacts } from '../town/town-facts.ts';
import type { ExamineGiven } from './examine-draft.ts';
import type { PaymentAccounts } from './payment-accounts.ts';
import { loadSaved } from './saved-settings.ts';
import { only, townPage } from './town-views.ts';

export interface TownDeskGiven extends ExamineGiven {
  readonly outside: Switchboard;
  readonly accounts: PaymentAccounts;
  readonly publicUrl: string;
  readonly poke: () => void;
}
type Facts = Readonly<Record<string, Json>>;

export function createTownDesk(given: TownDeskGiven): TownDesk {
  const { db, tenantId } = given;
  return {
    page: () => db.withTenant(tenantId, (trx) => townPage(trx, given)),
    save: async ({ facts, ...asked }) => {
      const unknown = Object.keys(facts).filter((key) => !isFactKey(key));
      if (unknown.length > 0) return { problems: unknown.map((key) => ({ path: `town.${key}`, message: 'takový klíč nastavení nemá' })) };
      return save(given, asked, { facts: draftOf(given, tidyFacts(facts)), takenFrom: null });
    },
    goBack: async ({ to, ...asked }) => {
      const earlier = await db.withTenant(tenantId, (trx) => factsRevisions(trx, tenantId));
      const found = to === 0 ? { facts: {} } : earlier.find(({ revision }) => revision === to);
      if (!found) throw new Problem('not-found', 'town-revision-not-found');
      return save(given, asked, { facts: found.facts, takenFrom: to });
    },
  };
}

/** What would be saved: the difference from the layer below, without what the operator's file says. */
function draftOf({ settings }: TownDeskGiven, wanted: Branch): Facts {
  const changed = (difference(only(settings.demo), wanted) ?? {}) as Facts;
  return Object.fromEntries(Object.entries(changed).filter(([key]) => !settings.locked.includes(key)));
}

async function save(
  given: TownDeskGiven,
  { revision, officerId, accountConfirmed }: TownSave,
  draft: { readonly facts: Facts; readonly takenFrom: number | null },
): Promise<TownAnswer> {
  const { db, tenantId, clock, outside } = given;
  const { layer } = await loadSaved(given, given.settings);
  const others = Object.fromEntries(Object.entries(layer).filter(([key]) => !isFactKey(key)));
  const outcome = given.settings.compose({ ...others, ...draft.facts });
  if ('problems' in outcome) return { problems: outcome.problems.map(({ path, message }) => ({ path: `town.${fieldOf(path)}`, message })) };
  const { account } = outcome.config;
  const changesAccount = account !== outside.current().config.account;
  await db.withTenant(tenantId, async (trx) => {
    const [newest] = await factsRevisions(trx, tenantId, 1);
    if ((newest?.revision ?? 0) !== revision) throw new Problem('conflict', 'town-changed');
    if (changesAccount && !accountConfirmed && (await waitingMoney(trx, tenantId)).count > 0)
      throw new Problem('conflict', 'town-account-unconfirmed');
    const row = { ...draft, revision: revision + 1, changedBy: officerId, changedAt: clock.now() };
    if (!(await insertFacts(trx, tenantId, row))) throw new Problem('conflict', 'town-changed');
  });
  given.log.info({ event: 'town-facts', revision: revision + 1, officerId }, 'facts of the town changed');
  // The account first: nothing is prescribed with one that nobody has noted.
  await given.accounts.note(account);
  outside.change((await loadSaved(given, given.settings)).config);
  given.poke();
  return { problems: [] };
}

/** A missing eSSL is told where it was chosen. */
const fieldOf = (path: string): string => (path === 'essl' ? 'records' : path);

// What an administrator sees of the town: its facts with their fields, what the file says, who changed what, and the account that money waits for.
import type { SettingField, SettingGroup } from '../contract/connectors.ts';
import type { TownAccount, TownPage } from '../contract/town.ts';
import { actorNames } from '../queries/actor-names.ts';
import { waitingMoney } from '../queries/waiting-money.ts';
import type { Transaction } from '../store/database.ts';
import { factsRevisions } from '../store/town-facts.ts';
import { changesBetween } from '../town/settings/edited.ts';
import type { Branch } from '../town/settings/layers.ts';
import { shapeOf, titleOf } from '../town/settings/shape.ts';
import type { Switchboard } from '../town/switchboard.ts';
import { factKeys, factSections, isFactKey, townFactsSchema } from '../town/town-facts.ts';
import { seenField } from './connector-views.ts';
import type { PaymentAccounts } from './payment-accounts.ts';
import type { TownSettings } from './town-settings.ts';

interface Given {
  readonly tenantId: number;
  readonly settings: TownSettings;
  readonly outside: Switchboard;
  readonly accounts: PaymentAccounts;
  readonly publicUrl: string;
}
const TOWN = 'town';

/** Facts of the town among other settings. */
export const only = (settings: Readonly<Record<string, unknown>>): Branch =>
  Object.fromEntries(factKeys.filter((key) => settings[key] !== undefined).map((key) => [key, settings[key]]));

export async function townPage(trx: Transaction, given: Given): Promise<TownPage> {
  const { tenantId, settings, outside } = given;
  const shape = shapeOf(townFactsSchema, TOWN);
  const fieldOf = (key: string): readonly SettingField[] =>
    shape.fields.filter((field) => field.key === key).map((field) => seenField(field, `${TOWN}.${key}`));
  const revisions = await factsRevisions(trx, tenantId);
  const named = await actorNames(
    trx,
    tenantId,
    revisions.map(({ changedBy }) => `officer:${changedBy}`),
  );
  return {
    revision: revisions[0]?.revision ?? 0,
    sections: factSections.map(({ title, keys }) => ({ title, fields: keys.flatMap(fieldOf) })),
    facts: only({ ...outside.current().config }) as SettingGroup,
    locked: settings.locked.filter(isFactKey).map((key) => `${TOWN}.${key}`),
    history: revisions.map((row, index) => ({
      revision: row.revision,
      changedAt: row.changedAt.toISOString(),
      changedBy: named(`officer:${row.changedBy}`),
      isOff: false,
      takenFrom: row.takenFrom,
      changes: changesBetween(
        { ...only(settings.demo), ...revisions[index + 1]?.facts },
        { ...only(settings.demo), ...row.facts },
        (path) => titleOf(shape, path),
        TOWN,
      ),
    })),
    account: await accountOf(trx, given),
    atStart: [
      {
        title: 'Adresa portálu (PUBLIC_URL)',
        value: given.publicUrl,
        hint: 'Vedou na ni odkazy v e-mailech a dopisech a jsou na ni zaregistrovaná přihlášení. Mění ji správce serveru, platí po novém spuštění.',
      },
    ],
  };
}

async function accountOf(trx: Transaction, { tenantId, outside, accounts }: Given): Promise<TownAccount> {
  const { count, amount } = await waitingMoney(trx, tenantId);
  const earlier = accounts
    .history()
    .slice(0, -1)
    .map(({ account, since }) => ({ account, since: since.toISOString() }));
  return {
    ...accounts.at(),
    earlier: earlier.toReversed(),
    openPrescriptions: count,
    openAmount: amount,
    bankAccount: outside.current().config.bank.account,
  };
}

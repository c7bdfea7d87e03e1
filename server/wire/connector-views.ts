// What administrators see of connectors: cards, one whole with its fields and history, and for everybody what does not work.
import type {
  ConnectorCard,
  ConnectorChange,
  ConnectorDetail,
  FailingConnectors,
  SettingField,
  SettingGroup,
} from '../contract/connectors.ts';
import { connectorKeys, connectorRows, type ConnectorKey } from '../integrations/connectors.ts';
import { actorNames } from '../queries/actor-names.ts';
import type { Transaction } from '../store/database.ts';
import { connectorChecks, currentRevisions, revisionsOf, type ConnectorCheck, type ConnectorRevision } from '../store/town-connectors.ts';
import { optionLabel } from '../town/settings/dictionary.ts';
import { changesBetween, hideSecrets } from '../town/settings/edited.ts';
import { lay } from '../town/settings/layers.ts';
import { inOrder } from '../town/settings/order.ts';
import { isSecret } from '../town/settings/secrets.ts';
import { shapeOf, titleOf, type Field } from '../town/settings/shape.ts';
import { isConnectorKey } from '../town/settings/verify.ts';
import type { Switchboard } from '../town/switchboard.ts';
import type { TownSettings } from './town-settings.ts';

interface Given {
  readonly tenantId: number;
  readonly settings: TownSettings;
  readonly outside: Switchboard;
}

export async function cardsOf(trx: Transaction, given: Given): Promise<readonly ConnectorCard[]> {
  const revisions = await currentRevisions(trx, given.tenantId);
  const checks = await connectorChecks(trx, given.tenantId);
  const named = await actorNames(
    trx,
    given.tenantId,
    revisions.map(({ changedBy }) => `officer:${changedBy}`),
  );
  return connectorKeys.map((key) => {
    const revision = revisions.find(({ connector }) => connector === key);
    const check = checks.find(({ connector }) => connector === key);
    return cardOf(key, { outside: given.outside, revision, check, named });
  });
}

interface CardGiven {
  readonly outside: Switchboard;
  readonly revision: ConnectorRevision | undefined;
  readonly check: ConnectorCheck | undefined;
  readonly named: (actor: string | null) => string;
}

function cardOf(key: ConnectorKey, { outside, revision, check, named }: CardGiven): ConnectorCard {
  const { title, about, isRequired } = connectorRows[key];
  const isOn = outside.current().made[key] !== undefined;
  return {
    ...{ key, title, about, isRequired, isOn },
    check: isOn && check ? verdictOf(check) : null,
    revision: revision?.revision ?? 0,
    changedAt: revision?.changedAt.toISOString() ?? null,
    changedBy: revision ? named(`officer:${revision.changedBy}`) : null,
  };
}

const verdictOf = ({ isOk, text, checkedAt, lastOkAt, failingSince }: ConnectorCheck): NonNullable<ConnectorCard['check']> => ({
  ok: isOk,
  text,
  checkedAt: checkedAt.toISOString(),
  lastOkAt: lastOkAt?.toISOString() ?? null,
  failingSince: failingSince?.toISOString() ?? null,
});

export async function detailOf(trx: Transaction, given: Given, key: ConnectorKey): Promise<Omit<ConnectorDetail, 'secretFiles'>> {
  const { settings, tenantId } = given;
  const card = (await cardsOf(trx, given)).find((one) => one.key === key);
  if (!card) throw new Error(`no card of ${key}`);
  const history = await revisionsOf(trx, tenantId, key);
  const shape = shapeOf(connectorRows[key].schema, key);
  const own = history[0];
  // What sleeps in the demo is offered filled in, however often it was turned off.
  const offered = settings.dormant.includes(key) ? undefined : null;
  const layers = [hideSecrets(settings.demo[key], key), own?.isOff ? offered : own?.settings, hideSecrets(settings.file[key], key)];
  return {
    card,
    fields: [seenField(shape, key)],
    settings: (layers.reduce<unknown>((lower, upper) => lay(lower, upper), undefined) ?? {}) as SettingGroup,
    locked: settings.locked.filter((path) => path === key || path.startsWith(`${key}.`)),
    history: await changesOf(trx, tenantId, history, (path) => titleOf(shape, path)),
  };
}

/** A field with what the form needs to know beside its shape; those below it in the order of settings/order.ts. */
export function seenField(field: Field, path: string, isDetail = false): SettingField {
  const below = (fields: readonly Field[]): readonly SettingField[] =>
    inOrder(fields, path).map((placed) => seenField(placed.field, placed.path, placed.isDetail));
  return {
    ...field,
    isSecret: isSecret(path),
    isDetail,
    options: field.options.map((value) => ({ value, label: optionLabel(value) })),
    fields: below(field.fields),
    variants: field.variants.map(({ value, fields }) => ({ value, label: optionLabel(value), fields: below(fields) })),
  };
}

async function changesOf(
  trx: Transaction,
  tenantId: number,
  history: readonly ConnectorRevision[],
  words: (path: string) => string,
): Promise<readonly ConnectorChange[]> {
  const named = await actorNames(
    trx,
    tenantId,
    history.map(({ changedBy }) => `officer:${changedBy}`),
  );
  return history.map((row, index) => ({
    revision: row.revision,
    changedAt: row.changedAt.toISOString(),
    changedBy: named(`officer:${row.changedBy}`),
    isOff: row.isOff,
    takenFrom: row.takenFrom,
    changes: changesBetween(history[index + 1]?.settings ?? {}, row.settings, words, row.connector),
  }));
}

export async function failingOf(trx: Transaction, tenantId: number): Promise<FailingConnectors> {
  const checks = await connectorChecks(trx, tenantId);
  const failing = checks.flatMap(({ connector, isOk, text, failingSince, checkedAt, lastOkAt }) =>
    isOk || !isConnectorKey(connector)
      ? []
      : [
          {
            title: connectorRows[connector].title,
            text,
            since: (failingSince ?? checkedAt).toISOString(),
            lastOkAt: lastOkAt?.toISOString() ?? null,
          },
        ],
  );
  return { failing };
}

// The order in which a person meets the settings of a connector: the account and its secrets, then whatever must be filled in; the rest are details.
import type { ConnectorRow } from '../../integrations/connector-row.ts';
import { connectorKeys, connectorRows } from '../../integrations/connectors.ts';
import { isSecret } from './secrets.ts';
import type { Field } from './shape.ts';

export interface Placed {
  readonly field: Field;
  readonly path: string;
  /** Rarely touched: stands under „Podrobné nastavení“. */
  readonly isDetail: boolean;
}

const fronts: readonly string[] = connectorKeys.flatMap((key) => {
  const { front }: ConnectorRow = connectorRows[key];
  return front.map((path) => `${key}.${path}`);
});

/** `path` is that of the group; values of a map are `*`. */
export function inOrder(fields: readonly Field[], path: string): readonly Placed[] {
  const placed = fields
    .map((field) => ({ field, path: `${path}.${field.key}` }))
    .map((one) => ({ ...one, rank: rankOf(one.field, one.path) }));
  return placed.toSorted((a, b) => a.rank - b.rank).map(({ rank, ...one }) => ({ ...one, isDetail: rank === DETAIL }));
}

const DETAIL = Number.POSITIVE_INFINITY;

/** Where the row says nothing, what must be filled in and what is secret follows in the order of the schema. */
function rankOf({ isRequired, key }: Field, path: string): number {
  const at = fronts.indexOf(path);
  if (at !== -1) return at;
  return isRequired || isSecret(path) || key === '*' ? fronts.length : DETAIL;
}

// What the doors need to show and change who the town is; built in wire/town-desk.ts.
import type { SettingGroup } from '../../contract/connectors.ts';
import type { TownAnswer, TownPage } from '../../contract/town.ts';

export interface TownSave {
  /** The revision that the administrator has seen. */
  readonly revision: number;
  readonly officerId: string;
  /** He knows that money still waits for the account that he changes. */
  readonly accountConfirmed: boolean;
}

export interface TownDesk {
  page(): Promise<TownPage>;
  /** Throws `town-changed` when somebody else was faster, `town-account-unconfirmed` when money waits for the old account. */
  save(given: TownSave & { readonly facts: SettingGroup }): Promise<TownAnswer>;
  /** Back to an earlier revision, 0 = to no changes at all. Throws `town-revision-not-found` beside. */
  goBack(given: TownSave & { readonly to: number }): Promise<TownAnswer>;
}

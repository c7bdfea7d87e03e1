// Ways of logging in, as the portal offers them. GET /api/login-ways
import type { PortalSession } from './portal.ts';

export type Level = NonNullable<PortalSession['person']>['loa'];

export interface LoginWay {
  /** In addresses: `/prihlaseni/<name>`. */
  readonly name: string;
  readonly title: string;
  /** For whom it is, one sentence. */
  readonly hint: string;
  /** The highest level of assurance that it gives. */
  readonly highest: Level;
}

export interface LoginWays {
  /** NIA first. */
  readonly ways: readonly LoginWay[];
}

// Connector to the data boxes (ISDS): sends from the town's and the portal's box, reads the town's box and the states of what was sent.
import type { Connector } from '../connector.ts';
import { createIsdsClient } from './client.ts';
import { isdsConfigSchema } from './config.ts';
import type { IsdsConfig } from './config.ts';
import { checkAccounts } from './check.ts';
import { createInbox } from './inbox.ts';
import { readTrust } from './seal-trust.ts';
import { createSend } from './send.ts';

export { isdsConfigSchema } from './config.ts';
export type { IsdsConfig } from './config.ts';
export { createIsdsClient } from './client.ts';
export type { IsdsClient } from './client.ts';
export type { SendInput, SendOutput } from './send.ts';
export type { DataBoxUnreadable } from './inbox.ts';
export type { DataBoxMessage } from './received-message.ts';
export type { DataBoxState } from './sent-state.ts';
export { verifyZfo } from './zfo.ts';
export { readTrust } from './seal-trust.ts';
export type { BoxOwner, FoundBox, FoundBoxes } from './parsing-boxes.ts';

export interface IsdsDependencies {
  readonly fetch?: typeof fetch;
  /** Windows of the lists are counted from it; default the system's. */
  readonly clock?: { now(): Date };
}

/** Throws a ZodError on wrong configuration. */
export function createIsdsConnector(config: IsdsConfig, given: IsdsDependencies = {}): Connector {
  const settings = isdsConfigSchema.parse(config);
  const fetchImpl = given.fetch ?? fetch;
  const clients = new Map(
    Object.entries(settings.accounts).map(([name, account]) => [name, createIsdsClient(settings, account, fetchImpl)]),
  );
  const trust = readTrust(settings.trustedCertificates, settings.sealSubject);
  const deps = { settings, clients, trust, clock: given.clock ?? { now: () => new Date() } };
  return {
    name: 'isds',
    effects: { 'isds.send': createSend(deps) },
    inbox: createInbox(deps),
    check: () => checkAccounts(deps),
  };
}

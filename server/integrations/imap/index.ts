// Connector to the mailbox of the e-podatelna: messages and returned mail as an inbox. Sends nothing; nothing is deleted in the mailbox.
import type { CheckResult, Connector } from '../connector.ts';
import { imapConfigSchema, type ImapConfig } from './config.ts';
import { lookIn, pollMailbox } from './mailbox.ts';

export { imapConfigSchema } from './config.ts';
export type { ImapConfig } from './config.ts';

/** Throws a ZodError on wrong configuration. */
export function createImapConnector(config: ImapConfig): Connector {
  const settings = imapConfigSchema.parse(config);
  return {
    name: 'imap',
    effects: {},
    inbox: { everyMs: settings.pollMs, poll: (cursor) => pollMailbox(settings, cursor) },
    check: (): Promise<CheckResult> => lookIn(settings),
  };
}

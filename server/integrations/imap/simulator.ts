// Simulated mailbox of the e-podatelna: a real IMAP server over what the simulated mail server took, and a page where a person writes to the town.
import { z } from 'zod';
import { inOrder } from '../simulator-page.ts';
import { podatelna, type Mailboxes } from '../simulated-mailboxes.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { createLetterPages } from './simulator-pages.ts';
import { letterSchema, writeLetter } from './simulator-letter.ts';
import { openImapServer, operations } from './simulator-server.ts';

export interface ImapSimulatorOptions extends Omit<SimulatorOptions, 'store'> {
  /** Those of the simulated mail server. */
  readonly mailboxes: Mailboxes;
  /** 0 = any free one. */
  readonly imapPort: number;
  readonly host?: string;
  /** TLS from the first byte; default no: STARTTLS. */
  readonly isTlsFromStart?: boolean;
}
export interface ImapSimulator extends Simulator {
  readonly listening: Promise<number>;
  readonly authorityPem: string;
}

const folderSchema = z.object({ folder: z.string().default('INBOX') });

export function createImapSimulator(options: ImapSimulatorOptions): ImapSimulator {
  const { mailboxes, clock } = options;
  const server = openImapServer({
    mailboxes,
    faults: options.faults,
    host: options.host ?? '127.0.0.1',
    port: options.imapPort,
    isTlsFromStart: options.isTlsFromStart ?? false,
  });
  return {
    name: 'imap',
    title: 'E-podatelna',
    description: 'Schránka, do které se píše úřadu. Můžete tu napsat e-mail za občana.',
    accounts: [{ label: 'Schránka e-podatelny (IMAP, STARTTLS)', value: `${podatelna.user}, heslo ${podatelna.password}` }],
    operations,
    listening: server.listening,
    authorityPem: mailboxes.keys().authority.certificatePem,
    middleware: inOrder(createLetterPages(options)),
    ledger: () =>
      mailboxes.folders().map(({ name, validity, messages }) => ({
        folder: name,
        validity,
        messages: messages.map(({ uid, flags, mail }) => ({ uid, flags: [...flags], at: mail.at, to: [...mail.to] })),
      })),
    control: {
      /** A citizen writes to the podatelna. */
      write: async (input) => {
        const raw = await writeLetter(letterSchema.parse(input), clock.now());
        await mailboxes.deliver({ to: [podatelna.user], at: clock.now().toISOString(), raw: raw.toString('base64') });
        return {};
      },
      /** The message as it is given, byte by byte. */
      deliver: async (input) => {
        const { raw, to } = z.object({ raw: z.base64(), to: z.string().default(podatelna.user) }).parse(input);
        await mailboxes.deliver({ to: [to.toLowerCase()], at: clock.now().toISOString(), raw });
        return {};
      },
      /** Another UIDVALIDITY, UIDs from 1. */
      rebuild: async (input) => {
        await mailboxes.rebuild(folderSchema.parse(input).folder);
        return {};
      },
    },
    close: () => server.close(),
  };
}

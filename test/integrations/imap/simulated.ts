// Our simulated IMAP server behind the same handle as a real Dovecot, so that the same tests run against both.
import { ImapFlow } from 'imapflow';
import { createFaultPlan } from '../../../server/integrations/fault-plan.ts';
import { createImapSimulator } from '../../../server/integrations/imap/simulator.ts';
import { createMailboxes, podatelna, type Mailboxes } from '../../../server/integrations/simulated-mailboxes.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import type { FaultPlan } from '../../../server/integrations/fault-plan.ts';
import { testClock, type TestClock } from '../simulated-server.ts';
import type { MailServer } from './dovecot.ts';

export interface SimulatedMailServer extends MailServer {
  readonly mailboxes: Mailboxes;
  readonly faults: FaultPlan;
  readonly clock: TestClock;
}

export async function startSimulated(store = createMemoryStore()): Promise<SimulatedMailServer> {
  const clock = testClock();
  const faults = createFaultPlan(createMemoryStore(), clock);
  const mailboxes = createMailboxes(store, clock);
  const given = { baseUrl: '/imap', clock, faults, mailboxes, imapPort: 0 };
  const simulators = { plain: createImapSimulator(given), secure: createImapSimulator({ ...given, isTlsFromStart: true }) };
  const ports = { plain: await simulators.plain.listening, secure: await simulators.secure.listening };
  const caPem = simulators.plain.authorityPem;
  return {
    user: podatelna.user,
    password: podatelna.password,
    plain: { port: ports.plain },
    secure: { port: ports.secure },
    caPem,
    mailboxes,
    faults,
    clock,
    deliver: (raw) => mailboxes.deliver({ to: [podatelna.user], at: clock.now().toISOString(), raw: Buffer.from(raw).toString('base64') }),
    look: async (folder = 'INBOX') => {
      const auth = { user: podatelna.user, pass: podatelna.password };
      const client = new ImapFlow({ host: 'localhost', port: ports.secure, secure: true, auth, tls: { ca: caPem }, logger: false });
      await client.connect();
      try {
        await client.mailboxOpen(folder, { readOnly: true });
        if (client.mailbox === false || client.mailbox.exists === 0) return [];
        const all = await client.fetchAll('1:*', { envelope: true, flags: true });
        return all.map(({ envelope, flags }) => ({ subject: envelope?.subject ?? '', flags: [...(flags ?? [])] }));
      } finally {
        await client.logout();
      }
    },
    rebuild: () => mailboxes.rebuild('INBOX'),
    stop: async () => {
      await simulators.plain.close();
      await simulators.secure.close();
    },
  };
}

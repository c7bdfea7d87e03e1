// The simulated mail server as the demo town meets it: encryption and a login demanded, and what nobody takes comes back to our mailbox by itself.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createImapConnector } from '../../../server/integrations/imap/index.ts';
import { createImapSimulator, type ImapSimulator } from '../../../server/integrations/imap/simulator.ts';
import { createMailConnector, type MailConfig } from '../../../server/integrations/mail/index.ts';
import { createMailSimulator, type MailSimulator } from '../../../server/integrations/mail/simulator.ts';
import { podatelna, smtpAccount } from '../../../server/integrations/simulated-mailboxes.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';

let world: SimulatedServer<MailSimulator>;
let imap: ImapSimulator;
beforeEach(async () => {
  world = await serve((options) => {
    const mail = createMailSimulator({ ...options, smtpPort: 0, isProtected: true });
    imap = createImapSimulator({ ...options, mailboxes: mail.mailboxes, imapPort: 0 });
    return mail;
  });
});
afterEach(async () => {
  await imap.close();
  await world.close();
});

const bounceAddress = podatelna.addresses[1];
const domain = 'lipova.example';
async function send(to: string, more: Partial<MailConfig> = {}): Promise<string> {
  const connector = createMailConnector({
    host: 'localhost',
    port: await world.simulator.listening,
    caPem: world.simulator.authorityPem,
    ...smtpAccount,
    from: 'Město <podatelna@lipova.example>',
    domain,
    bounceAddress,
    timeoutMs: 5_000,
    ...more,
  });
  const effect = connector.effects['mail.send'];
  const input = effect?.input.parse({ to, subject: 'Oznámení', text: 'Dobrý den.' });
  return (
    effect?.perform('klic-1', input, []).then(
      (answer) => ('done' in answer ? 'sent' : answer.refused.code),
      (error: { readonly code: string }) => error.code,
    ) ?? 'no effect'
  );
}
const poll = async () =>
  createImapConnector({
    host: 'localhost',
    port: await imap.listening,
    secure: false,
    caPem: imap.authorityPem,
    user: podatelna.user,
    password: podatelna.password,
    domain,
    bounceAddress,
  }).inbox?.poll(undefined);

test('the password is right or the mail is not taken, and no server is believed without its authority', async () => {
  expect(await send('jana@posta.example')).toBe('sent');
  expect(await send('jana@posta.example', { password: 'jine' })).toBe('mail-login-refused');
  expect(await send('jana@posta.example', { caPem: undefined } as unknown as Partial<MailConfig>)).toBe('mail-certificate');
  expect(world.simulator.ledger()).toHaveLength(1);
});

test('what is sent to the podatelna stands in its mailbox; mail to others does not', async () => {
  await send('jana@posta.example');
  await send('Podatelna@lipova.example');
  expect((await poll())?.messages).toMatchObject([{ kind: 'mail-auto', payload: { subject: 'Oznámení' } }]);
});

test('mail that nobody takes comes back with a report that says which one it was', async () => {
  expect(await send('nedoruceno.jana@posta.example')).toBe('sent');
  expect((await poll())?.messages).toMatchObject([
    {
      kind: 'mail-bounce',
      payload: { bounce: { key: 'klic-1', recipients: [{ address: 'nedoruceno.jana@posta.example', action: 'failed', status: '5.1.1' }] } },
    },
  ]);
});

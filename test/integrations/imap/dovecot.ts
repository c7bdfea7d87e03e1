// A real Dovecot on free ports of the loopback: TLS, STARTTLS, a mailbox of its own in a temporary folder. Needs the Debian package dovecot-imapd.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { findFreePort } from '../../../server/platform/free-port.ts';
import { makeCertificates } from '../directory/certificates.ts';

const USER = 'podatelna';
const PASSWORD = 'Heslo-schranky-1';
const DOVECOT = '/usr/sbin/dovecot';
export const hasDovecot = existsSync(DOVECOT) && userInfo().uid === 0;
if (!hasDovecot) console.warn('IMAP is not tested against Dovecot: the Debian package dovecot-imapd and root are needed');

/** A mail server with one mailbox that has the folders INBOX and Prevzato. */
export interface MailServer {
  readonly user: string;
  readonly password: string;
  readonly secure: { readonly port: number };
  readonly plain: { readonly port: number };
  readonly caPem: string;
  /** Delivers as a mail server does: into INBOX, byte by byte as given. */
  deliver(raw: string | Buffer): Promise<void>;
  /** What lies in a folder: subject and flags, in the order of UIDs. */
  look(folder?: string): Promise<readonly { readonly subject: string; readonly flags: readonly string[] }[]>;
  /** The folder is made anew from the same messages: another UIDVALIDITY, UIDs from 1. */
  rebuild(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDovecot(): Promise<MailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dovecot-'));
  const { caPem, certificateFile, keyFile, folder: certificates } = makeCertificates('DNS:localhost,IP:127.0.0.1');
  const ports = { plain: await findFreePort(0), secure: await findFreePort(0) };
  const mail = join(folder, 'mail');
  mkdirSync(mail);
  const owner = execFileSync('id', ['-u', 'mail']).toString().trim();
  const group = execFileSync('id', ['-g', 'mail']).toString().trim();
  chmodSync(folder, 0o755);
  chownSync(mail, Number(owner), Number(group));
  const config = join(folder, 'dovecot.conf');
  writeFileSync(config, configuration({ folder, mail, certificateFile, keyFile, owner, group, ...ports }));
  writeFileSync(join(folder, 'users'), `${USER}:{PLAIN}${PASSWORD}\n`);
  chmodSync(join(folder, 'users'), 0o644);
  const child = spawn(DOVECOT, ['-F', '-c', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.all([listening(ports.plain), listening(ports.secure)]);
  const visit = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user: USER, pass: PASSWORD };
    const client = new ImapFlow({ host: 'localhost', port: ports.secure, secure: true, auth, tls: { ca: caPem }, logger: false });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  return {
    user: USER,
    password: PASSWORD,
    secure: { port: ports.secure },
    plain: { port: ports.plain },
    caPem,
    deliver: (raw) => visit(async (client) => void (await client.append('INBOX', Buffer.from(raw)))),
    look: (name = 'INBOX') =>
      visit(async (client) => {
        await client.mailboxOpen(name, { readOnly: true });
        if (client.mailbox === false || client.mailbox.exists === 0) return [];
        const all = await client.fetchAll('1:*', { envelope: true, flags: true });
        return all.map(({ envelope, flags }) => ({
          subject: envelope?.subject ?? '',
          flags: [...(flags ?? [])].filter((one) => one !== '\\Recent'),
        }));
      }),
    rebuild: async () => {
      const inbox = join(mail, 'Maildir');
      for (const name of readdirSync(inbox)) if (name.startsWith('dovecot')) rmSync(join(inbox, name), { force: true });
      // A new UIDVALIDITY is made of the time in seconds.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
      rmSync(certificates, { recursive: true, force: true });
    },
  };
}

function configuration(given: {
  readonly folder: string;
  readonly mail: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly owner: string;
  readonly group: string;
  readonly plain: number;
  readonly secure: number;
}): string {
  return `base_dir = ${given.folder}/run
state_dir = ${given.folder}/state
log_path = ${given.folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${given.certificateFile}
ssl_key = <${given.keyFile}
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${given.mail}/Maildir
mail_home = ${given.mail}
passdb {
  driver = passwd-file
  args = ${given.folder}/users
}
userdb {
  driver = static
  args = uid=${given.owner} gid=${given.group} home=${given.mail}
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Prevzato {
    auto = create
  }
}
service imap-login {
  inet_listener imap {
    port = ${given.plain}
  }
  inet_listener imaps {
    port = ${given.secure}
    ssl = yes
  }
}
`;
}

async function listening(port: number): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Dovecot does not listen');
}

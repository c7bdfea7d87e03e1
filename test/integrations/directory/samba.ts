// A real Active Directory of Samba on ports 389 and 636 of this machine: root only, and both ports free. Provisioned anew, in seconds.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, chmodSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, makeCertificates } from './certificates.ts';

export const AD_BASE = 'DC=obec,DC=test';
export const ADMIN = { bindDn: `CN=Administrator,CN=Users,${AD_BASE}`, bindPassword: 'Heslo-123456' } as const;

export interface Samba {
  readonly caPem: string;
  /** `samba-tool …` of the administrator. Throws with its words when it refuses. */
  tool(...args: readonly string[]): string;
  /** LDIF changes over LDAPS. */
  change(ldif: string): void;
  stop(): Promise<void>;
}

/** Why a Samba domain cannot be started here; undefined when it can. */
export async function reasonWithoutSamba(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'the domain controller needs root';
  const missing = ['samba', 'samba-tool', 'ldapmodify', 'openssl'].filter((program) => !isInstalled(program));
  if (missing.length > 0)
    return `${missing.join(', ')} missing (Debian packages samba, samba-ad-dc, samba-ad-provision, winbind, ldap-utils)`;
  const taken = (await Promise.all([389, 636].map(async (port) => ((await isOpen(port)) ? [port] : [])))).flat();
  return taken.length > 0 ? `port ${taken.join(' and ')} is taken` : undefined;
}

export async function startSamba(): Promise<Samba> {
  const folder = mkdtempSync(join(tmpdir(), 'domena-'));
  const config = join(folder, 'etc', 'smb.conf');
  execFileSync('samba-tool', [...PROVISION, `--targetdir=${folder}`], { stdio: 'pipe' });
  const { caPem, caFile, certificateFile, keyFile, folder: certificates } = makeCertificates('DNS:localhost,IP:127.0.0.1');
  const tls = join(folder, 'private', 'tls');
  mkdirSync(tls, { recursive: true });
  for (const [from, to] of [
    [caFile, 'ca.pem'],
    [certificateFile, 'cert.pem'],
    [keyFile, 'key.pem'],
  ] as const)
    copyFileSync(from, join(tls, to));
  chmodSync(join(tls, 'key.pem'), 0o600);
  const child = spawn('samba', ['-i', '-M', 'single', '-s', config, '--option=server services=ldap'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!((await isOpen(636)) && (await isOpen(389)))) await new Promise((resolve) => setTimeout(resolve, 200));
  return {
    caPem,
    tool: (...args) => execFileSync('samba-tool', [...args, '-s', config], { encoding: 'utf8', stdio: 'pipe' }),
    change: (ldif) => {
      const args = ['-x', '-H', 'ldaps://127.0.0.1', '-D', ADMIN.bindDn, '-w', ADMIN.bindPassword];
      const { status, stderr } = spawnSync('ldapmodify', args, {
        input: ldif,
        encoding: 'utf8',
        env: { ...process.env, LDAPTLS_CACERT: caFile },
      });
      if (status !== 0) throw new Error(stderr);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      for (const each of [folder, certificates]) rmSync(each, { recursive: true, force: true });
    },
  };
}

const PROVISION = [
  'domain',
  'provision',
  '--realm=OBEC.TEST',
  '--domain=OBEC',
  `--adminpass=${ADMIN.bindPassword}`,
  '--server-role=dc',
  '--dns-backend=NONE',
  '--host-name=dc1',
  '--host-ip=127.0.0.1',
  '--option=interfaces=lo',
  '--option=bind interfaces only=yes',
  '--option=dns update command=/bin/true',
];

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

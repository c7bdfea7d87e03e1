// A real OpenLDAP server on free ports, with its own certificate, the memberof and ppolicy overlays, and an office of made-up people.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeCertificates } from './certificates.ts';

export const BASE = 'dc=obec,dc=test';
export const SERVICE = { bindDn: `cn=ctenar,${BASE}`, bindPassword: 'Heslo-ctenare-1' } as const;
export const PASSWORD = 'Správné heslo 1';

export interface Slapd {
  readonly plainUrl: string;
  readonly secureUrl: string;
  readonly caPem: string;
  /** Changes made by the administrator, as LDIF. */
  change(ldif: string): void;
  stop(): Promise<void>;
}

export async function startSlapd(ldif: string): Promise<Slapd> {
  const { folder, caPem, caFile, certificateFile, keyFile } = makeCertificates('DNS:localhost,IP:127.0.0.1');
  const [plain, secure] = [await freePort(), await freePort()];
  mkdirSync(join(folder, 'db'));
  const config = join(folder, 'slapd.conf');
  writeFileSync(config, configuration({ folder, caFile, certificateFile, keyFile }));
  writeFileSync(join(folder, 'start.ldif'), ldif);
  execFileSync('/usr/sbin/slapadd', ['-q', '-f', config, '-l', join(folder, 'start.ldif')], { stdio: 'pipe' });
  const child = spawn('/usr/sbin/slapd', ['-f', config, '-h', `ldap://127.0.0.1:${plain} ldaps://127.0.0.1:${secure}`, '-d', '0'], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.all([listening(plain), listening(secure)]);
  return {
    plainUrl: `ldap://localhost:${plain}`,
    secureUrl: `ldaps://localhost:${secure}`,
    caPem,
    change: (changes) => {
      const args = ['-x', '-H', `ldap://127.0.0.1:${plain}`, '-D', `cn=admin,${BASE}`, '-w', 'admin'];
      execFileSync('ldapmodify', args, { input: changes, stdio: ['pipe', 'pipe', 'pipe'] });
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(files: {
  readonly folder: string;
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}): string {
  const schemas = ['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return [
    ...schemas,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    'moduleload memberof',
    'moduleload ppolicy',
    `pidfile ${files.folder}/slapd.pid`,
    `TLSCACertificateFile ${files.caFile}`,
    `TLSCertificateFile ${files.certificateFile}`,
    `TLSCertificateKeyFile ${files.keyFile}`,
    'sizelimit size.soft=500 size.hard=500 size.pr=1000 size.prtotal=unlimited',
    'database mdb',
    `suffix "${BASE}"`,
    `rootdn "cn=admin,${BASE}"`,
    'rootpw admin',
    `directory ${files.folder}/db`,
    'maxsize 67108864',
    'index objectClass,uid,member,cn,entryUUID eq',
    'overlay memberof',
    'overlay ppolicy',
    'access to attrs=userPassword by anonymous auth by * none',
    `access to dn.subtree="ou=tajne,${BASE}" by * none`,
    `access to * by dn.exact="${SERVICE.bindDn}" read by * none`,
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Until somebody answers on the port; a test that waits too long fails by its own limit. */
export async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

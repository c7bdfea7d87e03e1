// Authorities, certificates and signed e-mails made by openssl: the foreign program of the tests of signatures.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** qcStatements with QcCompliance and QcType of a signature (ETSI EN 319 412-5), and of a seal. */
export const QUALIFIED =
  '1.3.6.1.5.5.7.1.3=DER:30:1f:30:08:06:06:04:00:8e:46:01:01:30:13:06:06:04:00:8e:46:01:06:30:09:06:07:04:00:8e:46:01:06:01';
export const QUALIFIED_SEAL =
  '1.3.6.1.5.5.7.1.3=DER:30:1f:30:08:06:06:04:00:8e:46:01:01:30:13:06:06:04:00:8e:46:01:06:30:09:06:07:04:00:8e:46:01:06:02';

export interface Person {
  readonly certificate: string;
  readonly key: string;
}
export interface Authority {
  readonly pem: string;
  /** A certificate for signing under this authority; `extensions` as lines of openssl. */
  issue(
    name: string,
    given?: { readonly extensions?: readonly string[]; readonly key?: readonly string[]; readonly from?: string; readonly to?: string },
  ): Person;
}
export interface SignGiven {
  readonly person: Person;
  readonly more?: readonly string[];
}

export function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'podpisy-'));
  let serial = 0;
  const fresh = (ending: string): string => join(folder, `${(serial += 1)}.${ending}`);
  const openssl = (...args: readonly string[]): Buffer =>
    execFileSync('openssl', [...args], { stdio: 'pipe', cwd: folder, maxBuffer: 50_000_000 });
  const rsa = ['-newkey', 'rsa:2048'];

  /** By `openssl ca`, which lets the days be chosen. */
  function certify(
    who: string,
    given: {
      readonly key: readonly string[];
      readonly by: readonly string[];
      readonly words: readonly string[];
      readonly days: readonly [from: string, to: string];
    },
  ): Person {
    const made = { key: fresh('key'), certificate: fresh('pem') };
    const [request, words, database] = [fresh('csr'), fresh('cnf'), fresh('db')];
    openssl('req', ...given.key, '-nodes', '-keyout', made.key, '-out', request, '-subj', `/CN=${who}`, '-utf8');
    writeFileSync(database, '');
    const own = `database=${database}\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nunique_subject=no\nnew_certs_dir=${folder}`;
    writeFileSync(words, ['[ca]', 'default_ca=d', '[d]', own, '[p]', 'commonName=supplied', '[x]', ...given.words, ''].join('\n'));
    const by = given.by.length > 0 ? given.by : ['-selfsign', '-keyfile', made.key];
    const days = ['-startdate', given.days[0], '-enddate', given.days[1]];
    openssl(
      'ca',
      '-batch',
      '-utf8',
      '-config',
      words,
      ...by,
      ...days,
      '-extensions',
      'x',
      '-in',
      request,
      '-out',
      made.certificate,
      '-notext',
    );
    return made;
  }

  function authority(name: string): Authority {
    const words = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
    const own = certify(name, { key: rsa, by: [], words, days: ['20240101000000Z', '20400101000000Z'] });
    return {
      pem: readFileSync(own.certificate, 'utf8'),
      issue: (who, { extensions = [], key = rsa, from = '20250101000000Z', to = '20350101000000Z' } = {}) =>
        certify(who, {
          key,
          by: ['-cert', own.certificate, '-keyfile', own.key],
          words: ['keyUsage=critical,digitalSignature,nonRepudiation', ...extensions],
          days: [from, to],
        }),
    };
  }

  /** `openssl smime` or `openssl cms`: a whole message with the head of a letter. `more`: `-nodetach`, `-md sha1` … */
  function sign(program: 'smime' | 'cms', entity: string, { person, more = [] }: SignGiven): string {
    const file = fresh('txt');
    writeFileSync(file, entity);
    const signed = openssl(
      program,
      '-sign',
      '-in',
      file,
      '-signer',
      person.certificate,
      '-inkey',
      person.key,
      '-crlfeol',
      ...more,
    ).toString('latin1');
    const head = [
      'Received: from mx by mx',
      'From: Jana Nová <jana@posta.example>',
      'To: podatelna@lipova.example',
      'Subject: Podepsané podání',
    ];
    return `${[...head, 'Date: Mon, 02 Mar 2026 09:00:00 +0100', 'Message-ID: <p@posta.example>'].join('\r\n')}\r\n${signed.replaceAll(/\r?\n/g, '\r\n')}`;
  }
  return { folder, openssl, authority, sign, close: () => rmSync(folder, { recursive: true, force: true }) };
}

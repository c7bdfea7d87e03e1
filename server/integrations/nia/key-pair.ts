// Key pairs of the demo, made at first start and kept in the data folder, readable by the owner only.
import { generateKeyPair } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SigningKey } from '../xml-signature.ts';
import { selfSignedCertificate } from './certificate.ts';

/** Files `<name>.key.pem` and `<name>.cert.pem` in `folder`. RSA 2048; a pair once made stays. */
export async function loadOrCreateKeyPair(folder: string, name: string, commonName: string): Promise<SigningKey> {
  const keyPath = join(folder, `${name}.key.pem`);
  const certificatePath = join(folder, `${name}.cert.pem`);
  const [privateKeyPem, certificatePem] = await Promise.all([readIfThere(keyPath), readIfThere(certificatePath)]);
  if (privateKeyPem !== undefined && certificatePem !== undefined) return { privateKeyPem, certificatePem };
  const made = await createKeyPair(commonName);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(keyPath, made.privateKeyPem);
  await writeWhole(certificatePath, made.certificatePem);
  return made;
}

export async function createKeyPair(commonName: string): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { privateKeyPem, certificatePem: selfSignedCertificate(privateKeyPem, commonName, new Date()) };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Written aside and renamed: a process that dies here leaves no half of a key. */
async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.${String(process.pid)}.new`;
  await writeFile(aside, text, { mode: 0o600 });
  await rename(aside, path);
}

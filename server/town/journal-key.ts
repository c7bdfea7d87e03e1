// The key that signs the hourly head of all journals: made once, kept in the data folder, readable by the owner only.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type HeadSigner = (digest: string) => { readonly signature: string; readonly keyId: string };

/** Ed25519; `keyId` is the first half of the SHA-256 of the public key. */
export function openHeadSigner(dataDir: string): HeadSigner {
  const folder = join(dataDir, 'keys');
  const path = join(folder, 'journal-head.pem');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(`${path}.${process.pid}`, pem, { mode: 0o600 });
    renameSync(`${path}.${process.pid}`, path);
  }
  const key = createPrivateKey(readFileSync(path));
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  return (digest) => ({ signature: sign(null, Buffer.from(digest), key).toString('base64'), keyId });
}

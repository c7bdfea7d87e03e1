// Seals small secrets that must stand in the database: AES-256-GCM with a key from outside of it. Several keys may open, the first one seals.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface TokenSeal {
  /** `about` names the place (town, table, row): what was sealed for one place does not open in another. */
  seal(text: string, about: string): string;
  /** Undefined when no key opens it here: it was changed, moved, or its key is gone. */
  open(sealed: string, about: string): string | undefined;
}

export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** The newest key first. Throws RangeError without a key or for one of another length. */
export function createTokenSeal(keys: readonly Uint8Array[]): TokenSeal {
  const [newest] = keys;
  if (!newest || keys.some((key) => key.length !== KEY_BYTES)) throw new RangeError(`a key has ${KEY_BYTES} bytes`);
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  return {
    seal: (text, about) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, newest, iv).setAAD(Buffer.from(about, 'utf8'));
      const content = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${idOf(newest)}.${content.toString('base64url')}`;
    },
    open: (sealed, about) => {
      const [id = '', content = ''] = sealed.split('.');
      const key = byId.get(id);
      const bytes = Buffer.from(content, 'base64url');
      return key && bytes.length >= IV_BYTES + TAG_BYTES ? opened(key, bytes, about) : undefined;
    },
  };
}

function opened(key: Uint8Array, bytes: Buffer, about: string): string | undefined {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(about, 'utf8'),
  );
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined; // the tag does not fit
  }
}

/** Tells keys apart, tells nothing about them. */
const idOf = (key: Uint8Array): string => createHash('sha256').update('token-seal').update(key).digest('hex').slice(0, 16);

/** For whoever keeps nothing over a restart: a key that exists only in this process. */
export const passingSeal = (): TokenSeal => createTokenSeal([randomBytes(KEY_BYTES)]);

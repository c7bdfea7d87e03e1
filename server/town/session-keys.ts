// The keys that seal tokens of sessions: made by themselves, kept in the data folder, readable by the owner only, a new one every quarter of a year.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuseConfiguration } from '../platform/config.ts';
import { createTokenSeal, KEY_BYTES, type TokenSeal } from '../platform/token-seal.ts';

const QUARTER_MS = 90 * 86_400_000;

interface KeyLine {
  readonly madeAt: Date;
  readonly key: Buffer;
}

/**
 * File `keys/session-tokens.keys`: one key on a line, `<instant> <base64>`, the newest first. Two of them hold, so that a change stops nobody: sessions live
 * for hours. Whoever runs several servers of a town gives them one file. Ends the process when the file is damaged or others may read it.
 */
export function openSessionSeal(dataDir: string, now: Date = new Date()): TokenSeal {
  const folder = join(dataDir, 'keys');
  const path = join(folder, 'session-tokens.keys');
  const known = existsSync(path) ? readKeys(path) : [];
  const [newest] = known;
  if (newest && now.getTime() - newest.madeAt.getTime() < QUARTER_MS) return createTokenSeal(known.map(({ key }) => key));
  const kept = [{ madeAt: now, key: randomBytes(KEY_BYTES) }, ...known.slice(0, 1)];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, kept.map(({ madeAt, key }) => `${madeAt.toISOString()} ${key.toString('base64')}\n`).join(''), { mode: 0o600 });
  renameSync(aside, path);
  return createTokenSeal(kept.map(({ key }) => key));
}

function readKeys(path: string): readonly KeyLine[] {
  if ((statSync(path).mode & 0o077) !== 0) refuseConfiguration(`Soubor ${path} s klíči přihlášení smí číst jen jeho vlastník (chmod 600).`);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const keys = lines.map((line) => {
    const [madeAt = '', base64 = ''] = line.split(' ');
    return { madeAt: new Date(madeAt), key: Buffer.from(base64, 'base64') };
  });
  const isWhole = keys.length > 0 && keys.every(({ madeAt, key }) => !Number.isNaN(madeAt.getTime()) && key.length === KEY_BYTES);
  if (isWhole) return keys;
  return refuseConfiguration(`Soubor ${path} s klíči přihlášení je poškozený. Smažte ho: vznikne nový a úředníci se přihlásí znovu.`);
}

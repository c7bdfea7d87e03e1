// Sealed tokens: open only with their key, in their place and whole; and the file of keys that changes them by itself.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createTokenSeal } from '../../server/platform/token-seal.ts';
import { openSessionSeal } from '../../server/town/session-keys.ts';

const [one, two] = [randomBytes(32), randomBytes(32)];
const PLACE = 'session.tokens|1|officer|2026-11-22T10:00:00.000Z';
const TEXT = JSON.stringify({ refreshToken: 'tajný řetězec' });

describe('a sealed token', () => {
  test('opens in its place, never looks twice the same and shows nothing', () => {
    const seal = createTokenSeal([one]);
    const [first, second] = [seal.seal(TEXT, PLACE), seal.seal(TEXT, PLACE)];
    expect(first).not.toBe(second);
    expect([seal.open(first, PLACE), seal.open(second, PLACE)]).toEqual([TEXT, TEXT]);
    expect(Buffer.from(first.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain('refresh');
  });
  test('does not open elsewhere, with another key, or changed in any byte', () => {
    const seal = createTokenSeal([one]);
    const sealed = seal.seal(TEXT, PLACE);
    expect(seal.open(sealed, PLACE.replace('|1|', '|2|'))).toBeUndefined();
    expect(createTokenSeal([two]).open(sealed, PLACE)).toBeUndefined();
    const [id = '', content = ''] = sealed.split('.');
    const bytes = Buffer.from(content, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const bent = Buffer.from(bytes);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(seal.open(`${id}.${bent.toString('base64url')}`, PLACE)).toBeUndefined();
    }
    for (const rubbish of ['', '.', id, `${id}.`, `${id}.AAAA`, sealed.slice(0, -4)]) expect(seal.open(rubbish, PLACE)).toBeUndefined();
  });
  test('of the key before still opens, and what is sealed now needs the new one', () => {
    const before = createTokenSeal([one]);
    const now = createTokenSeal([two, one]);
    expect(now.open(before.seal(TEXT, PLACE), PLACE)).toBe(TEXT);
    expect(before.open(now.seal(TEXT, PLACE), PLACE)).toBeUndefined();
    expect(() => createTokenSeal([])).toThrow(RangeError);
    expect(() => createTokenSeal([randomBytes(16)])).toThrow(RangeError);
  });
});

describe('the file of keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const path = join(folder, 'keys', 'session-tokens.keys');
  const DAY = 86_400_000;
  const START = new Date('2026-01-01T00:00:00Z');
  const later = (days: number): Date => new Date(START.getTime() + days * DAY);
  afterEach(() => rmSync(join(folder, 'keys'), { recursive: true, force: true }));

  test('is made for its owner only, and the same the next time', () => {
    const sealed = openSessionSeal(folder, START).seal(TEXT, PLACE);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const before = readFileSync(path, 'utf8');
    expect(openSessionSeal(folder, later(89)).open(sealed, PLACE)).toBe(TEXT);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
  test('gets a new key every quarter; the one before opens, the one before that is gone', () => {
    const first = openSessionSeal(folder, START).seal(TEXT, PLACE);
    const second = openSessionSeal(folder, later(91));
    expect(second.open(first, PLACE)).toBe(TEXT);
    const third = openSessionSeal(folder, later(182));
    expect([third.open(second.seal(TEXT, PLACE), PLACE), third.open(first, PLACE)]).toEqual([TEXT, undefined]);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
  });
  test.each<readonly [string, () => void, string]>([
    ['others may read it', () => chmodSync(path, 0o644), 'smí číst jen jeho vlastník'],
    ['it is damaged', () => writeFileSync(path, 'x\n', { mode: 0o600 }), 'je poškozený'],
    ['it is empty', () => writeFileSync(path, '', { mode: 0o600 }), 'je poškozený'],
    ['its key is short', () => writeFileSync(path, `${START.toISOString()} AAAA\n`, { mode: 0o600 }), 'je poškozený'],
  ])('ends the start with one line and code 78 when %s', (_name, spoil, line) => {
    openSessionSeal(folder, START);
    spoil();
    const program = `import { openSessionSeal } from './server/town/session-keys.ts'; openSessionSeal(process.argv[1]); process.exit(0);`;
    let ended: unknown;
    try {
      execFileSync(process.execPath, ['--input-type=module', '-e', program, folder], { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      ended = error;
    }
    expect(ended).toMatchObject({ status: 78, stderr: expect.stringContaining(line) });
  });
});

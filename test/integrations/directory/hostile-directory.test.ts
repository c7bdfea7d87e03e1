// A directory that lies, stalls, floods, refers elsewhere or cuts the line: an error with a code, never a password in the clear, and a process unharmed.
import { afterEach, describe, expect, test } from 'vitest';
import { createDirectory } from '../../../server/integrations/directory/index.ts';
import type { DirectoryConfig, DirectoryConnector } from '../../../server/integrations/directory/index.ts';
import { isInstalled } from './certificates.ts';
import { BIND, BOUND, DONE, entry, EXTENDED, message, result, SEARCH, startLiar, tlv, type Asked, type Liar } from './a-liar.ts';

const hasOpenssl = isInstalled('openssl');
if (!hasOpenssl) console.warn('SKIPPED: openssl is not installed, hostile directories were not tried');

const SECRET = 'Heslo-ctenare-1';
let liar: Liar;
afterEach(() => liar.close());

const directory = (changes: Partial<DirectoryConfig> = {}): DirectoryConnector =>
  createDirectory({
    url: liar.url,
    caPem: liar.caPem,
    kind: 'openldap',
    bindDn: 'cn=ctenar,dc=obec',
    bindPassword: SECRET,
    baseDn: 'dc=obec',
    groupMap: { Evidence: 'evidence' },
    timeoutMs: 5_000,
    ...changes,
  });
/** Lets everybody bind; `search` answers the rest. */
const bound =
  (search: (asked: Asked) => Buffer | undefined) =>
  (asked: Asked): Buffer | undefined =>
    asked.operation === BIND ? message(asked.id, BOUND) : asked.operation === SEARCH ? search(asked) : undefined;

describe.skipIf(!hasOpenssl)('a directory', () => {
  test.each<[string, (asked: Asked) => Buffer]>([
    ['that speaks HTTP', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['that sends noise', () => Buffer.from([0x30, 0x05, 0x02, 0x01, 0x01, 0x7f, 0x00])],
    ['whose message never ends', () => Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02])],
    ['whose length is longer than a number', () => Buffer.from([0x30, 0x89, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
    ['whose length is of the endless kind', () => Buffer.from([0x30, 0x80, 0x02, 0x01, 0x01])],
    ['that answers somebody else', ({ id }) => message(id + 7, BOUND)],
    ['that says a bind is a search', ({ id }) => message(id, DONE)],
    ['that sends thousands of messages nobody asked for', () => Buffer.concat(Array.from({ length: 9_000 }, () => message(99, DONE)))],
    ['that binds with a code of no meaning', ({ id }) => message(id, result(0x61, 120))],
  ])('%s gives an error', async (_what, answer) => {
    liar = await startLiar(answer);

    await expect(directory({ timeoutMs: 400 }).directory.people()).rejects.toMatchObject({ name: 'DirectoryUnavailable' });
    expect(await directory({ timeoutMs: 400 }).check()).toMatchObject({ ok: false });
  });

  test('that is silent, or sends a byte now and then, is left alone after its time', async () => {
    liar = await startLiar(({ id, place }, socket) => {
      const [first, ...rest] = place === 0 ? [...message(id, BOUND)] : [];
      if (first === undefined) return undefined;
      rest.forEach((byte, index) => setTimeout(() => socket.write(Buffer.from([byte])), 100 * index).unref());
      return Buffer.from([first]);
    });

    await expect(directory({ timeoutMs: 300 }).directory.people()).rejects.toMatchObject({ code: 'too-slow' });
  });

  test('that floods is cut off at a limit of bytes', async () => {
    liar = await startLiar((asked, socket) => {
      if (asked.operation === BIND) return message(asked.id, BOUND);
      const flood = Buffer.concat(Array.from({ length: 64 }, () => message(asked.id, entry('uid=a', { uid: ['x'.repeat(16_000)] }))));
      // Until the other side hangs up; a write that failed is not followed by another.
      const pour = (failed?: Error | null): void => {
        if (!failed && socket.writable) socket.write(flood, pour);
      };
      pour();
      return undefined;
    });

    await expect(directory({ timeoutMs: 60_000 }).directory.people()).rejects.toMatchObject({ code: 'too-many-bytes' });
  });

  test('that pages for ever is cut off at a limit of entries', async () => {
    const crowd = (id: number): Buffer =>
      Buffer.concat(Array.from({ length: 900 }, (_, index) => message(id, entry(`uid=${index}`, { uid: ['a'] }))));
    const cookie = tlv(0xa0, tlv(0x30, tlv(4, '1.2.840.113556.1.4.319'), tlv(4, tlv(0x30, tlv(2, Buffer.from([0])), tlv(4, 'dalsi')))));
    liar = await startLiar(bound(({ id }) => Buffer.concat([crowd(id), tlv(0x30, tlv(2, Buffer.from([0, id])), DONE, cookie)])));

    await expect(directory({ timeoutMs: 60_000 }).directory.people()).rejects.toMatchObject({ code: 'too-many-entries' });
  });

  test('that refers elsewhere is not followed, and its list is not taken for whole', async () => {
    const elsewhere = await startLiar(() => undefined);
    const address = elsewhere.url;
    liar = await startLiar(
      bound(({ id }) =>
        Buffer.concat([message(id, tlv(0x73, tlv(4, address))), message(id, result(0x65, 10, tlv(0xa3, tlv(4, address))))]),
      ),
    );

    await expect(directory().directory.people()).rejects.toMatchObject({ name: 'DirectoryUnavailable' });
    expect(elsewhere.connections()).toBe(0);
    await elsewhere.close();
  });

  test('that cuts the line is not called again in the same login', async () => {
    liar = await startLiar((asked, socket) => {
      if (asked.operation === BIND) return message(asked.id, BOUND);
      socket.destroy();
      return undefined;
    });

    await expect(directory().logIn('vlckova', 'tajné')).rejects.toMatchObject({ name: 'DirectoryUnavailable' });
    expect(liar.connections()).toBe(1);
  });
});

describe.skipIf(!hasOpenssl)('with StartTLS', () => {
  const startTls = (): DirectoryConnector => directory({ startTls: true, timeoutMs: 1_000 });

  test.each<[string, (asked: Asked) => Buffer | undefined]>([
    [
      'that refuses encryption',
      ({ id, operation }) => message(id, result(operation === EXTENDED ? 0x78 : 0x61, operation === EXTENDED ? 2 : 0)),
    ],
    [
      'that promises it and goes on in the clear',
      ({ id, operation }) => (operation === EXTENDED ? message(id, result(0x78, 1)) : message(id, BOUND)),
    ],
    ['that says nothing', () => undefined],
  ])('a directory %s hears no password', async (_what, answer) => {
    liar = await startLiar(answer, false);

    await expect(startTls().directory.people()).rejects.toMatchObject({ name: 'DirectoryUnavailable' });
    expect(liar.heardPlain()).not.toContain(SECRET);
  });

  test('a directory that cuts the encrypted line hears no password on a second, plain one', async () => {
    liar = await startLiar((asked, socket) => {
      if (asked.operation === EXTENDED) return message(asked.id, result(0x78, 0));
      if (asked.secret) socket.destroy();
      return undefined;
    }, false);

    await expect(startTls().directory.people()).rejects.toMatchObject({ name: 'DirectoryUnavailable' });
    expect(liar.heardPlain()).not.toContain(SECRET);
    expect(liar.connections()).toBe(1);
  });
});

describe.skipIf(!hasOpenssl)('members of a large group', () => {
  const group = (attributes: Readonly<Record<string, readonly string[]>>): Buffer =>
    entry('cn=Evidence,dc=obec', { cn: ['Evidence'], entryUUID: ['6f2d0a52-0000-4000-8000-000000000001'], ...attributes });
  const person = (name: string): Buffer =>
    entry(`uid=${name},dc=obec`, { uid: [name], cn: [name], entryUUID: [`6f2d0a52-0000-4000-8000-00000000000${name.length}`] });
  const everybody = ['a', 'bb', 'ccc', 'dddd'];
  const members = (...names: readonly string[]): readonly string[] => names.map((name) => `uid=${name},dc=obec`);
  const reply = (id: number, ...entries: readonly Buffer[]): Buffer =>
    Buffer.concat([...entries.map((one) => message(id, one)), message(id, DONE)]);

  test('that come in ranges are put together', async () => {
    liar = await startLiar(
      bound(({ id, bytes }) => {
        const asked = bytes.toString('latin1');
        if (asked.includes('range=2-*')) return reply(id, group({ 'member;range=2-2': members('ccc') }));
        if (asked.includes('range=3-*')) return reply(id, group({ 'member;range=3-*': members('dddd') }));
        return asked.includes('groupOfNames')
          ? reply(id, group({ 'member;range=0-1': members('a', 'bb') }))
          : reply(id, ...everybody.map(person));
      }),
    );

    expect((await directory().directory.people()).map(({ name }) => name)).toEqual(everybody);
  });

  test('that never end are cut off', async () => {
    liar = await startLiar(
      bound(({ id, bytes }) => {
        const asked = bytes.toString('latin1');
        const from = /range=(\d+)-/.exec(asked)?.[1];
        if (from !== undefined) return reply(id, group({ [`member;range=${from}-${from}`]: members('a') }));
        return asked.includes('groupOfNames') ? reply(id, group({ 'member;range=0-0': members('a') })) : reply(id, person('a'));
      }),
    );

    await expect(directory().directory.people()).rejects.toMatchObject({ code: 'too-many-entries' });
  });
});

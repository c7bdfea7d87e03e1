// Forms of directory values: escaping of filters, GUIDs, distinguished names that are compared, times. Pure.

/**
 * RFC 4515, section 3: a value inside a filter. Of ASCII only plain letters, digits and a few signs stay, the rest goes as \\xx; other letters
 * stay as they are (the library would read \\xx of a longer letter byte by byte).
 */
export function filterValue(text: string): string {
  return text.replace(/[^A-Za-z0-9 ._@=,\u0080-\u{10ffff}-]/gu, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** objectGUID as people write it: the first three groups are little-endian ([MS-DTYP] 2.3.4). Undefined when it is not 16 bytes. */
export function guidOf(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 16) return undefined;
  const hex = (from: number, to: number, reversed: boolean): string => {
    const part = Buffer.from(bytes.subarray(from, to));
    return (reversed ? part.reverse() : part).toString('hex');
  };
  return [hex(0, 4, true), hex(4, 6, true), hex(6, 8, true), hex(8, 10, false), hex(10, 16, false)].join('-');
}

/** The other way: what a search for objectGUID compares. */
export function guidBytes(guid: string): Buffer {
  const [a = '', b = '', c = '', d = '', e = ''] = guid.split('-');
  const reversed = [a, b, c].map((part) => Buffer.from(part, 'hex').reverse());
  return Buffer.concat([...reversed, Buffer.from(d + e, 'hex')]);
}

export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** A distinguished name in a form in which equal names are equal texts: lower case, no spaces around separators, escapes undone (RFC 4514). */
export function comparableDn(dn: string): string {
  return namesOf(dn)
    .map((part) => {
      const at = part.indexOf('=');
      return `${part.slice(0, at).trim()}=${unescapedValue(part.slice(at + 1).trim())}`.toLowerCase().normalize('NFC');
    })
    .join('\u0000');
}

/** Split at commas that are not escaped. */
function namesOf(dn: string): readonly string[] {
  return [...dn.matchAll(/((?:\\[\s\S]|[^\\,])+)(?:,|$)/g)].map(([, name = '']) => name);
}

function unescapedValue(value: string): string {
  return value
    .replace(/(?:\\[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'))
    .replace(/\\(.)/gs, '$1');
}

const TICKS_TO_1970 = 116_444_736_000_000_000n;
/** accountExpires: hundreds of nanoseconds since 1601; 0 and the largest number mean never. Undefined = never. */
export function expiryOf(fileTime: string): Date | undefined {
  if (!/^\d{1,19}$/.test(fileTime)) return undefined;
  const ticks = BigInt(fileTime);
  if (ticks === 0n || ticks === 9_223_372_036_854_775_807n) return undefined;
  return new Date(Number((ticks - TICKS_TO_1970) / 10_000n));
}

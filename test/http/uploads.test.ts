// An uploaded file is taken for what it is, not for what it says: content, name, size, and the field it is meant for.
import { describe, expect, test } from 'vitest';
import { cleanName, inspectUpload } from '../../server/cases/uploads.ts';
import { Problem } from '../../server/domain/problem.ts';
import { parseForm } from '../../forms/index.ts';

const form = parseForm({
  type: 'default',
  id: 'priloha',
  schemaVersion: 18,
  properties: { title: 'Příloha' },
  components: [
    { type: 'textfield', key: 'jmeno', label: 'Jméno' },
    { type: 'filepicker', key: 'doklad', label: 'Doklad', multiple: true, properties: { maxBytes: 1000 } },
    {
      type: 'group',
      label: 'Další',
      components: [{ type: 'filepicker', key: 'priloha', label: 'Příloha', multiple: true }],
    },
  ],
});

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const pdf = bytes('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n');
const png = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15,
  0xc4, 0x89, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54,
]);
const exe = Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0]);

async function codeOf(name: string, content: Uint8Array, field = 'priloha'): Promise<string> {
  try {
    const taken = await inspectUpload(form, { field, name, content });
    return `taken as ${taken.mime}`;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('the content decides', () => {
  test.each([
    ['smlouva.pdf', pdf, 'taken as application/pdf'],
    ['Fotka.PNG', png, 'taken as image/png'],
    ['poznámka.txt', bytes('Dobrý den, přikládám doklad. 2 < 3 a 5 > 4.'), 'taken as text/plain'],
    ['výpis.xml', bytes('<?xml version="1.0" encoding="UTF-8"?>\n<výpis><řádek/></výpis>'), 'taken as application/xml'],
    ['program přejmenovaný na pdf.pdf', exe, 'file-type-not-allowed'],
    ['obrázek, který je pdf.png', pdf, 'file-type-not-allowed'],
    ['pdf s příponou obrázku.jpg', pdf, 'file-type-not-allowed'],
    ['program.exe', exe, 'file-type-not-allowed'],
    ['stránka.html', bytes('<p>ahoj</p>'), 'file-type-not-allowed'],
    ['obrázek.svg', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file-type-not-allowed'],
    ['vlastnost objektu.constructor', bytes('x'), 'file-name-invalid'],
    ['prázdný.pdf', new Uint8Array(0), 'file-empty'],
  ])('%s', async (name, content, outcome) => {
    expect(await codeOf(name, content)).toBe(outcome);
  });
});

describe('a text that a browser would run is no text', () => {
  test.each([
    ['skript', 'a.txt', 'x <script>alert(1)</script>'],
    ['skript s mezerou a velkými písmeny', 'a.txt', '< ScRiPt src=x>'],
    ['stránka', 'a.txt', '<!DOCTYPE html><html></html>'],
    ['obrázek SVG v textu', 'a.txt', '<svg onload=alert(1)>'],
    ['obrázek SVG v XML', 'a.xml', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['XHTML', 'a.xml', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script/></html>'],
    ['XML s definicí entit', 'a.xml', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['nuly v textu', 'a.txt', 'abc\0def'],
    ['XML, které není XML', 'a.xml', 'jen tak'],
  ])('%s', async (_what, name, text) => {
    expect(await codeOf(name, bytes(text))).toBe('file-type-not-allowed');
  });

  test('and bytes that are not UTF-8 neither', async () => {
    expect(await codeOf('a.txt', Uint8Array.from([0x80, 0xff, 0x41]))).toBe('file-type-not-allowed');
  });
});

describe('names', () => {
  test.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\jana\\doklad.pdf', 'doklad.pdf'],
    ['.htaccess.txt', 'htaccess.txt'],
    ['a\u0000b\r\nc.pdf', 'abc.pdf'],
    ['fdp\u202Efdp.exe.txt', 'fdpfdp.exe.txt'],
    ['a<b>"c|d?.pdf', 'abcd.pdf'],
    ['  můj   doklad.pdf ', 'můj doklad.pdf'],
    ['pr\u030Cilba.pdf', 'přilba.pdf'],
  ])('%j is kept as %j', (raw, clean) => {
    expect(cleanName(raw)).toBe(clean);
  });

  test.each(['', '.', '..', '/', 'bez-pripony', 'tecka.', '\u202E', `${'a'.repeat(200)}.pdf`, 'a.pdf/'])('%j is refused', (raw) => {
    expect(() => cleanName(raw)).toThrow('file-name-invalid');
  });
});

test('a file belongs to a field for files, wherever in the form it stands', async () => {
  expect(await codeOf('a.pdf', pdf, 'jmeno')).toBe('field-unknown');
  expect(await codeOf('a.pdf', pdf, 'neni')).toBe('field-unknown');
  expect(await codeOf('a.pdf', pdf, 'doklad')).toBe('taken as application/pdf');
});

test('a file past the limit of its field is refused as too large', async () => {
  const big = Buffer.concat([pdf, Buffer.alloc(1_000)]);
  expect(await codeOf('a.pdf', big, 'doklad')).toBe('file-too-large');
  expect(await codeOf('a.pdf', big, 'priloha')).toBe('taken as application/pdf');
});

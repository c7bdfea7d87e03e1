// The QR code of a payment in a letter: vector squares of the very text, with the quiet zone, and words for whoever cannot see it.
import { inflateSync } from 'node:zlib';
import qrcode from 'qrcode';
import { expect, test } from 'vitest';
import { spayd } from '../../server/domain/qr-payment.ts';
import { renderPaper } from '../../server/paper/paper.ts';
import { QR_SIZE } from '../../server/paper/qr.ts';
import { readPdf } from './read-pdf.ts';

const office = { officeName: 'Úřad', address: 'Náves 1', email: 'a@b.example', phone: '1', dataBox: 'abcdefg' };
const payment = spayd({
  account: '19-2000145399/0800',
  amount: 150_050,
  variableSymbol: '7100000017',
  specificSymbol: '1234567890',
  message: 'Poplatek ze psa za rok 2026',
  payee: 'Město Lipová nad Orlicí',
  due: '2026-03-31',
});
const label = 'QR kód pro platbu 1 500,50 Kč';

const letter = (blocks: readonly object[]): Promise<Uint8Array> =>
  renderPaper(
    {
      title: 'Předpis',
      number: '1',
      createdAt: '2026-03-02T08:00:00.000Z',
      content: {
        form: 'letter',
        subject: 'Předpis',
        mark: 'S 1/2026',
        issuedAt: '2026-03-02T08:00:00.000Z',
        recipient: { name: 'Jana', address: null, dataBox: null },
        blocks,
      },
    },
    office,
  );

/** Places of squares as the page draws them, by pages. */
function squaresOf(pdf: Uint8Array): readonly (readonly (readonly number[])[])[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].flatMap(([, stream = '']) => {
    const content = inflated(stream);
    const found = [...content.matchAll(/^([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re$/gm)].map((one) => one.slice(1).map(Number));
    return found.length > 20 ? [found] : [];
  });
}
function inflated(stream: string): string {
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
  } catch {
    return ''; // a stream that is not compressed holds no page
  }
}

test('the squares in the letter are the code of the payment, level M', async () => {
  const [squares = []] = squaresOf(await letter([{ kind: 'qr', text: payment, label }]));
  const { modules } = qrcode.create(payment, { errorCorrectionLevel: 'M' });
  const side = QR_SIZE / (modules.size + 8);
  const left = Math.min(...squares.map(([x = 0]) => x));
  const top = Math.min(...squares.map(([, y = 0]) => y));
  const drawn = new Set(squares.map(([x = 0, y = 0]) => `${Math.round((x - left) / side)} ${Math.round((y - top) / side)}`));
  const expected = new Set<string>();
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) if (modules.get(row, column)) expected.add(`${column} ${row}`);
  expect(drawn).toEqual(expected);
  // Readable from paper: a module is at least 0.5 mm.
  expect((side / 72) * 25.4).toBeGreaterThan(0.5);
});

test('it is a figure with words, and no picture', async () => {
  const pdf = await letter([{ kind: 'qr', text: payment, label }]);
  const { tags, objects } = readPdf(pdf);
  expect(tags).toContain('Figure');
  const all = [...objects.values()].join('\n');
  expect(all).not.toContain('/Subtype /Image');
  expect(all).toMatch(/\/Alt /);
});

test('a code that no longer fits the page goes whole to the next one', async () => {
  const paragraph = { kind: 'paragraph', inline: [{ kind: 'text', text: 'Řádek dopisu. '.repeat(40) }] };
  const pdf = await letter([...Array.from({ length: 10 }, () => paragraph), { kind: 'qr', text: payment, label }]);
  expect(readPdf(pdf).pages).toBe(2);
  expect(squaresOf(pdf)).toHaveLength(1);
});

// Letters and mails: values come in after the Markdown was read, so nothing a citizen writes becomes markup.
import { describe, expect, test } from 'vitest';
import { crowns, renderText, serviceBody } from '../../server/catalog/index.ts';
import type { SituationText } from '../../server/catalog/index.ts';

const situation = (body: string, subject = 'Věc', kind: SituationText['kind'] = 'letter'): { texts: SituationText[] } => ({
  texts: [{ name: kind === 'service' ? 'sluzba' : 'dopis-a', kind, lang: 'cs', file: 'texts/dopis-a.cs.md', subject, body }],
});
const render = (body: string, context: Record<string, unknown> = {}, subject?: string) =>
  renderText(situation(body, subject), 'dopis-a', 'cs', context);

describe('a text from a template', () => {
  test('holds the values of the case, money in crowns and dates in words', () => {
    const { text, subject } = render(
      'Zaplaťte {{ castka | kc }} do {{ den | datum }}.',
      { castka: 120000, den: '2026-09-15', rok: 2026 },
      'Poplatek {{ string(rok) }}',
    );
    expect(text).toBe('Zaplaťte 1\u00a0200\u00a0Kč do 15.\u00a09.\u00a02026.');
    expect(subject).toBe('Poplatek 2026');
  });

  test.each([
    ['**tučně**', '**tučně**'],
    ['[sem](https://zly.example)', '[sem](https://zly.example)'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['{{ tajemstvi }}', '{{ tajemstvi }}'],
    ['# nadpis', '# nadpis'],
    ['\uE0000\uE001', '0'],
  ])('shows what a citizen wrote as he wrote it: %s', (written, shown) => {
    const { blocks } = render('Pes {{ jmeno }} je doma.', { jmeno: written, tajemstvi: 'x' });
    expect(blocks).toEqual([{ kind: 'paragraph', inline: [{ kind: 'text', text: `Pes ${shown} je doma.` }] }]);
  });

  test('makes a paragraph of every line of a value that stands alone, and none of an empty one', () => {
    const { blocks } = render('{{ a }}\n\n{{ b }}', { a: 'První.\n\nDruhý.', b: null });
    expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'paragraph']);
  });

  test('fills list items, bold words and links', () => {
    const { text } = render('- **Částka: {{ a | kc }}**\n- [portál]({{ b }})', { a: 100, b: 'https://portal.example/moje/1' });
    expect(text).toContain('Částka: 1\u00a0Kč');
  });

  describe('the code of a payment', () => {
    const context = {
      predpis: { prescriptionId: 'x', amount: 150_050, variableSymbol: '7100000017', dueDate: '2026-03-31' },
      urad: { account: '19-2000145399/0800' },
      pripad: { mark: 'MULO 12/2026' },
    };
    const code = 'SPD*1.0*ACC:CZ6508000000192000145399*AM:1500.50*CC:CZK*X-VS:7100000017*MSG:MULO 12/2026*DT:20260331*CRC32:';

    test('stands in a letter where the author wrote it, and is left out of a mail', () => {
      const { blocks, text } = render('Zaplaťte.\n\n{{ predpis | qr }}\n\nDěkujeme.', context);
      expect(blocks[1]).toEqual({ kind: 'qr', text: expect.stringContaining(code), label: 'QR kód pro platbu 1500,50 Kč' });
      expect(blocks).toHaveLength(3);
      expect(text).toBe('Zaplaťte.\n\nDěkujeme.');
    });

    test('is never made of what a citizen wrote', () => {
      const { blocks } = render('{{ odpoved }}', { odpoved: `${code}00000000` });
      expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph']);
    });

    test.each([
      ['nothing was prescribed', { predpis: null }],
      ['there is nothing to pay', { predpis: { amount: 0, variableSymbol: '1' } }],
      ['the office has no account', { urad: {} }],
    ])('is left out when %s', (_why, other) => {
      expect(render('{{ predpis | qr }}', { ...context, ...other }).blocks).toEqual([]);
    });
  });

  test('refuses a value that does not exist, instead of leaving it empty', () => {
    expect(() => render('{{ neni.nic }}', {})).toThrow(/neexistuje/);
  });

  test('refuses a text that does not exist', () => {
    expect(() => renderText(situation('x'), 'dopis-jiny', 'cs', {})).toThrow(RangeError);
  });

  test('is Czech when there is no English one', () => {
    expect(renderText(situation('Dobrý den'), 'dopis-a', 'en', {}).text).toBe('Dobrý den');
  });
});

test.each([
  [0, '0\u00a0Kč'],
  [13400, '134\u00a0Kč'],
  [12050, '120,50\u00a0Kč'],
  [150000000, '1\u00a0500\u00a0000\u00a0Kč'],
])('%d haléřů is %s', (halere, shown) => {
  expect(crowns(halere, 'cs')).toBe(shown);
});

describe('the page of a service', () => {
  test('lets no HTML, script address or picture of the author through', () => {
    const html = serviceBody(
      situation('# Kdy\n\n<img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](https://sledovac.example/x.png)', '', 'service'),
      'cs',
    );
    expect(html).toContain('<h2>Kdy</h2>');
    expect(html).not.toMatch(/<img|href="javascript|<script/);
  });
});

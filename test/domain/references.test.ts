// Spisové značky and čísla jednací in what people write.
import { expect, test } from 'vitest';
import { referencesIn } from '../../server/domain/references.ts';

test.each([
  ['SZ MULO 12/2026', ['SZ MULO 12/2026'], []],
  ['sz mulo 12/2026', ['SZ MULO 12/2026'], []],
  ['MULO 12/2026', ['SZ MULO 12/2026'], []],
  ['SZ: MULO  012 / 2026', ['SZ MULO 12/2026'], []],
  ['SZMULO12/2026', ['SZ MULO 12/2026'], []],
  ['Odpověď na výzvu sp. zn. SZ MULO 7/2026, děkuji', ['SZ MULO 7/2026'], []],
  ['MULO/12/2026', [], ['MULO/12/2026']],
  ['č.j.: mulo/12/2026', [], ['MULO/12/2026']],
  ['č. j. MULO / 12 / 2026 a SZ MULO 3/2026', ['SZ MULO 3/2026'], ['MULO/12/2026']],
  ['Žádost podle § 13, podaná 2. 3. 2026', [], []],
  ['bez značky', [], []],
  ['', [], []],
] as const)('in „%s“ people mean %j %j', (text, marks, numbers) => {
  expect(referencesIn(text)).toEqual({ marks, numbers });
});

test('a text of nothing but marks gives eight of them and a very long one is cut', () => {
  const { marks, numbers } = referencesIn(Array.from({ length: 40 }, (_, n) => `AB ${n + 1}/2026`).join(' '));
  expect(marks.length + numbers.length).toBe(8);
  expect(referencesIn(`${'x '.repeat(200_000)}MULO 1/2026`).marks).toEqual([]);
});

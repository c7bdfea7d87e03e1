// Every shipped life situation: its scenarios straight and recovered, every flow taken, and the fee of the golden cases.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileSituation, readSituationFolder, runScenarios } from '../../server/catalog/index.ts';
import { decide } from '../../server/engine/index.ts';

const root = join(import.meta.dirname, '..', '..', 'processes');
const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

describe.each(folders)('%s', (name) => {
  test('goes every way its scenarios say, with saving and recovery after each step as well, and no flow is left out', async () => {
    const situation = await compileSituation(await readSituationFolder(join(root, name)));
    const { reports, findings } = await runScenarios(situation);
    expect(findings).toEqual([]);
    expect(reports.length).toBeGreaterThan(0);
    expect(reports.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('the fee for a dog', async () => {
  const { decisions } = await compileSituation(await readSituationFolder(join(root, 'prihlaseni-psa')));
  const usual = { den: '2026-09-20', druhStavby: 'rodinny-dum', poradi: 'prvni', osvobozeni: 'zadne', datumNarozeni: '1985-04-12', drzenOd: '2020-01-01', pesNarozen: '2019-01-01' };

  test.each([
    ['a dog taken on 15 September pays four months of 300 Kč', { drzenOd: '2026-09-15' }, 10000],
    ['a dog taken on 1 January pays the whole year', { drzenOd: '2026-01-01' }, 30000],
    ['a dog taken on 31 December pays one month', { drzenOd: '2026-12-31', den: '2026-12-31' }, 2500],
    ['a dog from years before pays the whole year', {}, 30000],
    ['a puppy pays from the month in which it is three months old', { pesNarozen: '2026-08-31', drzenOd: '2026-09-15' }, 5000],
    ['a puppy that grows up next year pays nothing yet', { pesNarozen: '2026-10-10', drzenOd: '2026-10-20', den: '2026-10-25' }, 0],
    ['a fraction is rounded up to a whole crown', { druhStavby: 'bytovy-dum', drzenOd: '2026-11-02', den: '2026-11-05' }, 13400],
    ['the second dog in a family house', { poradi: 'dalsi' }, 45000],
    ['the first dog in a block of flats', { druhStavby: 'bytovy-dum' }, 80000],
    ['the second dog in a block of flats', { druhStavby: 'bytovy-dum', poradi: 'dalsi' }, 120000],
    ['a holder on his 65th birthday is not yet over 65', { datumNarozeni: '1961-09-20' }, 30000],
    ['a holder the day after his 65th birthday is', { datumNarozeni: '1961-09-19' }, 15000],
    ['a holder over 65 with a second dog', { datumNarozeni: '1950-01-01', poradi: 'dalsi', druhStavby: 'bytovy-dum' }, 20000],
    ['a blind holder pays nothing', { osvobozeni: 'nevidomy' }, 0],
    ['a shelter pays nothing, whatever its age', { osvobozeni: 'utulek', datumNarozeni: '1950-01-01' }, 0],
  ])('%s', (_name, facts, halere) => {
    expect(decide(decisions, 'poplatek', { ...usual, ...facts }).output).toMatchObject({ sazba: halere });
  });

  test('says which rule of the ordinance gave it', () => {
    const { trace } = decide(decisions, 'poplatek', usual);
    expect(trace.find(({ decisionId }) => decisionId === 'sazby')?.rules[0]?.annotation).toMatch(/OZV č. 4\/2025.*účinnost od 1. 1. 2026/);
  });

  test('is refused for an exemption nobody knows', () => {
    expect(() => decide(decisions, 'poplatek', { ...usual, osvobozeni: 'kamarad' })).toThrow(/nemá dovolenou hodnotu/);
  });
});

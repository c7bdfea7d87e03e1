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

describe('the waste fee of a member of the household', async () => {
  const { decisions } = await compileSituation(await readSituationFolder(join(root, 'poplatek-za-odpad')));
  const usual = { den: '2026-06-10', osvobozeni: 'zadne', datumNarozeni: '1985-04-12', odkdy: '2020-01-01' };

  test.each([
    ['who lives here for years pays 800 Kč', {}, 80000, 12],
    ['who moved in on the last day of a month pays that month', { odkdy: '2026-03-31' }, 66700, 10],
    ['who moved in on the first day of the next one does not', { odkdy: '2026-04-01' }, 60000, 9],
    ['a child the day before its third birthday pays nothing', { datumNarozeni: '2023-06-11' }, 0, 12],
    ['a child on its third birthday pays', { datumNarozeni: '2023-06-10' }, 80000, 12],
    ['at 75 the whole rate is paid', { datumNarozeni: '1950-06-11' }, 80000, 12],
    ['from the 76th birthday half', { datumNarozeni: '1950-06-10' }, 40000, 12],
    ['a student living elsewhere pays half, rounded up to a crown', { osvobozeni: 'student', odkdy: '2026-03-15' }, 33400, 10],
    ['who is in a children’s home pays nothing, at whatever age', { osvobozeni: 'ustav', datumNarozeni: '1940-01-01' }, 0, 12],
    ['who moves in next year pays nothing yet', { odkdy: '2027-01-01' }, 0, 0],
  ])('%s', (_name, facts, sazba, mesice) => {
    expect(decide(decisions, 'poplatek', { ...usual, ...facts }).output).toMatchObject({ sazba, mesice });
  });

  test.each([
    ['2026-04-09', true, '2026-03-10'],
    ['2026-04-10', false, '2026-04-10'],
  ])('a claim that arose on 10 March and was reported on %s holds in time: %s', (ohlaseno, vcas, od) => {
    expect(decide(decisions, 'vcasnost', { nastalo: '2026-03-10', ohlaseno }).output).toMatchObject({ vcas, od });
  });
});

describe('the set amount of a call to the owner of a vehicle', async () => {
  const files = await readSituationFolder(join(root, 'pokuta'));
  const { decisions } = await compileSituation(files);
  const strict = await compileSituation({ ...files, 'pokuty.dmn': (files['pokuty.dmn'] ?? '').replace('<text>"odepsani"</text></literal', '<text>"pripsani"</text></literal') });

  // Paid on day 15 by transfer, credited on day 16: which day counts is data of the situation.
  test.each([
    ['2026-03-17', '2026-03-17', true, true],
    ['2026-03-17', '2026-03-18', true, false],
    ['2026-03-18', '2026-03-18', false, false],
  ])('left the payer on %s and came on %s: in time %s by the one reading, %s by the other', (odepsano, pripsano, loose, hard) => {
    const facts = { odepsano, pripsano, posledniDen: '2026-03-17' };
    expect(decide(decisions, 'zaplacenoVcas', facts).output).toMatchObject({ vcas: loose });
    expect(decide(strict.decisions, 'zaplacenoVcas', facts).output).toMatchObject({ vcas: hard });
  });

  test.each([
    ['cervena', true, 250000],
    ['cervena', false, 450000],
    ['jine', true, 50000],
  ])('on the spot for %s, a juvenile %s: %i haléře', (skutek, mladistvy, castka) => {
    expect(decide(decisions, 'pokutaNaMiste', { skutek, mladistvy }).output).toMatchObject({ castka });
  });
});

// The address register of a whole country: how long its import takes and how soon a person who types sees addresses.
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { AddressRow } from '../../server/domain/addresses/index.ts';
import { suggestAddresses } from '../../server/queries/addresses.ts';
import { importMunicipality } from '../../server/store/address-import.ts';
import { openDatabase } from '../../server/store/database.ts';
import { applicationUrl } from '../../server/store/migrate.ts';
import type { Place } from './corridor.ts';
import { percentile, type Figure } from './figures.ts';
import { TENANT } from './office.ts';

/** Syllables of Czech names: enough different ones, and some that very many places share. */
const HEADS =
  'Nov Star Hor Doln Lip Dub Bez Kost Mal Velk Krá Svat Vrch Hrad Brod Lu Pol Les Ro Mě Čer Bí Kun Jan Tře Za Pod Nad Při Hvozd'.split(' ');
const TAILS = 'á ý í ová ice any ov ín ná ská nov ec ek ka sko děš iny áky ůvky ohrad'.split(' ');
const COMMON =
  'Nádražní Školní Zahradní Husova Komenského Palackého Tyršova Nerudova Havlíčkova Jiráskova Dlouhá Krátká Polní Lesní Lipová'.split(' ');
const LOOKS = 400;
const BIGGEST = 90_000;

/** The same country each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export async function measureAddresses({ ownerUrl }: Place, count: number): Promise<readonly Figure[]> {
  const random = seeded(20_260_202);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const name = (): string => `${pick(HEADS)}${pick(TAILS)}${random() < 0.3 ? ` ${pick(HEADS)}${pick(TAILS)}` : ''}`;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const started = performance.now();
  let written = 0;
  const samples: string[] = [];
  for (let municipality = 1; written < count; municipality += 1) {
    // A capital, a few cities, thousands of villages.
    const size = Math.min(
      count - written,
      municipality === 1 ? Math.min(BIGGEST, count / 10) : Math.max(40, Math.floor(60_000 / municipality)) + Math.floor(random() * 400),
    );
    const rows = municipalityOf({
      code: municipality,
      name: name(),
      first: written + 1,
      size,
      random,
      street: () => (random() < 0.4 ? pick(COMMON) : name()),
    });
    const hash = createHash('sha256').update(String(municipality)).digest('hex');
    const [first] = rows;
    await importMunicipality(owner, { code: municipality, name: first?.municipality ?? '', hash, rows, at: '2026-02-02T00:00:00Z' });
    written += rows.length;
    const sample = pick(rows);
    samples.push(`${sample.street || sample.part} ${sample.municipality}`, `${sample.street || sample.part} ${sample.houseNumber}`);
  }
  await owner.query('vacuum analyze address_street, address_point');
  const seconds = (performance.now() - started) / 1_000;
  await owner.end();
  const looked = await look(
    ownerUrl,
    Array.from({ length: LOOKS }, () => typed(pick(samples), random)),
  );
  return [
    { name: 'addresses.points', value: written, unit: 'addresses' },
    { name: 'addresses.import_per_second', value: written / seconds, unit: '1/s' },
    ...looked,
  ];
}

interface Wanted {
  readonly code: number;
  readonly name: string;
  readonly first: number;
  readonly size: number;
  readonly random: () => number;
  readonly street: () => string;
}

function municipalityOf({ code, name, first, size, random, street }: Wanted): readonly AddressRow[] {
  const hasStreets = size > 600;
  const streets = Array.from({ length: Math.max(1, Math.ceil(size / 35)) }, () => (hasStreets ? street() : ''));
  return Array.from({ length: size }, (_, index) => {
    const place = Math.floor(random() * streets.length);
    return {
      code: first + index,
      municipalityCode: code,
      municipality: name,
      district: '',
      partCode: code * 100 + (hasStreets ? place % 7 : 0),
      part: hasStreets && place % 7 > 0 ? `${name} ${place % 7}` : name,
      streetCode: hasStreets ? code * 10_000 + place : 0,
      street: streets[place] ?? '',
      isEvidence: random() < 0.05,
      houseNumber: index + 1,
      orientationNumber: hasStreets && random() < 0.7 ? 1 + Math.floor(random() * 90) : null,
      orientationLetter: '',
      postCode: 10_000 + (code % 60_000),
      y: 743_188.18,
      x: 1_042_624.31,
    };
  });
}

/** What stands in the field after some key: two letters, half a word, or all of it. */
function typed(text: string, random: () => number): string {
  return text.slice(0, 2 + Math.floor(random() * (text.length - 1)));
}

async function look(ownerUrl: string, queries: readonly string[]): Promise<readonly Figure[]> {
  const db = openDatabase(applicationUrl(ownerUrl), 1);
  const times: number[] = [];
  for (const query of queries) {
    const before = performance.now();
    await suggestAddresses({ db }, TENANT, query, null);
    times.push(performance.now() - before);
  }
  await db.close();
  return [0.5, 0.95, 0.99].map((share) => ({ name: `addresses.search_p${share * 100}_ms`, value: percentile(times, share), unit: 'ms' }));
}

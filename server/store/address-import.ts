// Writes one municipality of the address register, as the owner of the schema: all its points anew in one transaction, nothing when its file has not changed.
import type pg from 'pg';
import { plainWords, type AddressRow } from '../domain/addresses/index.ts';

const CHUNK = 5_000;

export interface MunicipalityFile {
  readonly code: number;
  readonly name: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly rows: readonly AddressRow[];
  readonly at: string;
}

/** False when this very content was imported before. */
export async function importMunicipality(client: pg.ClientBase, file: MunicipalityFile): Promise<boolean> {
  const known = await client.query<{ hash: string }>('select hash from address_import where municipality_code = $1', [file.code]);
  if (known.rows[0]?.hash === file.hash) return false;
  await client.query('begin');
  try {
    await client.query('delete from address_point where municipality_code = $1', [file.code]);
    await client.query('delete from address_street where municipality_code = $1', [file.code]);
    const streets = await insertStreets(client, file.rows);
    for (let start = 0; start < file.rows.length; start += CHUNK)
      await insertPoints(client, file.rows.slice(start, start + CHUNK), streets);
    await client.query(
      `insert into address_import values ($1, $2, $3, $4, $5)
         on conflict (municipality_code) do update set municipality = excluded.municipality, hash = excluded.hash, points = excluded.points, imported_at = excluded.imported_at`,
      [file.code, file.name, file.hash, file.rows.length, file.at],
    );
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

const keyOf = (row: AddressRow): string => `${row.partCode}/${row.streetCode}/${row.district}`;

/** @returns ids by part, street and district */
async function insertStreets(client: pg.ClientBase, rows: readonly AddressRow[]): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, { row: AddressRow; points: number }>();
  for (const row of rows) {
    const known = counted.get(keyOf(row));
    counted.set(keyOf(row), { row, points: (known?.points ?? 0) + 1 });
  }
  const streets = [...counted.values()].map(({ row, points }) => ({ ...row, points, plain: plainOf(row) }));
  const { rows: written } = await client.query<{ id: number; key: string }>(
    `insert into address_street (municipality_code, municipality, district, part_code, part, street_code, street, plain, words, points)
     select "municipalityCode", municipality, district, "partCode", part, "streetCode", street, plain, to_tsvector('simple', plain), points
       from jsonb_to_recordset($1) as s("municipalityCode" int, municipality text, district text, "partCode" int, part text, "streetCode" int, street text, plain text, points int)
     returning id, part_code || '/' || street_code || '/' || district as key`,
    [JSON.stringify(streets)],
  );
  return new Map(written.map(({ id, key }) => [key, id]));
}

/** The name that people begin with stands first; then where it lies. */
function plainOf(row: AddressRow): string {
  return [...new Set([row.street || row.part, row.part, row.municipality, row.district].map(plainWords))].filter(Boolean).join(' ');
}

async function insertPoints(client: pg.ClientBase, rows: readonly AddressRow[], streets: ReadonlyMap<string, number>): Promise<void> {
  const column = <T>(value: (row: AddressRow) => T): readonly T[] => rows.map(value);
  await client.query(
    `insert into address_point (code, street_id, municipality_code, is_evidence, house_number, orientation_number, orientation_letter, post_code, y, x)
     select * from unnest($1::int[], $2::int[], $3::int[], $4::bool[], $5::int[], $6::int[], $7::text[], $8::int[], $9::float8[], $10::float8[])`,
    [
      column((row) => row.code),
      column((row) => streets.get(keyOf(row))),
      column((row) => row.municipalityCode),
      column((row) => row.isEvidence),
      column((row) => row.houseNumber),
      column((row) => row.orientationNumber),
      column((row) => row.orientationLetter),
      column((row) => row.postCode),
      column((row) => row.y),
      column((row) => row.x),
    ],
  );
}

// The address register of the made-up town: our own codes, streets and numbers, in the shape of the state's. Put in once, as the owner, where no register was imported.
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { AddressRow } from '../domain/addresses/index.ts';
import { demoCitizens } from '../integrations/nia/demo-citizens.ts';
import { importMunicipality } from '../store/address-import.ts';

/** No municipality of the country has such a code. */
const MUNICIPALITY = { municipalityCode: 999_001, municipality: 'Lipová nad Orlicí', district: '' } as const;
const PART = { partCode: 999_101, part: 'Lipová nad Orlicí', postCode: 56_299 } as const;
const VILLAGE = { partCode: 999_102, part: 'Horní Lipová', postCode: 56_299, streetCode: 0, street: '' } as const;
const STREETS = ['Dlouhá', 'Hlavní', 'Lipová alej', 'Na Příkopě', 'Nádražní', 'Náměstí Míru', 'Pod Lesem', 'Školní', 'U Mlýna', 'Zahradní'];
const HOUSES = 24;
const COTTAGES = 40;
const FIRST_CODE = 990_000_001;

/** Its hash is of the rows, so that a change here is a change of the register. */
export async function loadDemoAddresses(ownerUrl: string, at: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ others: boolean }>(
      'select exists (select 1 from address_import where municipality_code <> $1) as others',
      [MUNICIPALITY.municipalityCode],
    );
    if (rows[0]?.others) return; // a real register was imported: made-up addresses have no place in it
    const made = demoAddresses();
    const hash = createHash('sha256').update(JSON.stringify(made)).digest('hex');
    await importMunicipality(client, { code: MUNICIPALITY.municipalityCode, name: MUNICIPALITY.municipality, hash, rows: made, at });
  } finally {
    await client.end();
  }
}

export function demoAddresses(): readonly AddressRow[] {
  const houses = STREETS.flatMap((street, index) =>
    Array.from({ length: HOUSES }, (_, house) => ({
      ...MUNICIPALITY,
      ...PART,
      street,
      streetCode: 990_001 + index,
      isEvidence: false,
      houseNumber: 100 + index * HOUSES + house,
      orientationNumber: house + 1,
      orientationLetter: '',
    })),
  );
  // Where the citizens of the demo live; their numbers are in no row.
  const homes = demoCitizens
    .filter(({ city, street }) => city === MUNICIPALITY.municipality && STREETS.includes(street))
    .map(({ street, houseNumber, orientationNumber }) => ({
      ...MUNICIPALITY,
      ...PART,
      street,
      streetCode: 990_001 + STREETS.indexOf(street),
      isEvidence: false,
      houseNumber: Number(houseNumber),
      orientationNumber: orientationNumber === undefined ? null : Number(orientationNumber),
      orientationLetter: '',
    }));
  const cottages = Array.from({ length: COTTAGES }, (_, index) => ({
    ...MUNICIPALITY,
    ...VILLAGE,
    isEvidence: index % 5 === 4,
    houseNumber: index + 1,
    orientationNumber: null,
    orientationLetter: '',
  }));
  return [...houses, ...homes, ...cottages]
    .filter(({ houseNumber }) => Number.isInteger(houseNumber))
    .map((row, index) => ({ ...row, code: FIRST_CODE + index, y: null, x: null }));
}

// Looking for an address while it is typed: first the streets that fit, then houses in them. Every statement touches an index and a few hundred rows at most.
import type { AddressQuery } from '../domain/addresses/index.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface FoundStreet {
  readonly id: number;
  readonly municipality: string;
  readonly district: string;
  readonly part: string;
  readonly street: string;
}
export interface FoundAddress extends FoundStreet {
  readonly code: number;
  readonly municipalityCode: number;
  readonly isEvidence: boolean;
  readonly houseNumber: number;
  readonly orientationNumber: number | null;
  readonly orientationLetter: string;
  readonly postCode: number;
}

/** A house is looked for in so many of the best streets. */
const STREETS = 400;
const SHORT = 3;

const STREET = `s.id, s.municipality, s.district, s.part, s.street`;

/** Streets whose words begin like those typed; the town's own streets first, then those that begin with the first word, then the long ones. */
export async function streetsLike(
  trx: Transaction,
  query: AddressQuery,
  given: { readonly near: number | null; readonly limit: number },
): Promise<readonly FoundStreet[]> {
  const found = condition(query.words);
  return ask(trx, {
    text: `select ${STREET} from address_street s where ${found.text}
            order by (s.municipality_code = $2::int) desc nulls last, (s.plain like $3) desc, s.points desc, s.id limit $4`,
    values: [found.value, given.near, `${query.words[0] ?? ''}%`, given.limit],
  });
}

/** Houses with the number typed, domovní or orientační; the exact ones first, then those that begin so. */
export async function housesLike(
  trx: Transaction,
  query: AddressQuery,
  given: { readonly near: number | null; readonly limit: number },
): Promise<readonly FoundAddress[]> {
  const { house } = query;
  if (!house) return [];
  const found = condition(query.words);
  return ask(trx, {
    text: `select ${STREET}, p.code, p.municipality_code as "municipalityCode", p.is_evidence as "isEvidence", p.house_number as "houseNumber",
                  p.orientation_number as "orientationNumber", p.orientation_letter as "orientationLetter", p.post_code as "postCode"
             from (select s.*, row_number() over (order by (s.municipality_code = $2::int) desc nulls last, (s.plain like $3) desc, s.points desc, s.id) as place
                     from address_street s where ${found.text} order by place limit ${STREETS}) s
             join address_point p on p.street_id = s.id
            where case when $6::int is null then $5 in (p.house_number, p.orientation_number) or (s.place <= 3 and (p.house_number::text like $8 or p.orientation_number::text like $8))
                       else p.house_number = $5 and p.orientation_number::text like $6 || '%' end
              and ($7 = '' or p.orientation_letter = $7)
            order by ($5 in (p.house_number, p.orientation_number)) desc, s.place, p.house_number, p.orientation_number limit $4`,
    values: [
      found.value,
      given.near,
      `${query.words[0] ?? ''}%`,
      given.limit,
      house.number,
      house.orientation,
      house.letter,
      `${house.number}%`,
    ],
  });
}

export async function addressByCode(trx: Transaction, code: number): Promise<FoundAddress | undefined> {
  const [row] = await ask<FoundAddress>(trx, {
    text: `select ${STREET}, p.code, p.municipality_code as "municipalityCode", p.is_evidence as "isEvidence", p.house_number as "houseNumber",
                  p.orientation_number as "orientationNumber", p.orientation_letter as "orientationLetter", p.post_code as "postCode"
             from address_point p join address_street s on s.id = p.street_id where p.code = $1`,
    values: [code],
  });
  return row;
}

/** Every municipality that was imported, and when. */
export async function importedAddresses(
  trx: Transaction,
): Promise<{ readonly municipalities: number; readonly points: number; readonly at: string | null }> {
  const [row] = await ask<{ municipalities: number; points: number; at: Date | null }>(trx, {
    text: 'select count(*)::int as municipalities, coalesce(sum(points), 0)::int as points, max(imported_at) as at from address_import',
    values: [],
  });
  return { municipalities: row?.municipalities ?? 0, points: row?.points ?? 0, at: row?.at?.toISOString() ?? null };
}

/** One short word fits too many streets for the index of words: it must begin the name. */
function condition(words: readonly string[]): { readonly text: string; readonly value: string } {
  const [only = ''] = words;
  if (words.length === 1 && only.length < SHORT) return { text: 's.plain like $1', value: `${only}%` };
  return { text: `s.words @@ $1::tsquery`, value: words.map((word) => `'${word}':*`).join(' & ') };
}

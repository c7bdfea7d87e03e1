// Addresses of the state's register for whoever types one.
import type { AddressSuggestion, AddressSuggestions, RegisteredAddress } from '../contract/addresses.ts';
import { addressText, numbersOf, readAddressQuery, streetText, type AddressQuery } from '../domain/addresses/index.ts';
import { Problem } from '../domain/problem.ts';
import { addressByCode, housesLike, importedAddresses, streetsLike, type FoundAddress } from '../store/addresses.ts';
import type { Transaction } from '../store/database.ts';
import type { Reader } from './reader.ts';

const MOST = 10;

/** @param near code of the town's own municipality: its addresses come first */
export function suggestAddresses(
  reader: Pick<Reader, 'db'>,
  tenantId: number,
  text: string,
  near: number | null,
): Promise<AddressSuggestions> {
  return reader.db.withTenant(tenantId, async (trx) => {
    for (const query of readAddressQuery(text)) {
      const suggestions = await suggest(trx, query, near);
      if (suggestions.length > 0) return { suggestions, available: true };
    }
    return { suggestions: [], available: (await importedAddresses(trx)).points > 0 };
  });
}

async function suggest(trx: Transaction, query: AddressQuery, near: number | null): Promise<readonly AddressSuggestion[]> {
  const given = { near, limit: MOST };
  if (query.house) {
    return (await housesLike(trx, query, given)).map((found) => ({
      kind: 'address' as const,
      text: addressText(found),
      address: registered(found),
    }));
  }
  return (await streetsLike(trx, query, given)).map((found) => ({ kind: 'street' as const, text: streetText(found) }));
}

export function addressOf(reader: Pick<Reader, 'db'>, tenantId: number, code: number): Promise<RegisteredAddress> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const found = await addressByCode(trx, code);
    if (!found) throw new Problem('not-found', 'address-not-found');
    return registered(found);
  });
}

function registered(found: FoundAddress): RegisteredAddress {
  const { code, street, part, municipality, municipalityCode } = found;
  const post = String(found.postCode).padStart(5, '0');
  const postCode = `${post.slice(0, 3)} ${post.slice(3)}`;
  return { code, text: addressText(found), street, numbers: numbersOf(found), part, municipality, municipalityCode, postCode };
}

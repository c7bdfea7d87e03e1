// Offers of the state's register while an address is typed.
import type { AddressSuggestions } from '../../server/contract/addresses.ts';
import { call } from '../api.ts';

export async function lookUpAddress(text: string): Promise<readonly { readonly text: string; readonly code: number | null }[]> {
  const { suggestions } = await call<AddressSuggestions>('GET', `/api/addresses?q=${encodeURIComponent(text)}`);
  return suggestions.map((one) => ({ text: one.text, code: one.kind === 'address' ? one.address.code : null }));
}

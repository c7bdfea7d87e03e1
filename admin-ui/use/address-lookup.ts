// Offers of the state's register while an officer types an address.
import type { AddressSuggestions } from '../../server/contract/addresses.ts';
import { call } from '../http.ts';

export async function lookUpAddress(text: string): Promise<readonly { readonly text: string; readonly code: number | null }[]> {
  const { suggestions } = await call<AddressSuggestions>('GET', `/api/addresses?q=${encodeURIComponent(text)}`);
  return suggestions.map((one) => ({ text: one.text, code: one.kind === 'address' ? one.address.code : null }));
}

// How the fields of addresses ask the register: given by the page that shows the form. Without it an address is a plain text.
import type { InjectionKey } from 'vue';

export interface AddressOffer {
  readonly text: string;
  /** Kód adresního místa; null = a street, to which a number is still to be written. */
  readonly code: number | null;
}
/** At most ten offers; rejects when the register does not answer, and the field goes on as a text. */
export type AddressLookup = (text: string) => Promise<readonly AddressOffer[]>;

export const ADDRESS_LOOKUP: InjectionKey<AddressLookup> = Symbol('address-lookup');

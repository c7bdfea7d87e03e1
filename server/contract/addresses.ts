// Addresses of the state's register, offered while a person types.

/** GET /api/addresses?q=… → AddressSuggestions. At most 10; streets come before a house number is typed, houses after it. */
export interface AddressSuggestions {
  readonly suggestions: readonly AddressSuggestion[];
  /** False when no register was imported: the form then takes free text. */
  readonly available: boolean;
}
export type AddressSuggestion =
  /** A street: choosing it puts `text` and a space into the field, to go on with the number. */
  | { readonly kind: 'street'; readonly text: string }
  | { readonly kind: 'address'; readonly text: string; readonly address: RegisteredAddress };

/** GET /api/addresses/:code → RegisteredAddress; 404 `address-not-found`. */
export interface RegisteredAddress {
  /** Kód adresního místa (RÚIAN). */
  readonly code: number;
  readonly text: string;
  readonly street: string;
  /** `525/15`, `č. ev. 12` */
  readonly numbers: string;
  readonly part: string;
  readonly municipality: string;
  readonly municipalityCode: number;
  /** `118 00` */
  readonly postCode: string;
}

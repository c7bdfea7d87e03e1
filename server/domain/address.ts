// A Czech address on one line, as it is written on a letter.

export interface AddressParts {
  readonly street?: string | undefined;
  readonly houseNumber?: string | undefined;
  readonly orientationNumber?: string | undefined;
  readonly cityPart?: string | undefined;
  readonly city?: string | undefined;
  readonly postCode?: string | undefined;
}

/** `Dlouhá 12/3, 561 64 Lipová nad Orlicí`; a village without street names gives its own name. Null when nothing is known. */
export function addressLine(address: AddressParts | null | undefined): string | null {
  const { place, city } = partsOf(address ?? {});
  return [place, city].filter(Boolean).join(', ') || null;
}

/** `214/7` */
export const houseNumbers = (address: AddressParts): string => [address.houseNumber, address.orientationNumber].filter(Boolean).join('/');

/** `56299` → `562 99`; anything that is not five digits stays as it was given. */
export const postCode = (given: string | undefined): string => (given ?? '').replace(/^(\d{3})\s?(\d{2})$/, '$1 $2');

/** The same as it is written on an envelope, under the name, with the part of the municipality; empty when nothing is known. */
export function addressLines(address: AddressParts | null | undefined): readonly string[] {
  const { place, city } = partsOf(address ?? {});
  const { street, cityPart } = address ?? {};
  const part = street !== undefined && street !== '' && cityPart !== address?.city ? (cityPart ?? '') : '';
  return [place, part, city].filter((line) => line !== '');
}

const partsOf = (address: AddressParts): { readonly place: string; readonly city: string } => ({
  place: [address.street ?? address.cityPart ?? address.city, houseNumbers(address)].filter(Boolean).join(' '),
  city: [postCode(address.postCode), address.city].filter(Boolean).join(' '),
});

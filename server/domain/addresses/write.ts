// An address of the register as people write it (§ 4 vyhlášky č. 326/2000 Sb. for the numbers of houses).

export interface WrittenAddress {
  readonly municipality: string;
  readonly district: string;
  readonly part: string;
  readonly street: string;
  readonly isEvidence: boolean;
  readonly houseNumber: number;
  readonly orientationNumber: number | null;
  readonly orientationLetter: string;
  readonly postCode: number;
}

/** `525/15`, `č. ev. 12`, `7/3a` */
export function numbersOf(address: Pick<WrittenAddress, 'isEvidence' | 'houseNumber' | 'orientationNumber' | 'orientationLetter'>): string {
  const orientation = address.orientationNumber === null ? '' : `/${address.orientationNumber}${address.orientationLetter}`;
  return `${address.isEvidence ? 'č. ev. ' : ''}${address.houseNumber}${orientation}`;
}

/** `Letenská 525/15, 118 00 Praha 1 – Malá Strana`; a village without streets: `Mezilesí 12, 549 23 Mezilesí`. */
export function addressText(address: WrittenAddress): string {
  const place = address.street === '' ? address.part : address.street;
  const code = String(address.postCode).padStart(5, '0');
  return `${place} ${numbersOf(address)}, ${code.slice(0, 3)} ${code.slice(3)} ${town(address, address.street !== '')}`;
}

/** The town with its part where the part has another name and does not stand in the street's place already. */
function town({ municipality, district, part }: WrittenAddress, tellsPart: boolean): string {
  const name = district || municipality;
  return tellsPart && part !== municipality && part !== name ? `${name} – ${part}` : name;
}

/** A street that has no house chosen yet: `Letenská, Praha 1 – Malá Strana`. */
export function streetText(street: Pick<WrittenAddress, 'municipality' | 'district' | 'part' | 'street'>): string {
  const tail = town(
    { ...street, isEvidence: false, houseNumber: 0, orientationNumber: null, orientationLetter: '', postCode: 0 },
    street.street !== '',
  );
  return street.street === '' && street.part === tail ? tail : `${street.street || street.part}, ${tail}`;
}

/** Small letters without diacritics and signs, words with one space: how addresses are compared. */
export function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

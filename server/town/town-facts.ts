// Who the town is: what stands on its letters and pages. One schema for the operator's file and for the administrator's browser.
import { z } from 'zod';
import { bankAccount, companyNumber, dataBoxId } from '../domain/identifiers/index.ts';

const text = (most: number) => z.string().min(1).max(most);
const box = z.string().refine((id) => dataBoxId(id) === id, 'datová schránka má sedm znaků, jen malá písmena a číslice');
const PHONE = /^\+?\d[\d ]{7,18}\d$/;
const isAccount = (account: string): boolean => /^(\d{1,6}-)?\d{2,10}\/\d{4}$/.test(account) && bankAccount(account) !== undefined;

export const townFactsSchema = z.object({
  name: text(120),
  officeName: text(160),
  ico: z
    .string()
    .refine((ico) => companyNumber(ico) === ico, 'takové IČO neexistuje, zkontrolujte všech osm číslic')
    .optional(),
  address: text(200),
  officeHours: text(500).optional(),
  email: z.email(),
  /** International or nine digits, as people write it. */
  phone: z
    .string()
    .refine((phone) => PHONE.test(phone), 'telefon smí mít jen číslice, mezery a na začátku předvolbu, například +420 465 123 456'),
  web: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .optional(),
  dataBox: box,
  portalDataBox: box,
  /** `prefix-number/bank` */
  account: z.string().refine(isAccount, 'takové číslo účtu neexistuje, zkontrolujte ho včetně kódu banky'),
  /** Who keeps the records: our own simple service, or the eSSL of the section `essl`. Absent = the eSSL where there is one. A file stays where it was opened. */
  records: z.enum(['builtin', 'essl']).optional(),
});
export type TownFacts = z.input<typeof townFactsSchema>;
export type FactKey = keyof TownFacts;

export const factKeys = Object.keys(townFactsSchema.shape) as readonly FactKey[];
export const isFactKey = (key: string): key is FactKey => key in townFactsSchema.shape;

/** How people read the facts. */
export const factSections: readonly { readonly title: string; readonly keys: readonly FactKey[] }[] = [
  { title: 'Kdo jsme', keys: ['name', 'officeName', 'ico', 'address', 'officeHours'] },
  { title: 'Spojení', keys: ['email', 'phone', 'web', 'dataBox', 'portalDataBox'] },
  { title: 'Platby', keys: ['account'] },
  { title: 'Evidence dokumentů', keys: ['records'] },
];

const TIDY: Readonly<Partial<Record<FactKey, (typed: string) => string | undefined>>> = {
  account: bankAccount,
  ico: companyNumber,
  dataBox: dataBoxId,
  portalDataBox: dataBoxId,
};

/** What a person typed in the shape in which it is kept: spaces away, an IBAN as an account. What cannot be right stays as typed. */
export function tidyFacts(typed: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(typed).map(([key, value]) => {
      if (typeof value !== 'string') return [key, value];
      const bare = value.trim();
      return [key, (isFactKey(key) ? TIDY[key]?.(bare) : undefined) ?? bare];
    }),
  );
}

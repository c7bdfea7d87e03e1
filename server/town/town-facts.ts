// Who the town is: what stands on its letters and pages.
import { z } from 'zod';

export const townFactsSchema = z.object({
  name: z.string().min(1),
  officeName: z.string().min(1),
  address: z.string().min(1),
  email: z.email(),
  phone: z.string().min(1),
  dataBox: z.string().regex(/^[a-z0-9]{7}$/),
  portalDataBox: z.string().regex(/^[a-z0-9]{7}$/),
  /** `prefix-number/bank` */
  account: z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/),
  /** Who keeps the records: our own simple service, or the eSSL of the section `essl`. Absent = the eSSL where there is one. A file stays where it was opened. */
  records: z.enum(['builtin', 'essl']).optional(),
});
export type TownFacts = z.input<typeof townFactsSchema>;

// What a town must be told: its addresses and its connectors. The demo makes it; a real town has it in one file, secrets by file names.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { bankConfigSchema } from '../integrations/bank/index.ts';
import { economyConfigSchema } from '../integrations/economy/index.ts';
import { comgateConfigSchema } from '../integrations/comgate/index.ts';
import { cityPoliceConfigSchema } from '../integrations/city-police/index.ts';
import { gopayConfigSchema } from '../integrations/gopay/index.ts';
import { isdsConfigSchema } from '../integrations/isds/index.ts';
import { mailConfigSchema } from '../integrations/mail/index.ts';
import { niaConfigSchema } from '../integrations/nia/index.ts';
import { smsConfigSchema } from '../integrations/sms/index.ts';
import { officerLoginConfigSchema } from '../integrations/officer-login/index.ts';
import { refuseConfiguration } from '../platform/config.ts';

export const townSchema = z.object({
  name: z.string().min(1),
  officeName: z.string().min(1),
  address: z.string().min(1),
  email: z.email(),
  phone: z.string().min(1),
  dataBox: z.string().regex(/^[a-z0-9]{7}$/),
  portalDataBox: z.string().regex(/^[a-z0-9]{7}$/),
  /** `prefix-number/bank` */
  account: z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/),
  isds: isdsConfigSchema,
  /** The payment gateway of the town, its contract and its terms. */
  gateway: z
    .discriminatedUnion('kind', [
      gopayConfigSchema.extend({ kind: z.literal('gopay') }),
      comgateConfigSchema.extend({ kind: z.literal('comgate') }),
    ])
    .optional(),
  /** As `gateway` of the kind gopay; beside another gateway it is the one the town had before: its old payments are still asked about and returned. */
  gopay: gopayConfigSchema.optional(),
  bank: bankConfigSchema,
  /** Absent = the town has no municipal police, or its fines are kept elsewhere. */
  cityPolice: cityPoliceConfigSchema.optional(),
  mail: mailConfigSchema,
  /** Absent = exports go as files. */
  economy: economyConfigSchema.optional(),
  /** Without it nobody is offered SMS. */
  sms: smsConfigSchema.optional(),
  nia: niaConfigSchema,
  officerLogin: officerLoginConfigSchema,
});
export type TownConfig = z.input<typeof townSchema>;

/** Reads `<data>/town.json`; every `{"file": "path"}` in it stands for that file's content. Ends with one line and exit 78 when it is wrong. */
export function readTownFile(path: string): TownConfig {
  if (!existsSync(path))
    refuseConfiguration(`Chybí soubor ${path} s nastavením města (adresy, účty konektorů). Pro předvádění spusťte npm start.`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'), withFiles);
  } catch (error) {
    refuseConfiguration(`Soubor ${path} nelze přečíst: ${error instanceof Error ? error.message : 'neznámá chyba'}`);
  }
  const parsed = townSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  refuseConfiguration(`Chybné nastavení ${issue?.path.join('.') ?? ''} v souboru ${path}: ${issue?.message ?? 'neplatná hodnota'}`);
}

function withFiles(_key: string, value: unknown): unknown {
  const file =
    typeof value === 'object' && value !== null && Object.keys(value).length === 1 ? (value as { file?: unknown }).file : undefined;
  return typeof file === 'string' ? readFileSync(file, 'utf8').trimEnd() : value;
}

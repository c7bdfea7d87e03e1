// What a town must be told: who it is, and its connectors (integrations/connectors.ts). The demo makes it; a real town has it in one file, secrets by file names.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { connectorKeys, connectorRows, type ConnectorSettings } from '../integrations/connectors.ts';
import { refuseConfiguration } from '../platform/config.ts';

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
});
export type TownFacts = z.input<typeof townFactsSchema>;
export type TownConfig = TownFacts & ConnectorSettings;

const settingsSchema = z.object(
  Object.fromEntries(
    connectorKeys.map((key) => {
      const { schema, isRequired } = connectorRows[key];
      return [key, isRequired ? schema : (schema as z.ZodType).optional()];
    }),
  ),
);
export const townSchema = z.intersection(townFactsSchema, settingsSchema);

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
  if (parsed.success) return value as TownConfig;
  const issue = parsed.error.issues[0];
  refuseConfiguration(`Chybné nastavení ${issue?.path.join('.') ?? ''} v souboru ${path}: ${issue?.message ?? 'neplatná hodnota'}`);
}

function withFiles(_key: string, value: unknown): unknown {
  const file =
    typeof value === 'object' && value !== null && Object.keys(value).length === 1 ? (value as { file?: unknown }).file : undefined;
  return typeof file === 'string' ? readFileSync(file, 'utf8').trimEnd() : value;
}

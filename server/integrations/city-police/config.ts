// Configuration of the connector to the municipal police's register of fines.
import { z } from 'zod';

export const cityPoliceConfigSchema = z.object({
  /** `<baseUrl>/pokuty` lists the fines. */
  baseUrl: z.url(),
  token: z.string().min(1),
  pollMs: z.number().int().positive().default(300_000),
  timeoutMs: z.number().int().positive().default(20_000),
});
export type CityPoliceConfig = z.input<typeof cityPoliceConfigSchema>;
export type CityPoliceSettings = z.output<typeof cityPoliceConfigSchema>;

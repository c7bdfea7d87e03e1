// Configuration of the bank connector: one municipal account and where its statements are fetched.
import { z } from 'zod';

export const bankConfigSchema = z.object({
  /**
   * GPC and CAMT: address of the bank's statement channel; `<baseUrl>/vypisy` lists, `<baseUrl>/vypisy/<year>/<number>.gpc` (or `.xml`) is a
   * file. Fio: address of its API, `https://fioapi.fio.cz/v1/rest`.
   */
  baseUrl: z.url(),
  /** Bearer of the channel; for Fio the 64 characters that stand in the address (type "only to look" is enough, renewed each 180 days). */
  token: z.string().min(1),
  format: z.enum(['gpc', 'camt', 'fio']).default('gpc'),
  /** Our account, `19-2000145399/0800`. */
  account: z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/),
  /** Codes of reversed items in GPC; default by the bank of the account. */
  reversals: z.enum(['4-5', '3-4']).optional(),
  /** CAMT: digits alone in EndToEndId are the variable symbol; default by the bank of the account. */
  hasBareSymbol: z.boolean().optional(),
  /** Fio allows one request in 30 seconds; a smaller number is not kept there. */
  pollMs: z.number().int().positive().default(300_000),
  timeoutMs: z.number().int().positive().default(20_000),
  /** Most statements read in one poll. */
  statementsPerPoll: z.number().int().positive().default(20),
});

export type BankConfig = z.input<typeof bankConfigSchema>;
export type BankSettings = z.output<typeof bankConfigSchema>;

// Configuration of the bank connector: one municipal account and where its statements are fetched.
import { z } from 'zod';

export const bankConfigSchema = z.object({
  /** Address of the bank's statement channel; `<baseUrl>/vypisy` lists, `<baseUrl>/vypisy/<year>/<number>.gpc` is a file. */
  baseUrl: z.url(),
  token: z.string().min(1),
  /** Our account, `19-2000145399/0800`. */
  account: z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/),
  /** Codes of reversed items: Komerční banka and most banks 4 debit, 5 credit; Česká spořitelna 3 debit, 4 credit. */
  reversals: z.enum(['4-5', '3-4']).default('4-5'),
  pollMs: z.number().int().positive().default(300_000),
  timeoutMs: z.number().int().positive().default(20_000),
  /** Most statements read in one poll. */
  statementsPerPoll: z.number().int().positive().default(20),
});

export type BankConfig = z.input<typeof bankConfigSchema>;
export type BankSettings = z.output<typeof bankConfigSchema>;

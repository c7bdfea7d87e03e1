// Faults as a person sets them on the world's page: one simulator, one kind, for so many minutes of the world's clock.
import { z } from 'zod';
import { faultKinds } from '../integrations/fault-plan.ts';
import type { FaultRule } from '../integrations/fault-plan.ts';

export const faultNames: Readonly<Record<(typeof faultKinds)[number], string>> = {
  unavailable: 'nefunguje (odstávka)',
  'fail-before': 'vrací chybu, nic neudělá',
  'lose-answer': 'udělá svou práci, ale odpověď se ztratí',
  'answer-twice': 'totéž řekne dvakrát',
  malformed: 'odpoví nesmyslem',
  slow: 'odpovídá po 30 sekundách',
  drip: 'odpovídá po jednotlivých bajtech',
};

/** What the town should do about each. */
export const faultExplanations: Readonly<Record<(typeof faultKinds)[number], string>> = {
  unavailable: 'odpoví 503 jako při odstávce a nic neudělá; město počká a zkusí to znovu.',
  'fail-before': 'odpoví 500 a nic neudělá; město zkusí totéž znovu.',
  'lose-answer': 'práci udělá, ale spojení přeruší; město se musí zeptat, zda už není hotová, a neudělat ji podruhé.',
  'answer-twice': 'v seznamech a oznámeních je totéž dvakrát; město to musí vzít jednou.',
  malformed: 'odpoví něčím, co nedává smysl; město tomu nesmí věřit.',
  slow: 'odpoví až po půl minutě, kdy už město nečeká; práce je ale hotová.',
  drip: 'odpovídá bajt po bajtu; město nesmí čekat donekonečna.',
};

const formSchema = z.object({
  simulator: z.string().min(1),
  operation: z.string().min(1).max(100).default('*'),
  kind: z.enum(faultKinds),
  minutes: z.coerce.number().int().min(1).max(100_000),
});

export function readFaultForm(form: URLSearchParams, now: Date): { readonly simulator: string; readonly rule: FaultRule } | undefined {
  const parsed = formSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return undefined;
  const { simulator, operation, kind, minutes } = parsed.data;
  return { simulator, rule: { operation, kind, until: new Date(now.getTime() + minutes * 60_000).toISOString() } };
}

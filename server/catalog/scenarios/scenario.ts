// A scenario: one way through the process, written down as YAML, so that nobody has to click it through.
import { z } from 'zod';
import { readYaml } from '../read-sheet.ts';
import type { Finding, SituationFiles } from '../types.ts';

const json = z.json();
const values = z.record(z.string(), json);
const answer = z.union([
  z.strictObject({ done: json }),
  z.strictObject({ refused: z.strictObject({ code: z.string(), reason: z.string().default('') }) }),
  z.literal('wait'),
]);

/** One step; exactly one of the words says what happens. */
const step = z.union([
  /** The task at this element is completed; the values go through its form. */
  z.strictObject({ complete: z.string(), with: values.default({}) }),
  /** A message comes. */
  z.strictObject({ message: z.string(), payload: values.optional() }),
  /** Time goes on by an ISO 8601 duration; overdue timers fire. */
  z.strictObject({ advance: z.string() }),
  /** The effect at this element, held back by `answers`, is answered now. */
  z.strictObject({ answer: z.string(), with: answer }),
  /** What is waited for here: ids of elements, timers and effects included, in any order. */
  z.strictObject({ waits: z.array(z.string()) }),
  /** Last days of deadlines with a rule: `rozhodnuti: '2026-04-07'`, null while it stands still or has not begun. */
  z.strictObject({ lhuty: z.record(z.string(), z.iso.date().nullable()) }),
]);

const scenario = z.strictObject({
  name: z.string().min(1),
  /** Time of filing. */
  at: z.iso.datetime().default('2026-01-05T08:00:00.000Z'),
  /** Differences from the sample applicant. */
  zadatel: values.default({}),
  /** What was filed; with `startsBy` nothing is. */
  start: values.default({}),
  /** The message that founds the case, in the place of a submission. */
  startsBy: z.strictObject({ message: z.string(), payload: values.optional() }).optional(),
  /** Answers of effects by element; everything else is done at once with the sample answer. `wait` holds it back. */
  answers: z.record(z.string(), answer).default({}),
  steps: z.array(step),
  expect: z.strictObject({
    outcome: z.string().optional(),
    /** By path: `poplatek.sazba: 10000`. */
    variables: values.default({}),
  }),
});

export type Scenario = z.infer<typeof scenario>;
export type ScenarioStep = Scenario['steps'][number];
export type ScenarioAnswer = z.infer<typeof answer>;
export interface ScenarioFile {
  readonly file: string;
  readonly scenario: Scenario;
}

export function readScenarios(files: SituationFiles): {
  readonly scenarios: readonly ScenarioFile[];
  readonly findings: readonly Finding[];
} {
  const scenarios: ScenarioFile[] = [];
  const findings: Finding[] = [];
  for (const file of Object.keys(files)
    .filter((name) => name.startsWith('scenarios/'))
    .sort()) {
    const yaml = readYaml(files[file] ?? '');
    const parsed = 'value' in yaml ? scenario.safeParse(yaml.value) : undefined;
    if (parsed?.success) scenarios.push({ file, scenario: parsed.data });
    else
      findings.push({
        rule: 'scenario-invalid',
        severity: 'warning',
        file,
        message: `Scénář nelze přečíst: ${'mistake' in yaml ? yaml.mistake : mistakesIn(parsed?.error)}`,
      });
  }
  return { scenarios, findings };
}

function mistakesIn(error: z.ZodError | undefined): string {
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.') || 'kořen'} (${issue.message})`).join(', ');
}

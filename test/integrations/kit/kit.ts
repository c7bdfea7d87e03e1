// The contract that every effect of every connector keeps, whatever happens to the call: done once, or at most as often as its protocol makes possible; never lost;
// and what a person reads when it ends badly is a sentence. Runs an effect as the job does: perform, and from the second try on ask first.
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Effect, OutgoingFile } from '../../../server/integrations/connector.ts';
import type { FaultPlan, FaultRule } from '../../../server/integrations/fault-plan.ts';

export interface Stage {
  readonly effect: Effect;
  readonly faults: FaultPlan;
  readonly input: unknown;
  /** An input that the other side refuses; absent where it never does. */
  readonly refused?: unknown;
  readonly files?: readonly OutgoingFile[];
  /** How many times the work was done at the other side. */
  done(): number;
  close(): Promise<void>;
}
export interface Subject {
  readonly effect: string;
  /** Which other side, where an effect knows several. */
  readonly way?: string;
  /** Operation of the simulator that is disturbed. */
  readonly operation: string;
  /** Why work may be done twice when its answer is lost; absent = never. */
  readonly mayRepeat?: string;
  /** Why a person must look at the other side after a lost answer; absent = the machine finds out. */
  readonly asksPerson?: string;
  open(): Promise<Stage>;
}

/** The clients under test give up after this. */
export const TIMEOUT_MS = 400;

export const trials = {
  'provede se': {},
  odmítnutí: {},
  chyba: { rule: { kind: 'fail-before', times: 1 } },
  'odstávka 503': { rule: { kind: 'unavailable', times: 1 } },
  mlčení: { rule: { kind: 'slow', ms: TIMEOUT_MS * 3, times: 1 }, answerIsLost: true },
  'ztracená odpověď': { rule: { kind: 'lose-answer', times: 1 }, answerIsLost: true },
  'dvojí odpověď': { rule: { kind: 'answer-twice', times: 1 } },
  'pozdní odpověď': { rule: { kind: 'slow', ms: TIMEOUT_MS / 4, times: 1 } },
  'nesmyslná odpověď': { rule: { kind: 'malformed', times: 1 }, answerIsLost: true },
  'odpověď po bajtech': { rule: { kind: 'drip', ms: 60, times: 1 }, answerIsLost: true },
  'trvalá odstávka': { rule: { kind: 'unavailable' }, isLasting: true },
} as const satisfies Readonly<
  Record<string, { readonly rule?: Omit<FaultRule, 'operation'>; readonly answerIsLost?: boolean; readonly isLasting?: boolean }>
>;
export type Trial = keyof typeof trials;

/** What the table says; thrown errors are breaches of the contract. */
export type Verdict = 'jednou' | 'nejvýš dvakrát' | 'odmítnuto' | 'neodmítá' | 'nejvýš jednou, pak člověk' | 'nic, věta pro úředníka';

const TRIES = 4;
const KEY = 'klic-000001-zkouska-00001';

export async function runTrial(subject: Subject, trial: Trial): Promise<Verdict> {
  const stage = await subject.open();
  try {
    if (trial === 'odmítnutí') return await refusal(stage);
    const { rule, isLasting, answerIsLost } = trials[trial] as (typeof trials)['ztracená odpověď'] & { isLasting?: boolean };
    if (rule) await stage.faults.set([{ ...rule, operation: subject.operation }]);
    if (isLasting) return await incident(stage);
    const end = await perform(stage, subject.asksPerson !== undefined);
    if (end === 'person' && stage.done() <= 1) return 'nejvýš jednou, pak člověk';
    const times = stage.done();
    if (times === 1) return subject.mayRepeat !== undefined && answerIsLost ? 'nejvýš dvakrát' : 'jednou';
    if (times === 2 && answerIsLost && subject.mayRepeat !== undefined) return 'nejvýš dvakrát';
    throw new Error(`${subject.effect}, ${trial}: the work was done ${times} times`);
  } finally {
    await stage.close();
  }
}

async function perform(stage: Stage, mayAskPerson: boolean): Promise<'done' | 'person'> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      if (attempt > 1) {
        const found = await stage.effect.find?.(KEY, stage.effect.input.parse(stage.input));
        if (found !== undefined) return sound(stage, found);
      }
      const answer = await stage.effect.perform(KEY, stage.effect.input.parse(stage.input), stage.files ?? []);
      if (!('done' in answer)) throw new Error(`refused: ${answer.refused.code}`);
      return sound(stage, answer.done);
    } catch (error) {
      if (mayAskPerson && error instanceof OutsideFailure && !error.retryable && isSentence(error.message)) return 'person';
      expectSentence(error);
    }
  }
  throw new Error('the work was never done');
}

/** What came back has the shape that the effect promises. */
function sound(stage: Stage, output: unknown): 'done' {
  stage.effect.output.parse(output);
  return 'done';
}

async function refusal(stage: Stage): Promise<Verdict> {
  if (stage.refused === undefined) return 'neodmítá';
  const answer = await stage.effect.perform(KEY, stage.effect.input.parse(stage.refused), stage.files ?? []);
  if (!('refused' in answer)) throw new Error('was not refused');
  if (!/^[a-z]+(-[a-z]+)+$/.test(answer.refused.code)) throw new Error(`code ${answer.refused.code}`);
  if (!isSentence(answer.refused.reason)) throw new Error(`not a sentence: ${answer.refused.reason}`);
  if (stage.done() !== 0) throw new Error('refused and done');
  return 'odmítnuto';
}

async function incident(stage: Stage): Promise<Verdict> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const error = await stage.effect.perform(KEY, stage.effect.input.parse(stage.input), stage.files ?? []).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expectSentence(error);
  }
  if (stage.done() !== 0) throw new Error('failed and done');
  return 'nic, věta pro úředníka';
}

/** A failure of the outside that may be tried again, told so that an officer understands. */
function expectSentence(error: unknown): void {
  if (!(error instanceof OutsideFailure)) throw new Error('not a failure of the outside', { cause: error });
  if (!error.retryable) throw new Error(`final: ${error.code}`, { cause: error });
  if (!isSentence(error.message)) throw new Error(`not a sentence: ${error.message}`);
}

const isSentence = (text: string): boolean => /^\p{Lu}.{10,}\.$/u.test(text);

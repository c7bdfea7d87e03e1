// The campaign: the same three questions for as many models as fit into the time, with the figures of the run.
import fc from 'fast-check';
import { examples } from '../../engine/conformance/examples.ts';
import { blocks, containers, leaves, plainContainers, plainLeaves } from './blocks.ts';
import type { Block } from './blocks.ts';
import { createDice } from './dice.ts';
import { mutateModel, mutateVariables } from './mutate.ts';
import { draw } from './pen.ts';
import { agreeWithReference, bearFaults, recoverAsStraight } from './runs.ts';

export interface Aims {
  readonly recovered: number;
  readonly compared: number;
  readonly mutated: number;
}

export interface Outcome {
  recovered: number;
  compared: number;
  mutated: number;
  accepted: number;
  /** Wall-clock milliseconds of the longest step of a faulty model. */
  longest: number;
  /** Faulty models with a step of more than 100 ms. */
  slow: number;
  readonly faults: string[];
}

export interface Campaign {
  readonly seed: number;
  readonly aims: Aims;
  isOver(): boolean;
  say(line: string): void;
}

const PART = 200;
const MAX_FAULTS = 10;
const any = blocks(leaves, containers);
const plain = blocks(plainLeaves, plainContainers);
const path = fc.array(fc.nat({ max: 1_000 }), { minLength: 25, maxLength: 25 });
const delays = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 5 });

/** Takes the questions in turn, a part each, until every aim is reached, the time is up or too many faults are found. */
export async function runCampaign(campaign: Campaign): Promise<Outcome> {
  const { seed, aims, say } = campaign;
  const outcome: Outcome = { recovered: 0, compared: 0, mutated: 0, accepted: 0, longest: 0, slow: 0, faults: [] };
  for (let part = 0; !isDone(campaign, outcome); part += 1) {
    if (outcome.recovered < aims.recovered) outcome.recovered += await ask(campaign, outcome, seed + part, any, path, recovers);
    if (outcome.compared < aims.compared) outcome.compared += await ask(campaign, outcome, seed + part, plain, delays, agreeWithReference);
    if (outcome.mutated < aims.mutated) await mutate(campaign, outcome, seed + part);
    say(
      `${outcome.recovered} recovered, ${outcome.compared} compared, ${outcome.mutated} mutated (${outcome.accepted} accepted), ${outcome.faults.length} faults`,
    );
  }
  return outcome;
}

function isDone({ aims, isOver }: Campaign, outcome: Outcome): boolean {
  const reached = outcome.recovered >= aims.recovered && outcome.compared >= aims.compared && outcome.mutated >= aims.mutated;
  return reached || isOver() || outcome.faults.length >= MAX_FAULTS;
}

type Question = (block: Block, numbers: readonly number[]) => Promise<readonly string[]>;

const recovers: Question = async (block, choices) => (await recoverAsStraight(block, choices)).faults;

/** One part of models; a model with a fault is shrunk to the smallest that has one. Gives how many were asked about. */
async function ask(
  campaign: Campaign,
  outcome: Outcome,
  seed: number,
  models: fc.Arbitrary<Block>,
  numbers: fc.Arbitrary<number[]>,
  question: Question,
): Promise<number> {
  let asked = 0;
  const property = fc.asyncProperty(models, numbers, async (block, list) => {
    fc.pre(!campaign.isOver());
    asked += 1;
    const faults = await question(block, list);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });
  const details = await fc.check(property, { numRuns: PART, seed, maxSkipsPerRun: PART });
  if (details.failed && details.counterexample) {
    const [block, list] = details.counterexample;
    const reason = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
    outcome.faults.push(`seed ${seed}, ${JSON.stringify(list)}: ${reason}\n${draw(block)}`);
  }
  return asked;
}

async function mutate(campaign: Campaign, outcome: Outcome, seed: number): Promise<void> {
  const dice = createDice(seed);
  const drawn = fc.sample(any, { numRuns: 40, seed }).map(draw);
  const originals = [...examples.map(({ model }) => model), ...drawn].filter((model) => typeof model === 'string');
  for (let count = 0; count < PART * 5 && !campaign.isOver() && outcome.faults.length < MAX_FAULTS; count += 1) {
    const mutated = mutateModel(originals[Math.floor(dice() * originals.length)] ?? '', dice);
    const variables = mutateVariables(dice);
    const { faults, accepted, longest } = await bearFaults(mutated, variables);
    outcome.mutated += 1;
    if (accepted) outcome.accepted += 1;
    if (longest > 100) outcome.slow += 1;
    outcome.longest = Math.max(outcome.longest, longest);
    if (faults.length > 0)
      outcome.faults.push(`seed ${seed}, mutation ${count}: ${faults.join('; ')} ${JSON.stringify(variables)}\n${mutated}`);
  }
}

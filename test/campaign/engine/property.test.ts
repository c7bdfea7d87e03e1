// Any block-structured model on any path: recovered as straight, ending, and in an order the reference allows. Shrunk to the smallest model that fails.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocks, containers, leaves, plainContainers, plainLeaves } from './blocks.ts';
import { createDice } from './dice.ts';
import { examples } from '../../engine/conformance/examples.ts';
import { mutateModel, mutateVariables } from './mutate.ts';
import { draw } from './pen.ts';
import { agreeWithReference, bearFaults, recoverAsStraight } from './runs.ts';

const SEED = 20_260_301;
const MODELS = 500;
const REFERENCES = 300;
const MUTATIONS = 3_000;

const any = blocks(leaves, containers);
const plain = blocks(plainLeaves, plainContainers);
const path = fc.array(fc.nat({ max: 1_000 }), { minLength: 25, maxLength: 25 });
const delays = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 5 });

test(`a case recovered before every step runs like one that was never put away (${MODELS} models, seed ${SEED})`, async () => {
  let ended = 0;
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(any, path, async (block, choices) => {
      const walked = await recoverAsStraight(block, choices);
      expect(walked.faults, draw(block)).toEqual([]);
      steps += walked.steps;
      if (walked.ended) ended += 1;
    }),
    { numRuns: MODELS, seed: SEED },
  );
  expect(ended).toBeGreaterThan(MODELS / 2);
  expect(steps).toBeGreaterThan(MODELS * 5);
}, 240_000);

test(`everything is completed in an order the reference allows (${REFERENCES} models, seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(plain, delays, async (block, seconds) => {
      expect(await agreeWithReference(block, seconds), draw(block)).toEqual([]);
    }),
    { numRuns: REFERENCES, seed: SEED },
  );
}, 240_000);

test(`a faulty model is refused or becomes an incident, and harms nobody (${MUTATIONS} models, seed ${SEED})`, async () => {
  const dice = createDice(SEED);
  const originals = [...examples.map(({ model }) => model), ...fc.sample(any, { numRuns: 50, seed: SEED }).map(draw)].filter(
    (model) => typeof model === 'string',
  );
  for (let count = 0; count < MUTATIONS; count += 1) {
    const mutated = mutateModel(originals[Math.floor(dice() * originals.length)] ?? '', dice);
    const variables = mutateVariables(dice);
    const { faults } = await bearFaults(mutated, variables);
    expect(faults, `${JSON.stringify(variables)}\n${mutated}`).toEqual([]);
  }
}, 240_000);

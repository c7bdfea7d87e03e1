// Makes the corpus of saved states of the present version: every kind of wait at every kind of element that knows it. Run by hand when the
// version of the state changes, into a new folder; what is there already is never made again.
//   node test/engine/make-saved-states.ts
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileDecisions, compileProcess, step } from '../../server/engine/index.ts';
import { STATE_VERSION } from '../../server/engine/saved-shape.ts';
import { contextAt, NOON } from './diagrams.ts';
import { standingCases } from './standing-cases.ts';

const folder = fileURLToPath(new URL(`./saved-states/v${STATE_VERSION}/`, import.meta.url));
mkdirSync(folder, { recursive: true });
const decisions = await compileDecisions({});
for (const { what, bpmn, steps } of standingCases) {
  const file = `${folder}${what}.json`;
  if (existsSync(file)) continue;
  const model = await compileProcess(bpmn);
  const variables = { pocet: 1, podani: { jmeno: 'Jana' }, polozky: ['a', 'b', 'c'], hotovo: false };
  let result = await step(model, decisions, undefined, { kind: 'start', variables }, contextAt(NOON));
  for (const next of steps) {
    const stimulus = next((element) => {
      const wait = result.waits.find((candidate) => candidate.elementId === element);
      if (!wait) throw new Error(`${what}: ${element} does not wait`);
      return wait.executionId;
    });
    result = await step(model, decisions, result.state, stimulus, contextAt('2026-03-02T12:00:00.000Z'));
  }
  const { state, waits } = result;
  writeFileSync(file, `${JSON.stringify({ what, bpmn, state, waits, variables: result.variables }, null, 2)}\n`);
  console.log(what, JSON.stringify(state).length, waits.map((wait) => `${wait.kind} ${wait.elementId}`).join(', '));
}

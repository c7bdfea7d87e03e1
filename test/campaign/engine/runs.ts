// The three questions of the campaign, each for one model at a time: is a recovered case the same, does the engine agree with the reference, does a
// faulty model harm anybody.
import { isDeepStrictEqual } from 'node:util';
import { compileDecisions } from '../../../server/engine/compile-decisions.ts';
import type { Variables } from '../../../server/engine/types.ts';
import { compileFile } from '../../../server/engine/compile-file.ts';
import { NOTHING_ASKED } from '../../../server/engine/world/request.ts';
import type { TraceAnswer, TraceRequest } from '../../../server/engine/world/request.ts';
import { traceModel } from '../../../server/engine/world/trace-model.ts';
import { allows, readPattern } from '../../engine/conformance/trace-pattern.ts';
import type { Block } from './blocks.ts';
import { draw } from './pen.ts';
import { expectedTrace } from './reference.ts';
import { faultsOf, walk } from './walk.ts';

const decisions = compileDecisions({});

/** Wall-clock milliseconds one step may take. */
const STEP_LIMIT = 1_000;
/** Of a whole model: it is then left as it is. */
const MODEL_LIMIT = 500;
/** No machine is so busy that a model takes longer unless it hangs. */
const HANGS = 15_000;

export interface Walked {
  readonly faults: readonly string[];
  readonly steps: number;
  readonly ended: boolean;
}

export async function recoverAsStraight(block: Block, choices: readonly number[]): Promise<Walked> {
  const compiled = await compileFile(draw(block), { bare: true });
  const model = compiled.processes.find(({ processId }) => processId === 'P');
  if (!compiled.accepted || !model) return { faults: [`refused: ${JSON.stringify(compiled.findings)}`], steps: 0, ended: false };
  const straight = await walk(model, await decisions, choices, false);
  const recovered = await walk(model, await decisions, choices, true);
  const differing = straight.findIndex((stop, index) => !isDeepStrictEqual(stop, recovered[index]));
  const different =
    differing < 0 ? [] : [`step ${differing} differs: ${JSON.stringify(straight[differing])} / ${JSON.stringify(recovered[differing])}`];
  return { faults: [...different, ...faultsOf(straight)], steps: straight.length, ended: straight.at(-1)?.ended !== undefined };
}

/** `delays`: seconds that services take, in turn, so that branches overtake each other. */
export async function agreeWithReference(block: Block, delays: readonly number[]): Promise<readonly string[]> {
  const xml = draw(block);
  const services = [...xml.matchAll(/<serviceTask id="([^"]+)"/g)].map((match) => match[1] ?? '');
  const answers = Object.fromEntries(services.map((id, index) => [id, { done: null, after: `PT${delays[index % delays.length] ?? 0}S` }]));
  const answer = await traced(xml, { process: ['P'], variables: { n: 0 }, answers, advance: 'PT1H' });
  if (answer.status !== 'ended')
    return [`${answer.status} ${JSON.stringify(answer.incident ?? answer.findings)}: ${idsOf(answer).join(' ')}`];
  const ids = idsOf(answer);
  return allows(readPattern(expectedTrace(block)), ids) ? [] : [`${ids.join(' ')} is not ${expectedTrace(block)}`];
}

export interface Harm {
  readonly faults: readonly string[];
  readonly accepted: boolean;
  /** Wall-clock milliseconds of the whole run, and of its longest step: reading the file, or one stimulus of a case. */
  readonly took: number;
  readonly longest: number;
}

export async function bearFaults(xml: string, variables: Variables): Promise<Harm> {
  const from = performance.now();
  let longest = 0;
  let before = from;
  const step = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  };
  const answer = await traced(xml, { variables, advance: 'P1D' }, step);
  step();
  const took = performance.now() - from;
  const internal = answer.findings.filter(({ rule }) => rule === 'internal-error').map(({ message }) => message);
  const late = took > HANGS ? [`it took ${Math.round(took)} ms`] : [];
  return { faults: [...internal, ...late], accepted: answer.accepted, took, longest };
}

const idsOf = (answer: TraceAnswer): readonly string[] => (answer.trace ?? []).map(({ id, body }) => (body ? `${id}*` : id));

/** `step` is told after every step of a model with faults. */
async function traced(xml: string, request: Partial<TraceRequest>, step?: () => void): Promise<TraceAnswer> {
  // A model with faults may go on for ever; one of the generator's must be run to its end.
  const until = performance.now() + (step ? MODEL_LIMIT : HANGS);
  const told = await traceModel(
    xml,
    { ...NOTHING_ASKED, bare: true, ...request },
    {
      decisions: () => decisions,
      isTimeUp: () => {
        step?.();
        return performance.now() > until;
      },
      found: () => undefined,
      budget: { elapsed: () => performance.now(), limit: STEP_LIMIT },
    },
  );
  return told.usage === undefined ? told.answer : { accepted: true, findings: [] };
}

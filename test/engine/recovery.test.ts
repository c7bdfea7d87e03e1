// Any diagram, any path: a case driven straight and one saved and recovered after every step must not differ in anything.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileDecisions, compileProcess, openRun } from '../../server/engine/index.ts';
import type { DecisionModel, EngineState, ProcessModel, Run, StepResult, Stimulus, Variables } from '../../server/engine/index.ts';
import {
  boundary,
  call,
  called,
  catching,
  compensate,
  condition,
  contextAt,
  end,
  error,
  eventSubProcess,
  extensions,
  file,
  flow,
  gateway,
  input,
  instances,
  message,
  NOON,
  path,
  script,
  service,
  signal,
  standardLoop,
  start,
  subProcess,
  task,
  throwing,
  timer,
  undoing,
} from './diagrams.ts';

const MODELS = 500;
const SEED = Number(process.env['ENGINE_SEED'] ?? 20_261_122);

const LEAVES = [
  'task',
  'plain',
  'service',
  'script',
  'timer',
  'message',
  'signal',
  'condition',
  'multiple',
  'guarded',
  'events',
  'instances',
  'rounds',
  'called',
  'undone',
  'throws',
] as const;
const NESTS = ['sequence', 'parallel', 'exclusive', 'inclusive', 'complex', 'loop', 'sub', 'each', 'transaction', 'adHoc'] as const;

type Block = { readonly kind: (typeof LEAVES)[number] } | { readonly kind: (typeof NESTS)[number]; readonly inside: readonly Block[] };

const leaf: fc.Arbitrary<Block> = fc.record({
  kind: fc.constantFrom(...LEAVES),
});
const blockOf = (inner: fc.Arbitrary<Block>): fc.Arbitrary<Block> =>
  fc.oneof(
    { weight: 2, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(...NESTS),
        inside: fc.array(inner, { minLength: 1, maxLength: 3 }),
      }),
    },
  );
const block = blockOf(blockOf(blockOf(leaf)));

/** One block drawn between a way in and a way out. */
interface Drawing {
  readonly xml: string;
  readonly first: string;
  readonly last: string;
}

class Pen {
  private count = 0;
  id(kind: string): string {
    this.count += 1;
    return `${kind}${this.count}`;
  }
}

function draw(pen: Pen, drawn: Block): Drawing {
  const id = pen.id(drawn.kind);
  const out = `${id}o`;
  const one = (xml: string): Drawing => ({ xml, first: id, last: id });
  switch (drawn.kind) {
    case 'task':
      return one(task(id, 'spis:deadline="lhuta" spis:result="v"'));
    case 'service':
      return {
        xml:
          service(id, 'spis:result="v"', extensions(input('v', '= v'))) +
          boundary(`${id}b`, id, error('zle')) +
          gateway('exclusive', out) +
          path(id, out) +
          path(`${id}b`, out),
        first: id,
        last: out,
      };
    case 'script':
      return one(script(id, 'pocet + 1', 'spis:result="pocet"'));
    case 'timer':
      return one(catching(id, timer('timeDuration', 'PT3H')));
    case 'message':
      return one(catching(id, message('m'), 'spis:result="zprava"'));
    case 'guarded':
      return {
        xml:
          task(id) +
          boundary(`${id}t`, id, timer('timeDuration', 'PT5H')) +
          boundary(`${id}r`, id, timer('timeCycle', 'R2/PT1H'), 'cancelActivity="false"') +
          boundary(`${id}m`, id, message('m'), 'cancelActivity="false"') +
          script(`${id}s`, 'pocet + 1', 'spis:result="pocet"') +
          end(`${id}e`) +
          gateway('exclusive', out) +
          path(id, out) +
          path(`${id}t`, out) +
          path(`${id}r`, `${id}s`, `${id}e`) +
          path(`${id}m`, `${id}s`),
        first: id,
        last: out,
      };
    case 'events':
      return {
        xml:
          gateway('eventBased', id) +
          catching(`${id}m`, message('m')) +
          catching(`${id}t`, timer('timeDuration', 'PT4H')) +
          gateway('exclusive', out) +
          path(id, `${id}m`, out) +
          path(id, `${id}t`, out),
        first: id,
        last: out,
      };
    case 'plain':
      return one(`<bpmn:task id="${id}"/>`);
    case 'signal':
      return one(catching(id, signal('g')));
    case 'condition':
      return one(catching(id, condition('modulo(pocet, 2) = 1')));
    case 'multiple':
      return one(catching(id, message('m') + timer('timeDuration', 'PT2H'), pen.id('x').length % 2 === 0 ? 'parallelMultiple="true"' : ''));
    case 'instances':
      return one(task(id, 'spis:result="v"', instances('modulo(pocet, 4)', pen.id('x').endsWith('1') ? 'isSequential="true"' : '')));
    case 'rounds':
      return one(task(id, 'spis:result="v"', standardLoop('loopCounter < 3')));
    case 'called':
      return one(call(id, 'druhy'));
    case 'throws':
      return one(throwing(id, signal('g')));
    case 'undone':
      return {
        xml:
          script(id, 'pocet + 1', 'spis:result="pocet"') +
          undoing(id, `${id}u`) +
          task(`${id}u`, 'isForCompensation="true"') +
          task(`${id}t`) +
          throwing(out, compensate(id)) +
          path(id, `${id}t`, out),
        first: id,
        last: out,
      };
    case 'sequence': {
      const parts = drawn.inside.map((inner) => draw(pen, inner));
      return {
        xml:
          parts.map((part) => part.xml).join('') +
          parts
            .slice(1)
            .map((part, index) => path(parts[index]?.last ?? '', part.first))
            .join(''),
        first: parts[0]?.first ?? '',
        last: parts.at(-1)?.last ?? '',
      };
    }
    case 'parallel':
    case 'inclusive':
    case 'exclusive': {
      const parts = drawn.inside.map((inner) => draw(pen, inner));
      const standard = `${id}d`;
      const ways = parts
        .map(
          (part, index) =>
            flow(id, part.first, drawn.kind === 'parallel' ? undefined : `modulo(pocet + ${index}, 2) = 0`) + path(part.last, out),
        )
        .join('');
      const bypass = drawn.kind === 'parallel' ? '' : flow(id, out, undefined, standard);
      return {
        xml:
          gateway(drawn.kind, id, bypass === '' ? '' : `default="${standard}"`) +
          parts.map((part) => part.xml).join('') +
          gateway(drawn.kind, out) +
          ways +
          bypass,
        first: id,
        last: out,
      };
    }
    case 'complex': {
      const parts = drawn.inside.map((inner) => draw(pen, inner));
      return {
        xml:
          gateway('parallel', id) +
          parts.map((part) => part.xml).join('') +
          `<bpmn:task id="${id}x"/>` +
          `<bpmn:complexGateway id="${out}"><bpmn:activationCondition xsi:type="bpmn:tFormalExpression">activationCount &gt;= ${Math.max(1, parts.length)}</bpmn:activationCondition></bpmn:complexGateway>` +
          parts.map((part) => path(id, part.first) + path(part.last, out)).join('') +
          path(id, `${id}x`, out),
        first: id,
        last: out,
      };
    }
    case 'each': {
      const inner = draw(pen, { kind: 'sequence', inside: drawn.inside });
      const marker = instances('modulo(pocet, 3)', '');
      const contents = [start(`${id}s`), inner.xml, end(`${id}e`), path(`${id}s`, inner.first), path(inner.last, `${id}e`)];
      return one(subProcess(id, ...contents).replace(/<\/bpmn:subProcess>$/, `${marker}</bpmn:subProcess>`));
    }
    case 'transaction': {
      const inner = draw(pen, { kind: 'sequence', inside: drawn.inside });
      return {
        xml:
          `<bpmn:transaction id="${id}">` +
          start(`${id}s`) +
          script(`${id}a`, 'pocet + 1', 'spis:result="pocet"') +
          undoing(`${id}a`, `${id}au`) +
          task(`${id}au`, 'isForCompensation="true"') +
          inner.xml +
          gateway('exclusive', `${id}g`, `default="${id}d"`) +
          end(`${id}e`) +
          end(`${id}c`, '<bpmn:cancelEventDefinition/>') +
          path(`${id}s`, `${id}a`, inner.first) +
          path(inner.last, `${id}g`) +
          flow(`${id}g`, `${id}c`, 'modulo(pocet, 2) = 0') +
          flow(`${id}g`, `${id}e`, undefined, `${id}d`) +
          '</bpmn:transaction>' +
          boundary(`${id}b`, id, '<bpmn:cancelEventDefinition/>') +
          gateway('exclusive', out) +
          path(id, out) +
          path(`${id}b`, out),
        first: id,
        last: out,
      };
    }
    case 'adHoc': {
      const ordering = pen.id('x').endsWith('2') ? ' ordering="Sequential"' : '';
      const tasks = drawn.inside.map((_inner, index) => task(`${id}t${index}`)).join('');
      return one(`<bpmn:adHocSubProcess id="${id}"${ordering}>${tasks}</bpmn:adHocSubProcess>`);
    }
    case 'loop': {
      const inner = draw(pen, { kind: 'sequence', inside: drawn.inside });
      const standard = `${id}d`;
      return {
        xml:
          // Its own count, so that every loop ends however they are nested.
          script(`${id}z`, '0', `spis:result="${id}n"`) +
          gateway('exclusive', id) +
          inner.xml +
          script(`${id}s`, `${id}n + 1`, `spis:result="${id}n"`) +
          gateway('exclusive', `${id}g`, `default="${standard}"`) +
          gateway('exclusive', out) +
          path(`${id}z`, id, inner.first) +
          path(inner.last, `${id}s`, `${id}g`) +
          flow(`${id}g`, id, `${id}n < 2`) +
          flow(`${id}g`, out, undefined, standard),
        first: `${id}z`,
        last: out,
      };
    }
    case 'sub': {
      const inner = draw(pen, { kind: 'sequence', inside: drawn.inside });
      const listening = eventSubProcess(
        `${id}u`,
        start(`${id}us`, message('m'), 'isInterrupting="false"'),
        script(`${id}ux`, 'pocet + 1', 'spis:result="pocet"'),
        end(`${id}ue`),
        path(`${id}us`, `${id}ux`, `${id}ue`),
      );
      return {
        xml:
          subProcess(id, start(`${id}s`), inner.xml, end(`${id}e`), path(`${id}s`, inner.first), path(inner.last, `${id}e`), listening) +
          boundary(`${id}b`, id, error('zle')) +
          gateway('exclusive', out) +
          path(id, out) +
          path(`${id}b`, out),
        first: id,
        last: out,
      };
    }
  }
}

function drawCase(drawn: Block): string {
  const inner = draw(new Pen(), drawn);
  const other = called(
    'druhy',
    start('ds'),
    task('da'),
    script('db', 'pocet + 1', 'spis:result="pocet"'),
    end('de'),
    path('ds', 'da', 'db', 'de'),
  );
  const main = [
    start('s'),
    inner.xml,
    end('e', '', 'spis:outcome="done"'),
    path('s', inner.first),
    path(inner.last, 'e'),
    eventSubProcess(
      'zpet',
      start('zs', message('zpetvzeti')),
      task('usneseni'),
      end('ze', '', 'spis:outcome="withdrawn"'),
      path('zs', 'usneseni', 'ze'),
    ),
  ];
  return file(
    `<bpmn:process id="proces" isExecutable="true">${main.join('')}</bpmn:process>`,
    inner.xml.includes('calledElement') ? other : '',
  );
}

/** The next stimulus, chosen among what is possible by a number. */
function choose(result: StepResult, choice: number): Stimulus {
  const options = result.waits.flatMap((wait): Stimulus[] => {
    if (wait.kind === 'task') return [{ kind: 'complete-task', executionId: wait.executionId, output: { choice } }];
    if (wait.kind === 'effect')
      return [
        { kind: 'answer-effect', executionId: wait.executionId, answer: { done: choice } },
        {
          kind: 'answer-effect',
          executionId: wait.executionId,
          answer: { refused: { code: choice % 2 === 0 ? 'zle' : 'jinak', reason: 'Ne.' } },
        },
      ];
    if (wait.kind === 'incident') return [{ kind: 'retry', executionId: wait.executionId }];
    if (wait.kind === 'message')
      return choice % 5 === 0 || wait.message === 'm' ? [{ kind: 'message', message: wait.message, payload: choice }] : [];
    if (wait.kind === 'signal') return [{ kind: 'signal', signal: wait.signal, payload: choice }];
    if (wait.kind === 'condition') return [{ kind: 'set-variables', variables: { pocet: choice } }];
    if (wait.kind === 'join') return [{ kind: 'modify', operations: [{ op: 'complete', executionId: wait.executionId }] }];
    return [{ kind: 'wake' }];
  });
  return options[choice % options.length] ?? { kind: 'wake' };
}

const timeAt = (index: number): string => new Date(Date.parse(NOON) + index * 5_400_000).toISOString();

interface Outcome {
  readonly trace: StepResult['trace'];
  readonly waits: StepResult['waits'];
  readonly variables: Variables;
  readonly state: EngineState;
  readonly ended: StepResult['ended'];
}

/** `reopen`: save through JSON and recover before every stimulus; otherwise one live run (whose time is set by a moving context). */
async function drive(
  model: ProcessModel,
  decisions: DecisionModel,
  choices: readonly number[],
  reopen: boolean,
): Promise<readonly Outcome[]> {
  const clock = { now: NOON };
  const context = {
    ...contextAt(NOON),
    get now(): string {
      return clock.now;
    },
  };
  const outcomes: Outcome[] = [];
  let run: Run = await openRun(model, decisions, undefined, context);
  let seen = 0;
  const tell = (stimulus: Stimulus): StepResult => {
    run.apply(stimulus);
    const result = run.result();
    outcomes.push({
      trace: result.trace.slice(seen),
      waits: result.waits,
      variables: result.variables,
      state: result.state,
      ended: result.ended,
    });
    seen = result.trace.length;
    return result;
  };
  let result = tell({ kind: 'start', variables: { pocet: 0, v: 0 } });
  for (const [index, choice] of choices.entries()) {
    if (result.ended) break;
    clock.now = timeAt(index + 1);
    if (reopen) {
      run = await openRun(model, decisions, JSON.parse(JSON.stringify(result.state)) as EngineState, contextAt(clock.now));
      seen = 0;
    }
    result = tell(choose(result, choice));
  }
  return outcomes;
}

it(`a saved and recovered case is the same as one that was never put away (${MODELS} diagrams, seed ${SEED})`, async () => {
  console.log(`ENGINE_SEED=${SEED}`);
  const decisions = await compileDecisions({});
  let ended = 0;
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(block, fc.array(fc.nat({ max: 1_000 }), { minLength: 25, maxLength: 25 }), async (drawn, choices) => {
      const model = await compileProcess(drawCase(drawn));
      const straight = await drive(model, decisions, choices, false);
      const recovered = await drive(model, decisions, choices, true);
      expect(recovered).toEqual(straight);
      const last = straight.at(-1);
      expect(last?.waits.length === 0).toBe(last?.ended !== undefined);
      for (const { waits } of straight) expect(new Set(waits.map((wait) => wait.executionId)).size).toBe(waits.length);
      const incidents = straight.flatMap(({ trace }) => trace).flatMap((entry) => (entry.kind === 'incident' ? [entry.code] : []));
      expect(incidents.filter((code) => code !== 'uncaught-error' && code !== 'step-limit')).toEqual([]);
      if (last?.ended) ended += 1;
      steps += straight.length;
    }),
    { numRuns: MODELS, seed: SEED, endOnFailure: true },
  );
  expect(ended).toBeGreaterThan(MODELS / 4);
  expect(steps).toBeGreaterThan(MODELS * 3);
}, 120_000);

// Whatever a file holds, the structural rules answer; and they look at each element a fixed number of times.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../server/engine/model-error.ts';
import { parseBpmn } from '../../../server/engine/parse-bpmn.ts';
import type { ParsedBpmn } from '../../../server/engine/parse-bpmn.ts';
import { structureFindings, structureRules } from '../../../server/engine/structure/index.ts';
import { indexModel } from '../../../server/engine/structure/model-index.ts';
import { cases } from './cases.ts';
import { BASE, broken, file, flows, inProcess, right } from './models.ts';
import { chanceOf, spoilText, spoilTree } from './mutate.ts';

const NAMES = new Set(structureRules.map(({ name }) => name));

/** `undefined` when the reader refuses the file, which it does by name. */
async function parsed(xml: string): Promise<ParsedBpmn | undefined> {
  try {
    return await parseBpmn(xml);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

describe('the structural rules answer for any file', () => {
  it('gives findings of known rules for 2,000 spoilt models', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: cases.length - 1 }), fc.nat(), async (index, seed) => {
        const chance = chanceOf(seed);
        const template = cases[index]?.[2] ?? '';
        const model = await parsed(spoilText(chance(2) === 0 ? broken(template) : right(template), chance));
        if (!model) return;
        spoilTree(model, chance);
        for (const finding of structureFindings(model, { bare: chance(2) === 0 })) {
          expect(NAMES.has(finding.rule)).toBe(true);
          expect(typeof finding.element).toBe('string');
          expect(finding.message).not.toBe('');
        }
        answered += 1;
      }),
      { numRuns: 2_000 },
    );

    expect(answered).toBeGreaterThan(1_500);
  }, 60_000);

  it('says nothing of a file that holds only a collaboration or a global task', async () => {
    const only = file('<collaboration id="c"><participant id="u1" name="A"/></collaboration><globalUserTask id="g" name="g"/>');

    expect(structureFindings(await parseBpmn(only), { bare: true })).toEqual([]);
  });

  it('reads white space around the sign of equality and around ids and references', async () => {
    const loose = inProcess(BASE.replace('id="a"', 'id = " a "').replace('sourceRef="a"', "sourceRef = ' a '"));

    expect(structureFindings(await parseBpmn(loose), { bare: true })).toEqual([]);
  });

  it('reads the script of a global script task, which is an element', async () => {
    const model = await parseBpmn(
      file('<globalScriptTask id="g" scriptLanguage="application/feel"><script>1 + 1</script></globalScriptTask>'),
    );

    expect(structureFindings(model, { bare: true })).toEqual([]);
    expect(model.elementsById['g']?.get('script')).toBe('1 + 1');
  });

  it('treats a drawing more gently than a process to be executed', async () => {
    const timer = '<startEvent id="s"><timerEventDefinition/></startEvent><endEvent id="e"/>' + flows('s e');
    const severities = async (executable: boolean): Promise<readonly string[]> =>
      structureFindings(await parseBpmn(inProcess(timer).replace('isExecutable="true"', `isExecutable="${executable}"`)))
        .filter(({ rule }) => rule === 'timer-empty')
        .map(({ severity }) => severity);

    expect(await severities(true)).toEqual(['error']);
    expect(await severities(false)).toEqual(['warning']);
  });

  it('walks each element once, however large the model is', async () => {
    const visits = async (blocks: number): Promise<number> => indexModel(await parseBpmn(inProcess(chain(blocks)))).visits;
    const [ten, hundred] = [await visits(10), await visits(100)];

    expect(hundred - ten).toBe(90 * (ten - (await visits(9))));
  });

  it('asks every rule a number of questions that grows with the model and not with its square', async () => {
    const [small, large] = [await reads(20), await reads(200)];

    expect(large / small).toBeLessThan(11);
  });
});

/** Blocks of split, two ways with a boundary event, join, one after another. */
function chain(blocks: number): string {
  const numbers = Array.from({ length: blocks }, (_, index) => index);
  const block = (n: number): string =>
    `<exclusiveGateway id="x${n}" default="x${n}-a${n}"/><task id="a${n}"/><task id="b${n}"/><exclusiveGateway id="j${n}"/>` +
    `<boundaryEvent id="t${n}" attachedToRef="a${n}"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>` +
    `${flows(`x${n} a${n} j${n}`)}${flows(`x${n} b${n} j${n} x${n + 1}`)}${flows(`t${n} j${n}`)}`;
  return `<startEvent id="s"/>${flows('s x0')}${numbers.map(block).join('')}<endEvent id="x${blocks}"/>`;
}

/** How often the rules read a property of an element. */
async function reads(blocks: number): Promise<number> {
  const model = await parseBpmn(inProcess(chain(blocks)));
  let count = 0;
  for (const element of Object.values(model.elementsById)) {
    const get = element.get.bind(element);
    Object.defineProperty(element, 'get', {
      value: (property: string) => {
        count += 1;
        return get(property);
      },
    });
  }
  structureFindings(model, { bare: true });
  return count;
}

// The plan that is proposed from two drawings: the same ids first, then what looks renamed, and nothing where nothing fits.
import { expect, it } from 'vitest';
import { compileProcess } from '../../../server/engine/index.ts';
import { proposePlan } from '../../../server/engine/migration/propose-plan.ts';
import { boundary, diagram, end, path, service, start, subProcess, task, timer } from '../diagrams.ts';

const named = (id: string, name: string, form = 'kontrola'): string =>
  `<bpmn:userTask id="${id}" name="${name}" spis:role="clerk" spis:form="${form}"/>`;
const planOf = async (before: string, after: string) => {
  const rows = proposePlan(await compileProcess(before), await compileProcess(after));
  return Object.fromEntries(rows.map((row) => [row.from, `${row.basis} ${row.to ?? '-'}`]));
};

it('the same id and kind of wait is the same step', async () => {
  const drawing = diagram(start(), named('a', 'Kontrola'), service('b'), end(), path('s', 'a', 'b', 'e'));
  expect(await planOf(drawing, drawing)).toEqual({ a: 'same a', b: 'same b' });
});

it('a renamed step is found by its name, form and neighbours, and marked for checking', async () => {
  expect(
    await planOf(
      diagram(start(), named('Activity_1', 'Kontrola podání'), named('b', 'Podpis', 'podpis'), end(), path('s', 'Activity_1', 'b', 'e')),
      diagram(start(), named('Activity_9', 'Kontrola podání'), named('b', 'Podpis', 'podpis'), end(), path('s', 'Activity_9', 'b', 'e')),
    ),
  ).toEqual({ Activity_1: 'guess Activity_9', b: 'same b' });
});

it('a step whose kind has changed has no target, even under the same id', async () => {
  expect(
    await planOf(diagram(start(), task('a'), end(), path('s', 'a', 'e')), diagram(start(), service('a'), end(), path('s', 'a', 'e'))),
  ).toEqual({ a: 'none -' });
});

it('two steps never get one target', async () => {
  const plan = await planOf(
    diagram(start(), named('a', 'Kontrola'), named('b', 'Kontrola'), end(), path('s', 'a', 'b', 'e')),
    diagram(start(), named('c', 'Kontrola'), end(), path('s', 'c', 'e')),
  );
  expect(Object.values(plan).sort()).toEqual(['guess c', 'none -']);
});

it('what lies in a sub-process goes with it, and a boundary event with its step', async () => {
  const drawing = (sub: string, inner: string, clock: string): string =>
    diagram(
      start(),
      `<bpmn:subProcess id="${sub}" name="Přezkum">${[start('s2'), named(inner, 'Posouzení'), end('e2'), path('s2', inner, 'e2')].join('')}</bpmn:subProcess>`,
      boundary(clock, sub, timer('timeDuration', 'P1D'), 'name="Den"'),
      end('pozde'),
      path(clock, 'pozde'),
      end(),
      path('s', sub, 'e'),
    );
  expect(await planOf(drawing('x', 'y', 'z'), drawing('p', 'q', 'r'))).toEqual({ x: 'guess p', y: 'guess q', z: 'guess r' });
});

it('a step that moved into a sub-process is not the same one', async () => {
  expect(
    await planOf(
      diagram(start(), task('a'), end(), path('s', 'a', 'e')),
      diagram(start(), subProcess('x', start('s2'), task('a'), end('e2'), path('s2', 'a', 'e2')), end(), path('s', 'x', 'e')),
    ),
  ).toEqual({ a: 'none -' });
});

// States that are more than one token: several instances of a step, and finished work that can still be undone.
import { expect, it } from 'vitest';
import { boundary, diagram, end, flow, path, start, task } from '../diagrams.ts';
import { twoVersions } from './two-versions.ts';

const instances = (isSequential: boolean, after: string, extra = ''): string =>
  diagram(
    start(),
    `<bpmn:userTask id="posudek" name="Posudek" spis:role="clerk"><bpmn:multiInstanceLoopCharacteristics isSequential="${isSequential}"><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
    task(after),
    end(),
    path('s', 'posudek', after, 'e'),
    extra,
  );

it('parallel instances go over together, and what is done stays done', async () => {
  const town = await twoVersions(instances(false, 'a'), instances(false, 'b'));
  await town.complete('posudek');
  const before = (await town.waits()).map((wait) => wait.executionId);
  await town.goOver();
  expect((await town.waits()).map((wait) => wait.executionId)).toEqual(before);
  await town.complete('posudek');
  await town.complete('posudek');
  expect(await town.waiting()).toEqual(['task b']);
});

it('a step whose instances came all at once cannot become one after another', async () => {
  const town = await twoVersions(instances(false, 'a'), instances(true, 'a'));
  expect(await town.migrate()).toMatchObject({ verdict: 'impossible', reasons: [{ code: 'loop-differs', elementId: 'posudek' }] });
});

const undoing = (handler: string, after: string): string =>
  diagram(
    start(),
    task('rezervace'),
    boundary('zrusit', 'rezervace', '<bpmn:compensateEventDefinition/>'),
    `<bpmn:userTask id="${handler}" name="Zrušit rezervaci" spis:role="clerk" isForCompensation="true"/>`,
    `<bpmn:association id="k" sourceRef="zrusit" targetRef="${handler}"/>`,
    task(after),
    `<bpmn:endEvent id="vratit"><bpmn:compensateEventDefinition/></bpmn:endEvent>`,
    path('s', 'rezervace', after),
    flow(after, 'vratit'),
  );

it('finished work is undone by the new drawing', async () => {
  const town = await twoVersions(undoing('zruseni', 'platba'), undoing('zruseni', 'uhrada'));
  await town.complete('rezervace');
  await town.goOver({ platba: { to: 'uhrada', how: 'keep' } });
  await town.complete('uhrada');
  expect(await town.waiting()).toEqual(['task zruseni']);
});

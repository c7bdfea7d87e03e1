// A step that the new drawing has no more: its token begins anew at the step that the plan names.
import { expect, it } from 'vitest';
import { diagram, end, path, service, start, task } from '../diagrams.ts';
import { twoVersions } from './two-versions.ts';

const one = diagram(start(), task('kontrola'), end('e', '', 'spis:outcome="done"'), path('s', 'kontrola', 'e'));

it('a task that is gone begins anew at the step that the plan names', async () => {
  const town = await twoVersions(one, diagram(start(), service('posli'), task('konec'), end(), path('s', 'posli', 'konec', 'e')));
  const verdict = await town.goOver({ kontrola: { to: 'posli', how: 'restart' } });
  expect(verdict.changes).toEqual([{ kind: 'restarted', from: 'kontrola', to: 'posli' }]);
  expect(await town.waiting()).toEqual(['effect posli']);
  await town.complete('posli');
  expect(await town.waiting()).toEqual(['task konec']);
});

// A called process gives back what it has written, and nothing that was changed outside while it ran.
import { describe, expect, it } from 'vitest';
import { diagram, end, flow, gateway, newCase, path, script, start, task } from './diagrams.ts';

const called = `</bpmn:process><bpmn:process id="dotaz" isExecutable="false">${start('ds')}${task('uvnitr')}${script('zapsat', '"ano"', 'spis:result="nazor"')}${end('de')}${path('ds', 'uvnitr', 'zapsat', 'de')}`;
const model = diagram(
  start(),
  gateway('parallel', 'rozdel'),
  '<bpmn:callActivity id="volat" calledElement="dotaz"/>',
  task('venku'),
  script('zmenit', 'n + 1', 'spis:result="n"'),
  gateway('parallel', 'spoj'),
  end(),
  path('s', 'rozdel', 'volat', 'spoj', 'e'),
  flow('rozdel', 'venku'),
  path('venku', 'zmenit', 'spoj'),
  called,
);

describe('a call activity without mappings', () => {
  it('keeps what a parallel branch wrote while the called process ran', async () => {
    const running = await newCase(model, { n: 0 });
    await running.complete('venku');
    await running.complete('uvnitr');

    expect(running.result().variables).toMatchObject({ n: 1, nazor: 'ano' });
    expect(running.result().ended).toBeDefined();
  });
});

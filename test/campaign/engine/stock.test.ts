// Where stock bpmn-engine is right, ours must not differ: the same plain models in both, the same elements completed.
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import { describe, expect, test } from 'vitest';
import { compileDecisions } from '../../../server/engine/compile-decisions.ts';
import { NOTHING_ASKED } from '../../../server/engine/world/request.ts';
import { traceModel } from '../../../server/engine/world/trace-model.ts';
import {
  and,
  boundary,
  end,
  error,
  flows,
  link,
  one,
  start,
  sub,
  task,
  terminate,
  throwing,
  xor,
  catching,
} from '../../engine/conformance/drawing.ts';

const models: readonly (readonly [string, string])[] = [
  ['a line of tasks', one(start(), task('a'), task('b'), end(), flows('s a b e'))],
  ['a parallel split and join', one(start(), and('x'), task('a'), task('b'), and('j'), end(), flows('s x a j e', 'x b j'))],
  [
    'two splits within each other',
    one(start(), and('x'), and('y'), task('a'), task('b'), task('c'), and('k'), and('j'), end(), flows('s x y a k j e', 'y b k', 'x c j')),
  ],
  ['a default flow', one(start(), xor('x', 'a'), task('a'), end(), flows('s x a e'))],
  ['a sub-process', one(start(), sub('p', start('ps'), task('a'), end('pe'), flows('ps a pe')), end(), flows('s p e'))],
  [
    'sub-processes within each other',
    one(
      start(),
      sub('p', start('ps'), sub('q', start('qs'), task('a'), end('qe'), flows('qs a qe')), end('pe'), flows('ps q pe')),
      end(),
      flows('s p e'),
    ),
  ],
  ['a link', one(start(), throwing('a', link('L')), catching('b', link('L')), end(), flows('s a', 'b e'))],
  ['an intermediate event without a trigger', one(start(), throwing('i'), end(), flows('s i e'))],
  [
    'an error caught at a sub-process',
    one(
      start(),
      sub('p', start('ps'), end('pe', error('X')), flows('ps pe')),
      boundary('b', 'p', error('X')),
      task('h'),
      end(),
      end('n'),
      flows('s p e', 'b h n'),
    ),
  ],
  ['two ends', one(start(), and('x'), task('a'), end('e'), end('f'), flows('s x a e', 'x f'))],
  ['terminating after the work', one(start(), task('a'), end('k', terminate), flows('s a k'))],
];

async function ofStock(xml: string): Promise<readonly string[]> {
  const left: string[] = [];
  const engine = new Engine({ name: 'stock', source: xml });
  const listener = new EventEmitter();
  listener.on('activity.end', (activity: { readonly id: string }) => left.push(activity.id));
  const done = engine.waitFor('end');
  await engine.execute({ listener: listener as never });
  await done;
  return left.filter((id) => id !== 'P').sort();
}

async function ofOurs(xml: string): Promise<readonly string[]> {
  const told = await traceModel(
    xml,
    { ...NOTHING_ASKED, bare: true },
    { decisions: () => compileDecisions({}), isTimeUp: () => false, found: () => undefined },
  );
  expect(told).toMatchObject({ answer: { status: 'ended' } });
  return told.usage === undefined ? (told.answer.trace ?? []).map(({ id }) => id).sort() : [];
}

describe('where stock bpmn-engine is right', () => {
  test.each(models)('%s completes the same elements', async (_name, xml) => {
    expect(await ofOurs(xml)).toEqual(await ofStock(xml));
  });
});

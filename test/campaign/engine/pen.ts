// Draws a block as plain BPMN. Ids count up, so the reference can name the same elements by walking the block in the same order.
import {
  after,
  and,
  beside,
  boundary,
  call,
  catching,
  compensation,
  element,
  end,
  error,
  eventSub,
  events,
  every,
  file,
  flows,
  link,
  loop,
  message,
  or,
  process,
  script,
  service,
  signal,
  start,
  sub,
  task,
  throwing,
  times,
  undoes,
  user,
  xor,
} from '../../engine/conformance/drawing.ts';
import { isTaken, roundsOf } from './blocks.ts';
import type { Block, Container, Leaf } from './blocks.ts';

interface Drawing {
  readonly xml: string;
  readonly first: string;
  readonly last: string;
}

interface Page {
  count: number;
  /** Counters of loops not yet declared: they belong to the innermost sub-process, for its instances count apart. */
  counters: string[];
  /** Called processes, drawn beside the main one. */
  readonly beside: string[];
}

export function draw(block: Block): string {
  const page: Page = { count: 0, counters: [], beside: [] };
  const inner = drawBlock(page, block);
  return file(...page.beside, process('P', start(), inner.xml, end(), flows(`s ${inner.first}`, `${inner.last} e`)));
}

function drawBlock(page: Page, block: Block): Drawing {
  page.count += 1;
  const id = `n${page.count}`;
  return 'inside' in block ? containers[block.kind](page, id, block.inside, block.choice) : leaves[block.kind](id);
}

const single = (id: string, xml: string): Drawing => ({ xml, first: id, last: id });
const through = (id: string, ...parts: readonly string[]): Drawing => ({ xml: parts.join('\n'), first: id, last: `${id}o` });

const leaves: Readonly<Record<Leaf, (id: string) => Drawing>> = {
  task: (id) => single(id, task(id)),
  user: (id) => single(id, user(id)),
  service: (id) => single(id, service(id)),
  script: (id) => single(id, script(id, 'n + 1', 'n')),
  timer: (id) => single(id, catching(id, after('PT3H'))),
  message: (id) => single(id, catching(id, message('m'))),
  throwing: (id) => single(id, throwing(id, message('away'))),
  signal: (id) => single(id, catching(id, signal('g'))),
  guarded: (id) =>
    through(
      id,
      user(id),
      boundary(`${id}t`, id, after('PT5H')),
      beside(`${id}r`, id, every('R2/PT1H')),
      beside(`${id}m`, id, message('m')),
      task(`${id}u`),
      end(`${id}e`),
      xor(`${id}o`),
      flows(`${id} ${id}o`, `${id}t ${id}o`, `${id}r ${id}u ${id}e`, `${id}m ${id}u`),
    ),
  watched: (id) =>
    through(
      id,
      user(id),
      beside(`${id}g`, id, signal('g')),
      user(`${id}u`),
      end(`${id}e`),
      boundary(`${id}m`, id, message('m') + after('PT9H')),
      xor(`${id}o`),
      flows(`${id} ${id}o`, `${id}m ${id}o`, `${id}g ${id}u ${id}e`),
    ),
  race: (id) =>
    through(
      id,
      events(id),
      catching(`${id}m`, message('m')),
      catching(`${id}t`, after('PT4H')),
      catching(`${id}g`, signal('g')),
      xor(`${id}o`),
      flows(`${id} ${id}m ${id}o`, `${id} ${id}t ${id}o`, `${id} ${id}g ${id}o`),
    ),
  refusable: (id) => through(id, service(id), boundary(`${id}x`, id, error('X')), xor(`${id}o`), flows(`${id} ${id}o`, `${id}x ${id}o`)),
  repeated: (id) => single(id, task(id, loop('loopCounter < 2'))),
  users: (id) => single(id, user(id, times('2'))),
  linked: (id) => ({ xml: throwing(id, link(id)) + catching(`${id}o`, link(id)), first: id, last: `${id}o` }),
};

type DrawContainer = (page: Page, id: string, inside: readonly Block[], choice: number) => Drawing;

const containers: Readonly<Record<Container, DrawContainer>> = {
  sequence: (page, _id, inside) => inRow(page, inside),
  parallel: (page, id, inside) => {
    const parts = inside.map((block) => drawBlock(page, block));
    return through(id, and(id), and(`${id}o`), ...parts.map(({ xml }) => xml), ...parts.map((part) => branch(id, part)));
  },
  exclusive: (page, id, inside, choice) => choosing(page, id, inside, (index) => index === choice % inside.length, xor),
  inclusive: (page, id, inside, choice) => choosing(page, id, inside, (index) => isTaken(choice, index, inside.length), or),
  loop: (page, id, inside, choice) => {
    const inner = inRow(page, inside);
    page.counters.push(`${id}n`);
    return through(
      `${id}z`,
      script(`${id}z`, '0', `${id}n`),
      xor(id),
      inner.xml,
      script(`${id}s`, `${id}n + 1`, `${id}n`),
      xor(`${id}x`, `${id}zo`),
      xor(`${id}zo`),
      flows(`${id}z ${id} ${inner.first}`, `${inner.last} ${id}s ${id}x [${id}n < ${roundsOf(choice)}] ${id}`, `${id}x ${id}zo`),
    );
  },
  sub: (page, id, inside) => single(id, sub(id, contents(page, id, inside))),
  failing: (page, id, inside, choice) => {
    const inner = inRow(page, inside);
    const ends = choice % 2 === 0 ? end(`${id}e`, error('X')) : end(`${id}e`);
    return through(
      id,
      sub(id, start(`${id}s`), inner.xml, ends, flows(`${id}s ${inner.first}`, `${inner.last} ${id}e`)),
      boundary(`${id}x`, id, error('X')),
      task(`${id}h`),
      xor(`${id}o`),
      flows(`${id} ${id}o`, `${id}x ${id}h ${id}o`),
    );
  },
  timed: (page, id, inside) =>
    through(
      id,
      sub(id, contents(page, id, inside)),
      boundary(`${id}t`, id, after('PT7H')),
      xor(`${id}o`),
      flows(`${id} ${id}o`, `${id}t ${id}o`),
    ),
  listening: (page, id, inside, choice) =>
    single(
      id,
      sub(
        id,
        contents(page, id, inside),
        eventSub(
          `${id}v`,
          start(`${id}w`, message('m'), choice % 2 === 0 ? 'isInterrupting="false"' : ''),
          user(`${id}y`),
          end(`${id}f`),
          flows(`${id}w ${id}y ${id}f`),
        ),
      ),
    ),
  each: (page, id, inside, choice) =>
    single(id, element('subProcess', id, times(String(roundsOf(choice)), 'isSequential="true"') + contents(page, id, inside))),
  every: (page, id, inside, choice) => single(id, element('subProcess', id, times(String(roundsOf(choice))) + contents(page, id, inside))),
  call: (page, id, inside) => {
    page.beside.push(process(`${id}p`, contents(page, id, inside)).replace('isExecutable="true"', 'isExecutable="false"'));
    return single(id, call(id, `${id}p`));
  },
  undone: (page, id, inside) => {
    const inner = inRow(page, inside);
    return through(
      id,
      task(id),
      undoes(`${id}u`, `${id}b`, id),
      user(`${id}k`),
      undoes(`${id}v`, `${id}c`, `${id}k`),
      inner.xml,
      throwing(`${id}o`, compensation(id)),
      flows(`${id} ${id}k ${inner.first}`, `${inner.last} ${id}o`),
    );
  },
};

function contents(page: Page, id: string, inside: readonly Block[]): string {
  const around = page.counters;
  page.counters = [];
  const inner = inRow(page, inside);
  const counters = page.counters.map((name) => element('dataObject', name, '', `name="${name}"`));
  page.counters = around;
  return counters.join('') + start(`${id}s`) + inner.xml + end(`${id}e`) + flows(`${id}s ${inner.first}`, `${inner.last} ${id}e`);
}

function inRow(page: Page, inside: readonly Block[]): Drawing {
  const parts = inside.map((block) => drawBlock(page, block));
  const joints = parts.slice(1).map((part, index) => flows(`${parts[index]?.last ?? ''} ${part.first}`));
  return { xml: [...parts.map(({ xml }) => xml), ...joints].join('\n'), first: parts[0]?.first ?? '', last: parts.at(-1)?.last ?? '' };
}

function choosing(
  page: Page,
  id: string,
  inside: readonly Block[],
  isOpen: (index: number) => boolean,
  gateway: (id: string, standard?: string) => string,
): Drawing {
  const parts = inside.map((block) => drawBlock(page, block));
  const ways = parts.map((part, index) => branch(id, part, isOpen(index) ? 'true' : 'false'));
  // The default goes round all branches; it is never taken, for one of them is always open.
  const bypass = flows(`${id} ${id}o`);
  return through(id, gateway(id, `${id}o`), gateway(`${id}o`), ...parts.map(({ xml }) => xml), ...ways, bypass);
}

function branch(id: string, part: Drawing, condition?: string): string {
  return flows(`${id} ${condition === undefined ? '' : `[${condition}] `}${part.first}`, `${part.last} ${id}o`);
}

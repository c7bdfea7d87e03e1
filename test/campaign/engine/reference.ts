// A second opinion, deliberately simple and without a line of the engine: what a block must do, as the pattern of all orders of completion that
// BPMN allows. Only for blocks without time, messages from outside and boundary events that may fire or not.
import { isTaken, roundsOf } from './blocks.ts';
import type { Block, Container, Leaf } from './blocks.ts';

/** The pattern of the whole model the pen draws, see trace-pattern.ts. */
export function expectedTrace(block: Block): string {
  return `s ${name({ count: 0 }, block)} e`;
}

interface Counter {
  count: number;
}

function name(counter: Counter, block: Block): string {
  counter.count += 1;
  const id = `n${counter.count}`;
  if (!('inside' in block)) return leafTrace(id, block.kind);
  const inside = block.inside.map((inner) => name(counter, inner));
  return containerTrace(id, block.kind, inside, block.choice);
}

function leafTrace(id: string, kind: Leaf): string {
  switch (kind) {
    case 'repeated':
      return `${id} ${id} ${id}*`;
    case 'users':
      return `${id} ${id} ${id}*`;
    case 'linked':
      return `${id} ${id}o`;
    case 'task':
    case 'user':
    case 'service':
    case 'script':
    case 'throwing':
      return id;
    default:
      throw new Error(`the reference does not know ${kind}`);
  }
}

function containerTrace(id: string, kind: Container, inside: readonly string[], choice: number): string {
  const row = inside.join(' ');
  const scope = `${id}s ${row} ${id}e`;
  switch (kind) {
    case 'sequence':
      return row;
    case 'parallel':
      return `${id} {${inside.join(' | ')}} ${id}o`;
    case 'exclusive':
      return `${id} ${inside[choice % inside.length] ?? ''} ${id}o`;
    case 'inclusive':
      return `${id} {${inside.filter((_, index) => isTaken(choice, index, inside.length)).join(' | ')}} ${id}o`;
    case 'loop':
      return `${id}z ${`${id} ${row} ${id}s ${id}x `.repeat(roundsOf(choice))}${id}zo`;
    case 'sub':
    case 'call':
      return `${scope} ${id}`;
    case 'failing':
      return choice % 2 === 0 ? `${scope} ${id}x ${id}h ${id}o` : `${scope} ${id} ${id}o`;
    case 'each':
      return `${`${scope} ${id} `.repeat(roundsOf(choice))}${id}*`;
    case 'every':
      return `{${Array.from({ length: roundsOf(choice) }, () => `${scope} ${id}`).join(' | ')}} ${id}*`;
    default:
      throw new Error(`the reference does not know ${kind}`);
  }
}

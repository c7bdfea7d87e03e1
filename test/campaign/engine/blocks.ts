// Block-structured models as data: what the generator makes, the pen draws and the reference reads. Every block has one way in and one way out.
import fc from 'fast-check';

export type Leaf =
  | 'task'
  | 'user'
  | 'service'
  | 'script'
  | 'timer'
  | 'message'
  | 'throwing'
  | 'signal'
  | 'guarded'
  | 'watched'
  | 'race'
  | 'refusable'
  | 'repeated'
  | 'users'
  | 'linked';

export type Container =
  | 'sequence'
  | 'parallel'
  | 'exclusive'
  | 'inclusive'
  | 'loop'
  | 'sub'
  | 'failing'
  | 'timed'
  | 'listening'
  | 'each'
  | 'every'
  | 'call'
  | 'undone';

export type Block =
  | { readonly kind: Leaf }
  /** `choice` decides which branches are taken, how often a loop runs and how many instances there are. */
  | { readonly kind: Container; readonly inside: readonly Block[]; readonly choice: number };

export const leaves: readonly Leaf[] = [
  'task',
  'user',
  'service',
  'script',
  'timer',
  'message',
  'throwing',
  'signal',
  'guarded',
  'watched',
  'race',
  'refusable',
  'repeated',
  'users',
  'linked',
];
/** What ends without time, messages or errors: the reference knows exactly what it does. */
export const plainLeaves: readonly Leaf[] = ['task', 'user', 'service', 'script', 'repeated', 'users', 'linked', 'throwing'];
export const containers: readonly Container[] = [
  'sequence',
  'parallel',
  'exclusive',
  'inclusive',
  'loop',
  'sub',
  'failing',
  'timed',
  'listening',
  'each',
  'every',
  'call',
  'undone',
];
export const plainContainers: readonly Container[] = [
  'sequence',
  'parallel',
  'exclusive',
  'inclusive',
  'loop',
  'sub',
  'failing',
  'each',
  'every',
  'call',
];

const MAX_ELEMENTS = 40;

/** Blocks at most four deep and forty elements large. */
export function blocks(ends: readonly Leaf[], insides: readonly Container[]): fc.Arbitrary<Block> {
  const leaf: fc.Arbitrary<Block> = fc.record({ kind: fc.constantFrom(...ends) });
  const around = (inner: fc.Arbitrary<Block>): fc.Arbitrary<Block> =>
    fc.oneof(
      { weight: 1, arbitrary: leaf },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom(...insides),
          inside: fc.array(inner, { minLength: 1, maxLength: 3 }),
          choice: fc.nat({ max: 7 }),
        }),
      },
    );
  return around(around(around(leaf))).filter((block) => sizeOf(block) <= MAX_ELEMENTS);
}

const SIZES: Readonly<Partial<Record<Leaf | Container, number>>> = {
  guarded: 7,
  watched: 6,
  race: 5,
  refusable: 3,
  linked: 2,
  sequence: 0,
  loop: 5,
  sub: 3,
  failing: 6,
  timed: 5,
  listening: 6,
  each: 3,
  every: 3,
  call: 3,
  undone: 6,
  parallel: 2,
  exclusive: 2,
  inclusive: 2,
};

/** Flow nodes the pen draws for a block. */
export function sizeOf(block: Block): number {
  const own = SIZES[block.kind] ?? 1;
  return 'inside' in block ? own + block.inside.reduce((sum, inner) => sum + sizeOf(inner), 0) : own;
}

/** Branches of a split that are taken: at least one. */
export function isTaken(choice: number, index: number, of: number): boolean {
  return index === choice % of || ((choice >> index) & 1) === 1;
}

/** Rounds of a loop, or instances. */
export const roundsOf = (choice: number): number => 1 + (choice % 3);

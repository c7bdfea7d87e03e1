// What can be measured, by name.
import type { Figure } from './figures.ts';
import { measureAddresses } from './addresses.ts';
import { measureCorridor, type Place } from './corridor.ts';
import { measureEngine } from './engine.ts';
import { measureJanuary } from './january.ts';
import { measureLint } from './lint.ts';
import { measurePeers } from './peers.ts';
import { measureCommits } from './postgres.ts';
import { measureStorage } from './storage.ts';
import { measureTimers } from './timers.ts';

/** Numbers as they were typed. */
interface Sizes {
  readonly addresses: string;
  readonly cases: string;
  readonly duties: string;
  readonly timers: string;
}
export const partsOf = (options: Sizes): Readonly<Record<string, (place: Place) => Promise<readonly Figure[]>>> => ({
  commits: async ({ ownerUrl }) => [await measureCommits(ownerUrl, { connections: 16, milliseconds: 4_000 })],
  engine: () => measureEngine(1_000),
  lint: () => measureLint(),
  corridor: measureCorridor,
  peers: measurePeers,
  timers: (place) => measureTimers(place, Number(options.timers)),
  storage: (place) => measureStorage(place, Number(options.cases)),
  january: (place) => measureJanuary(place, Number(options.duties)),
  addresses: (place) => measureAddresses(place, Number(options.addresses)),
});

// The campaign: stories go on without a pause while the town is killed at one named point after another, and is started again each time.
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningTown } from '../setup/town.ts';
import { registerDog, type Door, type Way } from './dog-story.ts';
import { citizen, commandId, officer, Refused, type Person } from './people.ts';

const COMMANDS = [
  'start-case',
  'complete-task',
  'record-answer',
  'receive-message',
  'begin-card-payment',
  'keep-upload',
  'publish-situation',
  'wake',
];
/** Every named point of the town's story; `wake` is last, because it moves the clock. */
export const points: readonly string[] = [
  'head-signed',
  'claimed:isds.send',
  'performed:isds.send',
  'recorded:isds.send',
  'rendered',
  'document-kept',
  'claimed:mail.send',
  'performed:mail.send',
  'recorded:mail.send',
  'polled:isds',
  'kept:isds',
  'processing:data-box-message',
  'processed:data-box-message',
  'polled:bank',
  'kept:bank',
  'processing:bank-statement',
  'performed:bank-item',
  'processed:statement',
  'processed:bank-statement',
  'processing:money-event',
  'processed:money-event',
  'claimed:gopay.create',
  'performed:gopay.create',
  'recorded:gopay.create',
  'gateway-asked',
  'gateway-kept',
  'processing:card-payment',
  'processed:card-payment',
  ...COMMANDS.flatMap((name) => [`before-commit:${name}`, `after-commit:${name}`]),
];

/** A named point (with `#n`: at the n-th time), or milliseconds after the start. */
export type Crash = string | number;
export interface Cast {
  readonly citizens: readonly Person[];
  readonly clerk: Person;
  readonly analyst: Person;
}
export interface Outcome {
  readonly closed: readonly string[];
  readonly reached: readonly string[];
  readonly missed: readonly string[];
}

const KEYS = ['jana-novotna', 'zdenek-rehor', 'marketa-sediva'];
const WAYS: readonly Way[] = [
  { pays: 'bank', attaches: true, isIncomplete: false },
  { pays: 'card', attaches: false, isIncomplete: false },
  { pays: 'bank', attaches: false, isIncomplete: true },
  { pays: 'card', attaches: true, isIncomplete: true },
];
/** A point that is not reached in this time is not on the way of the story: a fault of the campaign. */
const REACH_MS = 45_000;

/** Logged in before anybody dies and the clock moves: logins have tests of their own. */
export async function gather(town: RunningTown): Promise<Cast> {
  const citizens: Person[] = [];
  for (const key of KEYS) citizens.push(await citizen(town.url, key));
  return { citizens, clerk: await officer(town.url, 'u-hana-vlckova'), analyst: await officer(town.url, 'u-petr-dvoracek') };
}

/** Kills the town at each of `crashes` in turn while people go on; then lets all stories end. */
export async function runCampaign(town: RunningTown, cast: Cast, crashes: Iterable<Crash>, note: (line: string) => void): Promise<Outcome> {
  const door: Door = { shut: false };
  const closed: string[] = [];
  const reached: string[] = [];
  const missed: string[] = [];
  let over = false;
  const storytelling = cast.citizens.map(async (person, index) => {
    for (let turn = index; !over; turn += 1)
      closed.push(await registerDog({ town, citizen: person, clerk: cast.clerk, door }, WAYS[turn % WAYS.length] as Way));
  });
  const failed = Promise.all(storytelling).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  let publishing: Promise<Error | undefined> | undefined;
  for (const crash of crashes) {
    const since = Date.now();
    const point = typeof crash === 'string' ? crash : `${crash} ms`;
    // A new head is due once an hour, and looked for at the start.
    if (point === 'head-signed') await town.world('POST', '/clock', { hours: 2 });
    await town.kill('SIGKILL');
    await town.startAgain(typeof crash === 'string' ? { CRASH_AT: crash } : {});
    door.shut = point.endsWith(':wake');
    if (point.endsWith(':publish-situation')) {
      // The first one is still being insisted on when the second point is armed, and will reach it.
      publishing ??= publish(cast.analyst).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
    }
    const hasDied = typeof crash === 'number' ? await pause(crash, true) : await died(town, door, failed);
    (hasDied ? reached : missed).push(point);
    door.shut = false;
    note(
      `${point}: ${hasDied ? 'died' : 'not reached'} after ${((Date.now() - since) / 1000).toFixed(1)} s, ${closed.length} cases closed`,
    );
    const error = await Promise.race([failed, Promise.resolve(undefined)]);
    if (error) throw error;
  }
  over = true;
  await town.kill('SIGKILL');
  await town.startAgain();
  const error = await failed;
  if (error) throw error;
  const unpublished = await publishing;
  if (unpublished) throw unpublished;
  return { closed, reached, missed };
}

/** Waits for the death; where only time can bring it, time is moved by sixteen days. */
async function died(town: RunningTown, door: Door, failed: Promise<Error | undefined>): Promise<boolean> {
  const end = Date.now() + REACH_MS;
  let isOver = false;
  void failed.then((error) => {
    isOver = error !== undefined;
  });
  for (let looks = 1; Date.now() < end && !town.ended() && !isOver; looks += 1) {
    await pause(100);
    if (door.shut && looks % 40 === 0) await town.world('POST', '/clock', { days: 16 }).catch(() => undefined);
  }
  return town.ended();
}

/** The analyst changes a word and publishes. When the answer to the saved draft was lost, he reads it again and goes on from there. */
async function publish(analyst: Person): Promise<void> {
  const base = '/urad/api/situations/prihlaseni-psa';
  for (let tries = 0; ; tries += 1) {
    try {
      const draft = await analyst.get<{ readonly files: Readonly<Record<string, string>>; readonly revision: number }>(`${base}/draft`);
      const files = {
        ...draft.files,
        'texts/sluzba.cs.md': `${draft.files['texts/sluzba.cs.md'] ?? ''}\nUpřesněno ${new Date().toISOString()}.\n`,
      };
      const saved = await analyst.send<{ readonly revision: number }>('PUT', `${base}/draft`, { files, revision: draft.revision });
      await analyst.send('POST', `${base}/publish`, { commandId: commandId(), revision: saved.revision, note: 'Upřesnění' });
      return;
    } catch (error) {
      if (!(error instanceof Refused) || tries > 3) throw error;
    }
  }
}

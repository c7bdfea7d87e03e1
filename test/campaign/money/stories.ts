// Stories in several lanes, each with towns, connections and a seed of its own. The first fault ends all of them.
import fc from 'fast-check';
import { Client } from 'pg';
import { openDatabase } from '../../../server/store/database.ts';
import { story } from '../../books/commands.ts';
import { tellStory } from '../../books/tell-story.ts';

export interface Campaign {
  readonly appUrl: string;
  /** As a role that sees every town. */
  readonly everythingUrl: string;
  readonly seed: number;
  readonly lanes: number;
  /** `SEED:PATH` of one story to be told again. */
  readonly replay?: string;
  readonly isOver: (steps: number) => boolean;
  readonly say: (line: string) => void;
}
export interface Outcome {
  steps: number;
  stories: number;
  seconds: number;
  fault: string | undefined;
}

const BATCH = 25;
const LENGTH = { min: 1, max: 60 };
/** Also for making a fault smaller; what is left of a batch is not told. */
const BATCH_MS = 120_000;
const SAY_EVERY_MS = 10_000;

export async function runStories(campaign: Campaign): Promise<Outcome> {
  const outcome: Outcome = { steps: 0, stories: 0, seconds: 0, fault: undefined };
  const started = Date.now();
  const db = openDatabase(campaign.appUrl, campaign.lanes * 2);
  const towns = { last: 0 };
  const faulty: { lane?: number } = {};
  const telling = setInterval(() => {
    campaign.say(`${outcome.steps} steps, ${outcome.stories} stories, ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }, SAY_EVERY_MS);
  const lane = async (number: number): Promise<void> => {
    const admin = new Client({ connectionString: campaign.everythingUrl });
    const walled = new Client({ connectionString: campaign.appUrl });
    await Promise.all([admin.connect(), walled.connect()]);
    const tell = async (draws: Parameters<typeof tellStory>[2]): Promise<void> => {
      if (faulty.lane !== undefined && faulty.lane !== number) return;
      try {
        outcome.steps += await tellStory({ db, admin, walled }, (towns.last += 1), draws);
        outcome.stories += 1;
      } catch (error) {
        if (faulty.lane === undefined) campaign.say(`found, now it is made smaller: ${(error as Error).message}`);
        faulty.lane ??= number;
        throw error;
      }
    };
    const property = fc.asyncProperty(story(LENGTH), tell);
    for (let batch = 0; faulty.lane === undefined && (batch === 0 || !campaign.isOver(outcome.steps)); batch += 1) {
      const own = campaign.seed + batch * campaign.lanes + number;
      const details = await fc.check(property, {
        numRuns: BATCH,
        seed: own,
        interruptAfterTimeLimit: BATCH_MS,
        ...replayed(campaign.replay),
      });
      if (details.failed) outcome.fault ??= report(details);
      if (campaign.replay !== undefined) break;
    }
    await Promise.all([admin.end(), walled.end()]);
  };
  await Promise.all(Array.from({ length: campaign.replay === undefined ? campaign.lanes : 1 }, (_, number) => lane(number)));
  clearInterval(telling);
  await db.close();
  outcome.seconds = (Date.now() - started) / 1000;
  return outcome;
}

function replayed(replay: string | undefined): { readonly seed?: number; readonly path?: string; readonly endOnFailure?: boolean } {
  if (replay === undefined) return {};
  const [seed = '', ...path] = replay.split(':');
  return path.length > 0 ? { seed: Number(seed), path: path.join(':'), endOnFailure: true } : { seed: Number(seed) };
}

function report(details: fc.RunDetails<[Parameters<typeof tellStory>[2]]>): string {
  const why = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  return [
    `FAULT, shrunk ${details.numShrinks} times: ${why}`,
    `story: ${JSON.stringify(details.counterexample?.[0])}`,
    `again: npm run campaign:money -- --replay ${details.seed}:${details.counterexamplePath ?? ''}`,
  ].join('\n');
}

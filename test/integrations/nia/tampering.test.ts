// A response changed anywhere, in any way, is either refused by a rule or means exactly what was signed. It never crashes.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { NiaRefused } from '../../../server/integrations/nia/refusal.ts';
import { expected, posted, signedResponse, theParties } from './a-response.ts';
import type { Parties } from './a-response.ts';

let parties: Parties;
let good: string;
beforeAll(async () => {
  parties = await theParties();
  good = await signedResponse(parties);
});

describe('a response of NIA', () => {
  test('changed in one place is never read as something else', async () => {
    const original = await parties.login.finish(posted(good), expected());
    const change = fc.record({
      at: fc.nat({ max: good.length - 1 }),
      remove: fc.nat({ max: 40 }),
      insert: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('<a/>', '<!---->', '<?x?>', '&#65;', '"', '>', ' ID="_response1"')),
    });

    await fc.assert(
      fc.asyncProperty(change, async ({ at, remove, insert }) => {
        const bent = good.slice(0, at) + insert + good.slice(at + remove);
        const outcome: unknown = await parties.login.finish(posted(bent), expected()).catch((error: unknown) => error);
        if (!(outcome instanceof NiaRefused)) expect(outcome).toEqual(original);
      }),
      { numRuns: 400 },
    );
  });
});

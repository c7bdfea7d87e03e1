// Letters on paper: no machine posts them, so the effect is put before people and never performed by a worker.
import { expect, test } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Effect } from '../../../server/integrations/connector.ts';
import { createPostConnector } from '../../../server/integrations/post/index.ts';

const connector = createPostConnector();
const document = '01890a5d-ac96-774b-bcce-b302099a8057';

function print(): Effect {
  const effect = connector.effects['post.print'];
  if (!effect) throw new Error('post.print is missing');
  return effect;
}

test('a letter is carried out by people: a worker that tried it all the same would be told so, and not try again', async () => {
  expect(print().byHand).toBe(true);
  expect(print().find).toBe(undefined);
  const failure: unknown = await Promise.resolve(print().perform('case-1/step-1', { documents: [document] }, [])).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(OutsideFailure);
  expect(failure).toMatchObject({ code: 'by-hand', retryable: false });
});

test('only documents of the file can be printed, and at least one', () => {
  expect(() => print().input.parse({ documents: ['../../etc/passwd'] })).toThrow();
  expect(() => print().input.parse({ documents: [] })).toThrow();
  const letter = { documents: [document], personalDelivery: true, why: 'Schránka příjemce je znepřístupněna (1204).' };
  expect(print().input.parse(letter)).toEqual(letter);
});

test('the connector has nothing to reach and is always ready', async () => {
  expect(await connector.check()).toMatchObject({ ok: true });
});

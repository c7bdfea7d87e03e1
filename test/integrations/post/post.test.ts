// Letters on paper: no machine posts them, so the effect stops with a request to an officer and ends by his word.
import { expect, test } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import type { Effect } from '../../../server/integrations/connector.ts';
import { createPostConnector } from '../../../server/integrations/post/index.ts';

const connector = createPostConnector();
const key = 'case-1/step-1';
const document = '01890a5d-ac96-774b-bcce-b302099a8057';

function print(): Effect {
  const effect = connector.effects['post.print'];
  if (!effect) throw new Error('post.print is missing');
  return effect;
}

test('a letter that no machine can send asks an officer, and is not tried again by itself', async () => {
  const failure: unknown = await Promise.resolve(print().perform(key, { documents: [document] }, [])).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(OutsideFailure);
  expect(failure).toMatchObject({ code: 'print-by-hand', retryable: false });
  expect((failure as Error).message).toContain('odešlete ji poštou');
});

test('trying again is the word of the officer that the letter was posted', async () => {
  expect(print().output.parse(await print().find?.(key, { documents: [document] }))).toEqual({ channel: 'post' });
});

test('only documents of the file can be printed', () => {
  expect(() => print().input.parse({ documents: ['../../etc/passwd'] })).toThrow();
  expect(print().input.parse({ documents: [document] })).toEqual({ documents: [document] });
});

test('the connector has nothing to reach and is always ready', async () => {
  expect(await connector.check()).toMatchObject({ ok: true });
});

// Letters on paper: what no machine can send. The effect is carried out by the people of the dispatch room (výpravna), on the page "Zásilky".
import { z } from 'zod';
import { OutsideFailure, type Connector, type Effect } from '../connector.ts';

const input = z.object({
  documents: z.array(z.uuid()).min(1),
  /** Into own hands (§ 19 odst. 4 zákona č. 500/2004 Sb.). */
  personalDelivery: z.boolean().optional(),
  /** Why neither a data box nor an e-mail took it; for people. */
  why: z.string().optional(),
});
const output = z.object({ channel: z.literal('post') });

const print: Effect<z.output<typeof input>, z.output<typeof output>> = {
  input,
  output,
  byHand: true,
  perform: () =>
    Promise.reject(new OutsideFailure('by-hand', 'Listinnou zásilku vypravuje úřad na stránce Zásilky.', { retryable: false })),
};

export function createPostConnector(): Connector {
  return {
    name: 'post',
    effects: { 'post.print': print as Effect },
    check: () => Promise.resolve({ ok: true, text: 'Listinné zásilky vypravuje úřad sám.' }),
  };
}

// Letters on paper: what no machine can send. The effect stops with a request to an officer; his "try again" says that the letter was posted.
import { z } from 'zod';
import { OutsideFailure, type Connector, type Effect } from '../connector.ts';

const input = z.object({ documents: z.array(z.uuid()) });
const output = z.object({ channel: z.literal('post') });

const print: Effect<z.output<typeof input>, z.output<typeof output>> = {
  input,
  output,
  // Asked only after an officer has let the effect be tried again: that is his word that the letter has left the office.
  find: () => Promise.resolve({ channel: 'post' }),
  perform: () =>
    Promise.reject(
      new OutsideFailure(
        'print-by-hand',
        'Adresát nemá přístupnou datovou schránku. Vytiskněte písemnost ze spisu a odešlete ji poštou; pak volbou Zkusit znovu potvrďte, že odešla.',
        { retryable: false },
      ),
    ),
};

export function createPostConnector(): Connector {
  return {
    name: 'post',
    effects: { 'post.print': print as Effect },
    check: () => Promise.resolve({ ok: true, text: 'Listinné zásilky vypravuje úřad sám.' }),
  };
}

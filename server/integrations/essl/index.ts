// Connector to an electronic records service (eSSL) by the National standard 2023: registers documents, keeps files, hears what happened to them there.
import type { CheckResult, Connector, Effect } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import { caller, type EsslCall } from './call.ts';
import { esslConfigSchema } from './config.ts';
import type { EsslConfig } from './config.ts';
import { createDoor } from './door.ts';
import { createEffects } from './effects.ts';
import { createInbox } from './inbox.ts';
import { createLedger } from './ledger.ts';
import * as request from './messages.ts';
import { batchNumbers } from './parsing.ts';

export { esslConfigSchema } from './config.ts';
export type { EsslConfig } from './config.ts';
export { addDocumentSchema, changeFileSchema, openFileSchema, registerSchema, registeredSchema } from './shapes.ts';

/** Throws a ZodError on wrong configuration. */
export function createEsslConnector(
  config: EsslConfig,
  given: { readonly fetch?: typeof fetch; readonly now?: () => Date } = {},
): Connector {
  const settings = esslConfigSchema.parse(config);
  const call = caller(settings, given.fetch ?? fetch, given.now ?? (() => new Date()));
  const effects = createEffects(settings, call);
  return {
    name: 'essl',
    effects: {
      'essl.register-document': effects.register as Effect,
      'essl.open-file': effects.openFile as Effect,
      'essl.add-document': effects.addDocument as Effect,
      'essl.attach-file': effects.attachFile as Effect,
      'essl.dispatch': effects.dispatch as Effect,
      'essl.note-delivery': effects.noteDelivery as Effect,
      'essl.settle-document': effects.settleDocument as Effect,
      'essl.settle-file': effects.settle as Effect,
      'essl.close-file': effects.close as Effect,
      'essl.reopen-file': effects.reopen as Effect,
    },
    inbox: createInbox(settings, call),
    ledger: createLedger(settings, call),
    ...(settings.incoming ? { door: createDoor(settings, settings.incoming) } : {}),
    check: () => check(call),
  };
}

async function check(call: EsslCall): Promise<CheckResult> {
  try {
    batchNumbers(await call('DavkySeznam', request.listBatches));
    return { ok: true, text: 'Spisová služba odpovídá.' };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}

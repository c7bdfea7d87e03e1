// Work under the service account; its refusal is our fault, not the person's.
import { withDirectory } from './connection.ts';
import type { Connection } from './connection.ts';
import type { DirectorySettings } from './config.ts';
import { DirectoryRefused, DirectoryUnavailable } from './failures.ts';

/** Refusals thrown by `work` itself pass through. */
export async function asService<Value>(settings: DirectorySettings, work: (connection: Connection) => Promise<Value>): Promise<Value> {
  let begun = false;
  try {
    return await withDirectory(settings, { dn: settings.bindDn, password: settings.bindPassword }, (connection) => {
      begun = true;
      return work(connection);
    });
  } catch (cause) {
    throw cause instanceof DirectoryRefused && !begun ? new DirectoryUnavailable('service-refused', { cause, about: cause.code }) : cause;
  }
}

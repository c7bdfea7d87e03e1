// What identity providers publish about their signing keys is read about hourly and kept, so that a change of keys stops nobody and a restart without
// the network neither. What is older than what is known (replay), badly signed or over is not kept; logins decide themselves what still holds.
import { OutsideFailure, type PublishedMetadata, type ReadMetadata } from '../integrations/connector.ts';
import { claimReading, keepDocument, noteReading } from '../store/nia-metadata.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Milliseconds to the next try after one that failed. */
const AGAIN_MS = 5 * 60_000;

/** How many new documents were kept. */
export function readPublishedMetadata(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const published = workshop.connectors.flatMap(({ metadata }) => metadata ?? []);
    let kept = 0;
    for (const one of published) if ((await readOne(workshop, tenantId, one)) === 'new') kept += 1;
    return kept;
  });
}

async function readOne(workshop: Workshop, tenantId: number, published: PublishedMetadata): Promise<'same' | 'new' | undefined> {
  const { db } = workshop.corridor;
  const { source } = published;
  if (!(await db.withTenant(tenantId, (trx) => claimReading(trx, tenantId, source, AGAIN_MS)))) return undefined;
  const read = await attempt(published);
  const outcome = await db.withTenant(tenantId, async (trx) => {
    const at = new Date(); // the demo's clock is moved, the validity of keys is not
    if ('failed' in read) {
      await noteReading(trx, tenantId, source, { code: read.failed, nextMs: AGAIN_MS, at });
      return undefined;
    }
    const result = await keepDocument(trx, tenantId, { source, ...read });
    const isOlder = result === 'older';
    await noteReading(trx, tenantId, source, { code: isOlder ? 'metadata-older' : '', nextMs: isOlder ? AGAIN_MS : read.nextMs, at });
    return isOlder ? undefined : result;
  });
  if (outcome === undefined)
    workshop.log.warn(
      { tenantId, code: 'failed' in read ? read.failed : 'metadata-older' },
      'metadata of an identity provider were not taken',
    );
  return outcome;
}

async function attempt(published: PublishedMetadata): Promise<ReadMetadata | { readonly failed: string }> {
  try {
    return await published.read();
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { failed: error.code };
  }
}

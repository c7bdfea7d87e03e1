// What providers of identity published about their keys, as the database keeps it, for the connectors of one town.
import type { MetadataShelf } from '../integrations/connector.ts';
import type { Database } from '../store/database.ts';
import { keptDocument, readingOf } from '../store/nia-metadata.ts';

export const metadataShelf = (db: Database, tenantId: number): MetadataShelf => ({
  kept: (source) =>
    db.withTenant(tenantId, async (trx) => {
      const [document, reading] = [await keptDocument(trx, tenantId, source), await readingOf(trx, tenantId, source)];
      return { document, failingSince: reading?.failingSince ?? null, code: reading?.code ?? '' };
    }),
});

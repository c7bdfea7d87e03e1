// What the town gives to an eSSL that calls it: batches are kept whole and once, documents are shown that it keeps itself.
import type { DoorCall, DoorReply, DoorTown, IncomingBatch } from '../integrations/connector.ts';
import { documentById } from '../store/documents.ts';
import { keepMessages } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import { askedDocument, batchDigest, insertBatch, isOfRecords, lastBatch } from '../store/records-events.ts';
import { fileOf } from './outgoing-files.ts';
import type { Workshop } from './workshop.ts';

type Served = DoorReply | 'no-door' | 'not-admitted';

/** `body` is read only for a caller who is admitted. */
export async function serveDoor(
  workshop: Workshop,
  tenantId: number,
  name: string,
  call: Omit<DoorCall, 'body'> & { readonly body: (maxBytes: number) => Promise<Uint8Array> },
): Promise<Served> {
  const door = workshop.connectors.find((connector) => connector.name === name)?.door;
  if (!door) return 'no-door';
  if (!door.admits(call)) {
    workshop.log.warn({ connector: name }, 'a call to the door was not admitted');
    return 'not-admitted';
  }
  const reply = await door.serve({ ...call, body: await call.body(door.maxBytes) }, townFor(workshop, tenantId, name));
  if (reply.refused) workshop.log.warn({ connector: name, reason: reply.refused }, 'a call to the door was refused');
  return reply;
}

function townFor(workshop: Workshop, tenantId: number, name: string): DoorTown {
  const { db } = workshop.corridor;
  return {
    takeBatch: (batch) => takeBatch(workshop, tenantId, name, batch),
    lastBatch: (source, target) => db.withTenant(tenantId, (trx) => lastBatch(trx, tenantId, source, target)),
    document: async (id) => {
      const row = await db.withTenant(tenantId, (trx) => askedDocument(trx, tenantId, id));
      return (
        row && {
          id: row.documentId,
          title: row.title,
          createdAt: row.registeredAt,
          number: row.number,
          fileId: row.caseId,
          mark: row.mark,
          isSettled: row.settledAt !== null,
          parts: [row.documentId, ...row.parts],
        }
      );
    },
    file: async (documentId) => {
      const document = await db.withTenant(tenantId, async (trx) =>
        (await isOfRecords(trx, tenantId, documentId)) ? documentById(trx, tenantId, documentId) : undefined,
      );
      return document && fileOf(workshop, tenantId, document);
    },
  };
}

/** The series has no gaps: what comes too early is refused and brought again; what came before is acknowledged and not heard twice. The first one may have any number. */
async function takeBatch(
  { corridor }: Workshop,
  tenantId: number,
  name: string,
  batch: IncomingBatch,
): Promise<'taken' | 'repeated' | 'changed' | number> {
  const at = corridor.clock.now().toISOString();
  const taken = await corridor.db.withTenant(tenantId, async (trx) => {
    const known = await batchDigest(trx, tenantId, batch);
    if (known !== undefined) return known === batch.digest ? 'repeated' : 'changed';
    const last = await lastBatch(trx, tenantId, batch.source, batch.target);
    if (last !== undefined && batch.number !== last + 1) return last + 1;
    if (!(await insertBatch(trx, tenantId, batch, at))) return 'repeated';
    const messages = batch.messages.map((one) => ({ id: one.id, kind: one.kind, payload: one.payload as Json, files: [] }));
    await keepMessages(trx, tenantId, name, messages, at);
    return 'taken';
  });
  if (taken === 'taken') corridor.poke();
  return taken;
}

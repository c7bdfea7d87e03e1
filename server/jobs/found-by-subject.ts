// A data message that belongs to no case may begin one by itself: when exactly one life situation says by which words of a subject it is begun.
import { foundByMessage } from '../cases/messages/found.ts';
import { dataMessageSchema } from '../cases/messages/message-documents.ts';
import type { InboxRow } from '../store/inbox.ts';
import { startableSituations } from '../store/message-lists.ts';
import { versionFiles } from '../store/situations.ts';
import type { Workshop } from './workshop.ts';

/** False when no situation, or more than one, knows the subject: then a clerk decides. */
export async function foundedBySubject(workshop: Workshop, tenantId: number, message: InboxRow): Promise<boolean> {
  const read = dataMessageSchema.safeParse(message.payload);
  if (message.kind !== 'data-box-message' || !read.success) return false;
  const situations = await begunBy(workshop, tenantId, plain(read.data.subject));
  const [situation] = situations;
  if (situation === undefined || situations.length > 1) return false;
  await foundByMessage(workshop.corridor, tenantId, { inboxId: message.id, situation, actor: { kind: 'outside', id: message.source } });
  return true;
}

function begunBy({ corridor }: Workshop, tenantId: number, subject: string): Promise<readonly string[]> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const found: string[] = [];
    for (const { situation, versionId } of await startableSituations(trx, tenantId)) {
      const { sheet } = await corridor.shelf.get(versionId, () => versionFiles(trx, tenantId, versionId));
      if (sheet.dataBox?.startsBySubject.some((words) => subject.includes(plain(words))) === true) found.push(situation);
    }
    return found;
  });
}

/** People write with and without diacritics and capitals. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ');

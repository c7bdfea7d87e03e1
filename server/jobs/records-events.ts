// Events of the eSSL: a delivery is told to the process that waits for it, everything else is kept and shown to an officer.
import { z } from 'zod';
import { DELIVERED, noteRecordsEvent } from '../cases/commands/index.ts';
import { execute } from '../cases/execute.ts';
import { BY_RECORDS } from '../cases/records/news.ts';
import { finishMessage, type InboxRow } from '../store/inbox.ts';
import { insertRecordsEvent, subjectOf, type RecordsSubject } from '../store/records-events.ts';
import { carryPlaced } from './carry-placed.ts';
import { waitForDelivery } from './place-data-state.ts';
import type { Workshop } from './workshop.ts';

export const RECORDS_EVENT = 'records-event';

const payloadSchema = z.object({
  name: z.string(),
  own: z.string(),
  identifiers: z.array(z.object({ value: z.string(), source: z.string() })),
  deliveredAt: z.string().nullable(),
  words: z.string(),
});
type Told = z.output<typeof payloadSchema>;

const WORDS: Readonly<Record<string, string>> = {
  DokumentZmenaZpracovatele: 'Dokument převzal jiný zpracovatel',
  SpisZmenaZpracovatele: 'Spis převzal jiný zpracovatel',
  SpisOtevreni: 'Spis byl ve spisové službě znovu otevřen',
  SpisUzavreni: 'Spis byl ve spisové službě uzavřen',
  SpisVyrizeni: 'Spis byl ve spisové službě označen za vyřízený',
  DokumentVyrizeni: 'Dokument byl ve spisové službě označen za vyřízený',
  VypraveniDoruceno: 'Písemnost byla doručena',
  VypraveniVypraveno: 'Písemnost byla vypravena',
  VypraveniZruseni: 'Vypravení bylo zrušeno',
  DokumentVraceni: 'Dokument byl vrácen',
  SpisVraceni: 'Spis byl vrácen',
  DokumentZruseni: 'Dokument byl ve spisové službě zrušen',
  SpisZruseni: 'Spis byl ve spisové službě zrušen',
  DokumentSkartovano: 'Dokument byl skartován',
  SpisSkartovano: 'Spis byl skartován',
  Zprava: 'Spisová služba nepřijala naši událost',
  Ostatni: 'Sdělení spisové služby',
};

export async function takeRecordsEvent(workshop: Workshop, tenantId: number, message: InboxRow): Promise<void> {
  const parsed = payloadSchema.safeParse(message.payload);
  if (!parsed.success) return keep(workshop, tenantId, message, { name: 'Ostatni', text: 'Událost spisové služby, které nerozumíme' });
  const told = parsed.data;
  const text = [WORDS[told.name] ?? `Událost ${told.name}`, told.words].filter(Boolean).join(': ');
  const subject = await workshop.corridor.db.withTenant(tenantId, (trx) => subjectFor(trx, tenantId, told));
  if (!subject) return keep(workshop, tenantId, message, { name: told.name, text });
  const { documentId, caseId } = subject;
  if (told.name === 'VypraveniDoruceno' && documentId !== null && told.deliveredAt !== null)
    return delivered(workshop, tenantId, message, { caseId, documentId, deliveredAt: told.deliveredAt });
  await execute(workshop.corridor, tenantId, caseId, noteRecordsEvent, {
    commandId: `inbox:${message.id}`,
    actor: { kind: 'outside', id: message.source },
    data: { inboxId: message.id, event: { id: message.id, caseId, documentId, name: told.name, text } },
  });
}

/** A letter that the eSSL's own dispatch desk carried. `how` says who told us, so that it is not told back. */
async function delivered(
  workshop: Workshop,
  tenantId: number,
  message: InboxRow,
  { caseId, documentId, deliveredAt }: { readonly caseId: string; readonly documentId: string; readonly deliveredAt: string },
): Promise<void> {
  const payload = { documentId, messageId: null, deliveredAt, how: BY_RECORDS, putInBoxAt: null };
  const executionId = await workshop.corridor.db.withTenant(tenantId, (trx) => waitForDelivery(trx, tenantId, caseId, documentId));
  const data = { inboxId: message.id, payload, documents: [] };
  await carryPlaced(
    workshop,
    tenantId,
    message,
    executionId === undefined
      ? { kind: 'delivery', caseId, data }
      : { kind: 'message', caseId, data: { ...data, message: DELIVERED, executionId } },
  );
}

type Trx = Parameters<typeof subjectOf>[0];
const subjectFor = (trx: Trx, tenantId: number, { own, identifiers }: Told): Promise<RecordsSubject | undefined> =>
  subjectOf(
    trx,
    tenantId,
    identifiers.filter(({ source }) => source === own).map(({ value }) => value),
    identifiers.filter(({ source }) => source !== own),
  );

/** About no case of ours: it waits on the page of the records for somebody to see it. */
async function keep(
  { corridor }: Workshop,
  tenantId: number,
  message: InboxRow,
  said: { readonly name: string; readonly text: string },
): Promise<void> {
  const at = corridor.clock.now().toISOString();
  await corridor.db.withTenant(tenantId, async (trx) => {
    await insertRecordsEvent(trx, tenantId, { id: message.id, caseId: null, documentId: null, ...said }, at);
    await finishMessage(trx, tenantId, message.id, { result: 'noted', reason: said.name }, at);
  });
}

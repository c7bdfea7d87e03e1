// Fines of the municipal police: each becomes a prescription once, a cancelled one is cancelled, and the police hears once of every change of its payment.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cancelPrescription, ensurePayer, prescribe } from '../books/index.ts';
import { Overtaken } from '../cases/changes.ts';
import type { Transaction } from '../store/database.ts';
import { insertRecords, knownRecords, noteReported, payersByRegistry, takenSymbols, unreportedFines } from '../store/foreign-records.ts';
import { finishMessage, type InboxRow } from '../store/inbox.ts';
import { insertEffects } from '../store/outbox.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Kind of the inbox message. */
export const FINE = 'police-fine';
const EFFECT = 'city-police.note-payment';
/** How the account names where it comes from. */
const SYSTEM = 'městská policie';
const BATCH = 50;

const fineSchema = z.object({
  id: z.string(),
  stav: z.enum(['ulozena', 'zrusena']),
  platce: z.object({ cislo: z.string(), jmeno: z.string(), narozen: z.string().nullable(), adresa: z.string() }),
  castka: z.number().int().positive(),
  vs: z.string(),
  ulozeno: z.string(),
  splatnost: z.string(),
  pravniZaklad: z.string(),
  skutek: z.string(),
});
type Fine = z.output<typeof fineSchema>;

interface Ended {
  readonly result: string;
  readonly reason?: string;
}

export async function takeFine(workshop: Workshop, tenantId: number, message: InboxRow): Promise<void> {
  const { corridor } = workshop;
  const now = corridor.clock.now().toISOString();
  await corridor.db.withTenant(tenantId, async (trx) => {
    const parsed = fineSchema.safeParse(message.payload);
    const ended = parsed.success ? await taken(trx, tenantId, parsed.data, now) : { result: 'unsorted', reason: 'unreadable' };
    if (!(await finishMessage(trx, tenantId, message.id, ended, now))) throw new Overtaken('message processed before');
  });
  corridor.poke();
}

async function taken(trx: Transaction, tenantId: number, fine: Fine, now: string): Promise<Ended> {
  const deed = { by: 'rule:city-police', now };
  const known = (await knownRecords(trx, tenantId, { system: SYSTEM, kind: 'fine' }, [fine.id])).get(fine.id);
  if (fine.stav === 'zrusena') {
    if (!known) return { result: 'ignored', reason: 'cancelled-before-known' };
    await cancelPrescription(trx, tenantId, { prescriptionId: known.subject, reason: 'městská policie pokutu zrušila', ...deed });
    return { result: 'noted', reason: 'fine-cancelled' };
  }
  if (known) return { result: 'noted', reason: 'fine-known' };
  const symbol = fine.vs.replace(/^0+/, '');
  // The citizen holds a slip with this symbol: under another one his money would not be found. A person decides.
  if (symbol !== '' && (await takenSymbols(trx, tenantId, [symbol])).size > 0) return { result: 'unsorted', reason: 'symbol-taken' };
  const [made] = await prescribe(
    trx,
    tenantId,
    [
      {
        payerId: await payerOf(trx, tenantId, fine, now),
        kind: 'pokuta',
        title: `Pokuta: ${fine.skutek}`,
        amount: fine.castka,
        dueDate: fine.splatnost,
        regime: 'sr',
        legalBasis: fine.pravniZaklad,
        decision: null,
        regarding: fine.id,
        ...(symbol === '' ? {} : { imported: { variableSymbol: symbol, prescribedOn: fine.ulozeno } }),
      },
    ],
    deed,
  );
  const contentHash = createHash('sha256').update(JSON.stringify(fine)).digest('hex');
  await insertRecords(trx, tenantId, [
    { system: SYSTEM, kind: 'fine', externalId: fine.id, subject: made?.id ?? '', contentHash, importId: null, at: now },
  ]);
  return { result: 'prescribed' };
}

/** By the number in the register; a stranger is a new payer, for a name and a birth date prove nothing. */
async function payerOf(trx: Transaction, tenantId: number, { id, platce }: Fine, now: string): Promise<string> {
  const registryId = platce.cislo === '' ? `městská policie ${id}` : platce.cislo;
  const known = (await payersByRegistry(trx, tenantId, [registryId])).get(registryId);
  if (known !== undefined) return known;
  return ensurePayer(trx, tenantId, { registryId, name: platce.jmeno, birthDate: platce.narozen, address: platce.adresa }, now);
}

export function reportFines(workshop: Workshop): Promise<number> {
  if (!workshop.connectors.some(({ effects }) => EFFECT in effects)) return Promise.resolve(0);
  return forEachTown(workshop, async (tenantId) => {
    const at = workshop.corridor.clock.now().toISOString();
    const told = await workshop.corridor.db.withTenant(tenantId, async (trx) => {
      const fines = await unreportedFines(trx, tenantId, SYSTEM, BATCH);
      for (const { externalId: fineId, subject, paid, state, reported, paidOn } of fines) {
        if (!(await noteReported(trx, tenantId, subject, reported, state))) continue;
        const key = createHash('sha256').update(`${tenantId}/fine/${subject}/${state}/${at}`).digest('hex').slice(0, 40);
        const input = { fineId, state: state.split(':')[0] ?? '', paid, on: paidOn };
        const title = `Městské policii: úhrada pokuty ${fineId}`;
        await insertEffects(trx, tenantId, [
          { key, caseId: null, executionId: null, elementId: null, effect: EFFECT, title, input, at, subject },
        ]);
      }
      return fines.length;
    });
    if (told > 0) workshop.corridor.poke();
    return told;
  });
}

// Reminders, assessments and hand-overs in bulk: each stage recorded once for each prescription, its letter kept and sent by the outbox.
import { dunningFigures, increaseOf, type DunningStage } from '../../domain/money/dunning.ts';
import { plusDays } from '../../domain/money/days.ts';
import { permitMoney } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { isUniqueViolation, type Transaction } from '../../store/database.ts';
import { insertFile } from '../../store/documents.ts';
import { insertDunning, noteDelivered, type NewStep } from '../../store/dunning.ts';
import { insertEffects, type NewEffect } from '../../store/outbox.ts';
import { lockPrescriptions, type PrescriptionNow } from '../../store/prescriptions.ts';
import { today } from '../booking.ts';
import { prescribe } from '../index.ts';
import { once, type Asked, type Desk } from './once.ts';

/** What goes out to one payer, or to the notice board, or to the file of enforceable debts. */
export interface Letter {
  readonly channel: NewStep['channel'];
  readonly dataBox: string | null;
  readonly email: string | null;
  readonly subject: string;
  readonly text: string;
  readonly prescriptionIds: readonly string[];
  /** Null when its page is in the file of another letter of the batch. */
  readonly file: null | { readonly field: string; readonly name: string; readonly mime: string; readonly content: Uint8Array };
}
export interface DunningOrder {
  readonly stage: DunningStage;
  readonly ids: readonly string[];
  readonly way: 'letters' | 'list' | 'file';
  readonly times: number;
}

/** Refuses `dunning-changed` (paid or dunned meanwhile) and `dunning-nothing`. */
export async function runDunning(
  desk: Desk,
  asked: Asked<DunningOrder>,
  letters: readonly Letter[],
): Promise<{ readonly batchId: string; readonly count: number }> {
  permitMoney(asked.actor);
  if (letters.length === 0) throw new Problem('conflict', 'dunning-nothing');
  try {
    return await once(desk, 'dunning', asked, (trx, { now, by }) =>
      record(trx, desk.tenantId, { ...asked.data, officerId: asked.actor.id, letters, now, by }),
    );
  } catch (error) {
    if (isUniqueViolation(error, 'dunning_step_pkey')) throw new Problem('conflict', 'dunning-changed', {}, { cause: error });
    throw error;
  }
}

type Order = DunningOrder & { readonly officerId: string; readonly letters: readonly Letter[]; readonly now: string; readonly by: string };
async function record(trx: Transaction, tenantId: number, order: Order): Promise<{ readonly batchId: string; readonly count: number }> {
  const { stage, way, times, officerId, now } = order;
  const batchId = newId(new Date(now));
  const on = today({ now });
  const ids = order.letters.flatMap(({ prescriptionIds }) => prescriptionIds);
  const debts = await lockPrescriptions(trx, tenantId, [...new Set(ids)].toSorted());
  const steps: NewStep[] = [];
  const effects: NewEffect[] = [];
  for (const letter of order.letters) {
    const letterId = letter.file === null ? null : await keepFile(trx, tenantId, batchId, letter.file, now);
    const owed = letter.prescriptionIds.map((id) => stillOwed(debts.get(id)));
    for (const debt of owed) {
      const increaseId = await raise(trx, tenantId, debt, { ...order, on });
      const step = {
        letterId,
        channel: letter.channel,
        deliveredOn: way === 'list' ? plusDays(on, dunningFigures.listDeliveredAfterDays) : null,
      };
      steps.push({ ...step, prescriptionId: debt.id, amount: debt.open, increaseId });
      if (increaseId !== null) steps.push({ ...step, prescriptionId: increaseId, amount: increaseOf(debt.open, times), increaseId: null });
    }
    if (letterId !== null) effects.push(...sending(letter, letterId, now));
  }
  await insertDunning(trx, tenantId, { id: batchId, stage, way, officerId, times, at: now }, on, steps);
  if (effects.length > 0) await insertEffects(trx, tenantId, effects);
  return { batchId, count: ids.length };
}

function stillOwed(debt: PrescriptionNow | undefined): PrescriptionNow {
  if (!debt || debt.open <= 0) throw new Problem('conflict', 'dunning-changed');
  return debt;
}

/** The increase is an accessory of the fee and shares its fate; prescribed beside it (§ 11 odst. 3 zákona č. 565/1990 Sb.). */
async function raise(
  trx: Transaction,
  tenantId: number,
  debt: PrescriptionNow,
  { stage, times, on, by, now }: Order & { readonly on: string },
): Promise<string | null> {
  const amount = increaseOf(debt.open, times);
  if (stage !== 'assessment' || amount === 0 || debt.payerId === null) return null;
  const dueDate = plusDays(on, dunningFigures.appealDays + dunningFigures.payAfterForceDays + 2);
  const [made] = await prescribe(
    trx,
    tenantId,
    [
      {
        payerId: debt.payerId,
        kind: 'zvyseni',
        title: `Zvýšení: ${debt.title}`,
        amount,
        dueDate,
        regime: 'dr',
        legalBasis: '§ 11 odst. 3 zákona č. 565/1990 Sb.',
        decision: null,
        regarding: `VS ${debt.variableSymbol}`,
      },
    ],
    { by, now },
  );
  return made?.id ?? null;
}

async function keepFile(
  trx: Transaction,
  tenantId: number,
  batchId: string,
  file: NonNullable<Letter['file']>,
  now: string,
): Promise<string> {
  const id = newId(new Date(now));
  await insertFile(trx, tenantId, { id, ownerKind: 'outgoing', ownerId: batchId, caseId: null, createdAt: now, ...file });
  return id;
}

function sending(letter: Letter, letterId: string, now: string): readonly NewEffect[] {
  const base = {
    key: `dun-${letterId.replaceAll('-', '')}`,
    caseId: null,
    executionId: null,
    elementId: null,
    title: letter.subject,
    at: now,
  };
  if (letter.channel === 'data-box' && letter.dataBox !== null)
    return [
      {
        ...base,
        effect: 'isds.send',
        input: { from: 'town', to: letter.dataBox, subject: letter.subject, documents: [], files: [letterId] },
      },
    ];
  if (letter.channel === 'email' && letter.email !== null)
    return [
      {
        ...base,
        effect: 'mail.send',
        input: { to: letter.email, subject: letter.subject, text: letter.text, documents: [], files: [letterId] },
      },
    ];
  return [];
}

/** The day of delivery, from which the appeal runs. Refuses `delivery-in-future` and `dunning-nothing`. */
export function noteLettersDelivered(
  desk: Desk,
  asked: Asked<{ readonly batchId: string; readonly ids: readonly string[]; readonly on: string }>,
): Promise<{ readonly done: true }> {
  permitMoney(asked.actor);
  const { batchId, ids, on } = asked.data;
  return once(desk, 'dunning-delivered', asked, async (trx, { now }) => {
    if (on > today({ now })) throw new Problem('invalid', 'delivery-in-future');
    if ((await noteDelivered(trx, desk.tenantId, batchId, ids, on)) === 0) throw new Problem('conflict', 'dunning-nothing');
    return { done: true };
  });
}

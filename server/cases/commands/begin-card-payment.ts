// The applicant wants to pay by card: a payment is ordered at the gateway, once per attempt.
import { createHash } from 'node:crypto';
import type { Json } from '../../engine/types.ts';
import { permitApplicant } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { prescriptionById, type PrescriptionRow } from '../../store/money.ts';
import type { CaseFile, Command } from '../corridor.ts';

export interface CardData {
  readonly prescriptionId: string;
}

export const beginCardPayment: Command<CardData, PrescriptionRow | undefined> = {
  name: 'begin-card-payment',
  gather: (trx, file, data) => prescriptionById(trx, file.tenantId, data.prescriptionId),
  accept(file, { actor }, prescription) {
    permitApplicant(actor, file.row.applicantId);
    if (!prescription || prescription.caseId !== file.row.id) throw new Problem('not-found', 'prescription-not-found');
    if (prescription.cancelledAt !== null) throw new Problem('conflict', 'prescription-cancelled');
    const amount = prescription.amount - prescription.paid;
    if (amount <= 0) throw new Problem('conflict', 'already-paid');
    const id = newId(new Date(file.now));
    const key = createHash('sha256').update(`${file.tenantId}/card/${id}`).digest('hex').slice(0, 30);
    return {
      changes: [
        {
          kind: 'add-card-payment',
          payment: {
            id,
            caseId: file.row.id,
            prescriptionId: prescription.id,
            amount,
            effectKey: key,
            remoteId: null,
            gatewayUrl: null,
            remoteState: null,
            failure: null,
            createdAt: file.now,
          },
        },
        {
          kind: 'add-effect',
          effect: {
            key,
            caseId: file.row.id,
            executionId: null,
            elementId: null,
            effect: 'gopay.create',
            title: `Platba kartou ${prescription.variableSymbol}`,
            input: gatewayOrder(file, prescription, amount, id),
            at: file.now,
          },
        },
      ],
      detail: { cardPayment: id, prescription: prescription.id },
      result: { cardPaymentId: id },
    };
  },
};

function gatewayOrder(file: CaseFile, prescription: PrescriptionRow, amount: number, cardPaymentId: string): Json {
  return {
    amount,
    description: prescription.title.slice(0, 255),
    variableSymbol: prescription.variableSymbol,
    returnUrl: `${file.town.publicUrl}/platba/${cardPaymentId}`,
    lang: file.applicant?.lang === 'en' ? 'EN' : 'CS',
    ...(file.applicant?.email ? { email: file.applicant.email } : {}),
  };
}

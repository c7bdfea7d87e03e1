// Told what the economic system answered to an export: kept with the export.
import { keepExportAnswer } from '../books/desk/exports.ts';
import type { Listener } from './listener.ts';

export const economyExport: Listener = {
  answered: async (trx, tenantId, { subject }, answer) => {
    if (subject !== null) await keepExportAnswer(trx, tenantId, subject, 'done' in answer ? answer.done : { refused: answer.refused.code });
  },
};

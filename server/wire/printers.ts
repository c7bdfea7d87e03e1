// Everything that the town prints, as the doors ask for it: drawn with the head of the town as it is at that moment.
import type { House } from '../http/house.ts';
import { renderAccountStatement } from '../paper/account-statement.ts';
import { renderFeeLetters } from '../paper/fee-letters.ts';
import { renderFilingJournal } from '../paper/filing-journal.ts';
import { joinPostBatch } from '../paper/post-batch.ts';
import { renderSheets } from '../paper/sheet.ts';
import type { Clock } from '../platform/clock.ts';
import type { TownConfig } from '../town/town-config.ts';

export const printers = (
  town: () => TownConfig,
  clock: Clock,
): Pick<House, 'printLetters' | 'printPost' | 'printSheets' | 'printJournal' | 'printStatement'> => ({
  printLetters: (letters, createdAt) => renderFeeLetters(letters, town(), createdAt),
  printPost: (_tenant, letters, at) => joinPostBatch(letters, town(), at),
  printSheets: (_tenant, sheets, at) => renderSheets(sheets, town(), at ?? clock.now().toISOString()),
  printJournal: (_tenant, journal) => renderFilingJournal(journal, town()),
  printStatement: (_tenant, statement) => renderAccountStatement(statement, town()),
});

// The loops that keep a town going.
import { alertDeadlines } from './alert-deadlines.ts';
import { askAboutOfficers } from './ask-about-officers.ts';
import { askAboutOpenPayments } from './ask-gateway.ts';
import { checkConnectors } from './check-connectors.ts';
import { checkRecords } from './check-records.ts';
import { completeRegistersOf } from './complete-registers.ts';
import { findDataBoxes } from './find-data-boxes.ts';
import { askAboutRefunds, sendGatewayRefunds } from './gateway-refunds.ts';
import { sendPaymentOrders } from './send-payment-orders.ts';
import { performEffects } from './perform-effects.ts';
import { reportFines } from './police-fines.ts';
import { processInbox } from './process-inbox.ts';
import { readGatewayTransfers } from './read-gateway-transfers.ts';
import { readPublishedMetadata } from './read-published-metadata.ts';
import { inboxLoops } from './read-inboxes.ts';
import { forgetImages, runBatches } from './run-batches.ts';
import type { Loop } from './runner.ts';
import { returnTasks } from './return-tasks.ts';
import { signJournal } from './sign-journal.ts';
import { SYNC_MS, synchroniseOfficers } from './synchronise-officers.ts';
import { takeOverRemaining } from './take-over-cases.ts';
import { tellCasesOverdue } from './tell-overdue.ts';
import { tellPayers } from './tell-payers.ts';
import { wakeCases } from './wake-cases.ts';
import type { Workshop } from './workshop.ts';
import { workOnRuns } from './yearly-run.ts';

/** Several, so that another side that hangs for half a minute holds up one hand and not the whole post. */
const HANDS = 4;
/** While one waits for PostgreSQL the other one reckons. */
const CLOCKS = 2;

export function jobLoops(workshop: Workshop): readonly Loop[] {
  return [
    ...Array.from({ length: CLOCKS }, (_, clock) => ({
      name: `wake-cases-${clock + 1}`,
      crew: 'wake-cases',
      everyMs: 500,
      run: () => wakeCases(workshop),
    })),
    ...Array.from({ length: HANDS }, (_, hand) => ({
      name: `perform-effects-${hand + 1}`,
      crew: 'perform-effects',
      everyMs: 400,
      run: () => performEffects(workshop),
    })),
    { name: 'process-inbox', everyMs: 400, run: () => processInbox(workshop) },
    { name: 'send-payment-orders', everyMs: 5_000, run: () => sendPaymentOrders(workshop) },
    { name: 'send-gateway-refunds', everyMs: 2_000, run: () => sendGatewayRefunds(workshop) },
    { name: 'read-gateway-transfers', everyMs: 60_000, run: () => readGatewayTransfers(workshop) },
    { name: 'ask-about-refunds', everyMs: 10_000, run: () => askAboutRefunds(workshop) },
    { name: 'tell-overdue', everyMs: 2_000, run: () => tellCasesOverdue(workshop) },
    { name: 'ask-gateway', everyMs: 5_000, run: () => askAboutOpenPayments(workshop) },
    { name: 'find-data-boxes', everyMs: 3_000, run: () => findDataBoxes(workshop) },
    { name: 'run-batches', everyMs: 500, run: () => runBatches(workshop) },
    { name: 'yearly-run', everyMs: 1_000, run: () => workOnRuns(workshop) },
    { name: 'forget-images', everyMs: 600_000, run: () => forgetImages(workshop) },
    { name: 'alert-deadlines', everyMs: 15_000, run: () => alertDeadlines(workshop) },
    { name: 'report-fines', everyMs: 5_000, run: () => reportFines(workshop) },
    { name: 'tell-payers', everyMs: 10_000, run: () => tellPayers(workshop) },
    { name: 'synchronise-officers', everyMs: SYNC_MS, run: () => synchroniseOfficers(workshop).then(() => 0) },
    { name: 'read-published-metadata', everyMs: 30_000, run: () => readPublishedMetadata(workshop) },
    { name: 'take-over-cases', everyMs: 30_000, run: () => takeOverRemaining(workshop) },
    { name: 'check-records', everyMs: 5_000, run: () => checkRecords(workshop) },
    { name: 'complete-registers', everyMs: 60_000, run: completeRegistersOf(workshop) },
    { name: 'ask-about-officers', everyMs: 30_000, run: () => askAboutOfficers(workshop) },
    { name: 'return-tasks', everyMs: 15_000, run: () => returnTasks(workshop) },
    { name: 'sign-journal', everyMs: 60_000, run: () => signJournal(workshop) },
    { name: 'check-connectors', everyMs: 30_000, run: () => checkConnectors(workshop) },
    ...inboxLoops(workshop),
  ];
}

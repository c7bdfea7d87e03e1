// The list of all invariants of the books, in the order in which they are printed.
import { ofApprovals } from './approvals.ts';
import { ofEntries } from './entries.ts';
import type { Invariant } from './invariant.ts';
import { ofMonths } from './months.ts';
import { ofOffice } from './office.ts';
import { ofOutside } from './outside.ts';
import { ofPayments } from './payments.ts';
import { ofPrescriptions } from './prescriptions.ts';
import { ofReturns } from './returns.ts';

export const moneyInvariants: readonly Invariant[] = [
  ...ofEntries,
  ...ofPrescriptions,
  ...ofPayments,
  ...ofReturns,
  ...ofApprovals,
  ...ofMonths,
  ...ofOutside,
  ...ofOffice,
];

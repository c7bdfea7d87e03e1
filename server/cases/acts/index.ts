// The local acts by the names that diagrams use.
import type { Act } from './act.ts';
import { cancelFee } from './cancel-fee.ts';
import { issueDocument } from './issue-document.ts';
import { prescribeFee } from './prescribe-fee.ts';
import { registerSubmission } from './register-submission.ts';

export const acts = {
  'register.submission': registerSubmission,
  'document.issue': issueDocument,
  'fee.prescribe': prescribeFee,
  'fee.cancel': cancelFee,
} as const satisfies Record<string, Act>;

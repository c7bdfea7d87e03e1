// The local acts by the names that diagrams use.
import type { Act } from './act.ts';
import { adjustFee } from './adjust-fee.ts';
import { cancelFee } from './cancel-fee.ts';
import { dutyChange } from './duty-change.ts';
import { dutyEnd } from './duty-end.ts';
import { dutyRegister } from './duty-register.ts';
import { issueDocument } from './issue-document.ts';
import { prescribeFee } from './prescribe-fee.ts';
import { registerSubmission } from './register-submission.ts';
import { returnPayment } from './return-payment.ts';

export const acts = {
  'register.submission': registerSubmission,
  'document.issue': issueDocument,
  'fee.prescribe': prescribeFee,
  'fee.cancel': cancelFee,
  'fee.adjust': adjustFee,
  'payment.return': returnPayment,
  'duty.register': dutyRegister,
  'duty.change': dutyChange,
  'duty.end': dutyEnd,
} as const satisfies Record<string, Act>;

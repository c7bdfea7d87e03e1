// The commands of a case. start-case is beside them (cases/start.ts), because it has no case to lock yet.
export { addNote } from './add-note.ts';
export { assignTaskTo, claimTask, releaseTask } from './claim-task.ts';
export { beginCardPayment } from './begin-card-payment.ts';
export { completeTask, taskFilesOwner } from './complete-task.ts';
export { matchPayment } from './match-payment.ts';
export { noteCardState } from './note-card-state.ts';
export { receiveMessage } from './receive-message.ts';
export { receivePayment, type IncomingPayment } from './receive-payment.ts';
export { recordAnswer } from './record-answer.ts';
export { retryEffect, retryElement } from './repair.ts';
export { wake } from './wake.ts';
export { withdraw } from './withdraw.ts';

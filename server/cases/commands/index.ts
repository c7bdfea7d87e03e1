// The commands of a case. start-case is beside them (cases/start.ts), because it has no case to lock yet.
export { addNote } from './add-note.ts';
export { answerEffect, answerIncident, setVariables } from './answer-incident.ts';
export { assignTaskTo, claimTask, releaseTask } from './claim-task.ts';
export { beginCardPayment } from './begin-card-payment.ts';
export { cancelCase } from './cancel-case.ts';
export { completeTask, taskFilesOwner } from './complete-task.ts';
export { matchPayment } from './match-payment.ts';
export { modify } from './modify.ts';
export { noteCardState } from './note-card-state.ts';
export { receiveMessage, type MessageData } from './receive-message.ts';
export { receiveSignal } from './receive-signal.ts';
export { receivePayment, type IncomingPayment } from './receive-payment.ts';
export { recordAnswer } from './record-answer.ts';
export { retryEffect, retryElement } from './repair.ts';
export { resume, suspend } from './suspend.ts';
export { wake } from './wake.ts';
export { withdraw } from './withdraw.ts';

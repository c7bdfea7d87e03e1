// The commands of a case. start-case is beside them (cases/start.ts), because it has no case to lock yet.
export { addNote } from './add-note.ts';
export { alertDeadline, type AlertData } from './alert-deadline.ts';
export { answerEffect, answerIncident, setVariables } from './answer-incident.ts';
export { assignTaskTo, claimTask, releaseTask } from './claim-task.ts';
export { cancelCase } from './cancel-case.ts';
export { changeDeadline, type DeadlineChange } from './change-deadline.ts';
export { completeTask, taskFilesOwner } from './complete-task.ts';
export { modify } from './modify.ts';
export { DELIVERED, noteDelivery } from './note-delivery.ts';
export { receiveMessage, type MessageData } from './receive-message.ts';
export { receiveSignal } from './receive-signal.ts';
export { recordAnswer } from './record-answer.ts';
export { retryEffect, retryElement } from './repair.ts';
export { returnTask, type ReturnData } from './return-task.ts';
export { resume, suspend } from './suspend.ts';
export { wake } from './wake.ts';
export { withdraw } from './withdraw.ts';

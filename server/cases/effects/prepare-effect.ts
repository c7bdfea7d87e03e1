// From what a diagram says ("deliver this letter") to what a connector is told ("send this message to that box"). Pure; decided when the effect is ordered.
import { pendingNumber } from '../../domain/pending-number.ts';
import { renderText } from '../../catalog/index.ts';
import type { EffectWait, Json, StepResult } from '../../engine/types.ts';
import type { DocumentRow } from '../../store/documents.ts';
import { constantsFor } from '../constants.ts';
import type { CaseFile } from '../corridor.ts';

export interface PreparedEffect {
  readonly effect: string;
  readonly title: string;
  readonly input: Json;
}

/** A document reference that stands for the submission with all its attachments. */
export const SUBMISSION = 'submission';

export function prepareEffect(file: CaseFile, wait: EffectWait, result: StepResult, issued: readonly DocumentRow[]): PreparedEffect {
  switch (wait.effect) {
    case 'isds.send':
      return { effect: 'isds.send', title: wait.name, input: dataBoxMessage(file, wait, issued) };
    case 'letter.deliver':
      return letter(file, wait, issued);
    case 'mail.send':
      return { effect: 'mail.send', title: wait.name, input: mail(file, wait, result) };
    default:
      return { effect: wait.effect, title: wait.name, input: wait.input };
  }
}

function dataBoxMessage(file: CaseFile, wait: EffectWait, issued: readonly DocumentRow[]): Json {
  const documentId = textOf(wait.input['documentId']) || SUBMISSION;
  return {
    from: textOf(wait.input['from']) || 'portal',
    to: textOf(wait.input['to']) || file.town.dataBox,
    subject: textOf(wait.input['subject']) || file.situation.sheet.title.cs,
    senderRef: numberOf(issued, documentId) ?? file.row.mark,
    documents: [documentId],
  };
}

/** By which way it goes is decided when it is sent (jobs/route-letter.ts); here only what each way would say. */
function letter(file: CaseFile, wait: EffectWait, issued: readonly DocumentRow[]): PreparedEffect {
  const documentId = textOf(wait.input['documentId']);
  const subject = issued.find((document) => document.id === documentId)?.title ?? wait.name;
  return {
    effect: 'letter.deliver',
    title: wait.name,
    input: {
      documents: [documentId],
      subject,
      senderRef: numberOf(issued, documentId) ?? file.row.mark,
      personalDelivery: textOf(wait.input['personalDelivery']) === 'yes',
      ...(textOf(wait.input['fiction']) === 'no' ? { allowFiction: false } : {}),
      email: textOf(wait.input['email']) === 'yes' ? letterByEmail(file) : null,
    },
  };
}

/** The letter is attached; the message around it says only whose case it is: subjects are read by others too. */
function letterByEmail(file: CaseFile): Json {
  const { applicant, row } = file;
  if (!applicant?.email) return null;
  const link = caseLink(file);
  const text =
    applicant.lang === 'en'
      ? `A document in the matter ${row.mark} is attached. You also find it in the portal: ${link}`
      : `V příloze vám posíláme písemnost ve věci ${row.mark}. Najdete ji také na portálu: ${link}`;
  const subject = applicant.lang === 'en' ? `You have a new document (${row.mark})` : `Máte novou písemnost (${row.mark})`;
  return { to: applicant.email, subject, text };
}

/** Without an address the mail is passed over: `to` is null and the job answers `skipped`. */
function mail(file: CaseFile, wait: EffectWait, result: StepResult): Json {
  const lang = file.applicant?.lang ?? 'cs';
  const context = {
    ...result.variables,
    ...wait.locals,
    ...constantsFor(file.row, file.applicant, file.town, file.now),
    odkaz: caseLink(file),
    vstup: wait.input,
  };
  const rendered = renderText(file.situation, textOf(wait.input['template']), lang, context);
  const documentId = textOf(wait.input['documentId']);
  return { to: file.applicant?.email ?? null, subject: rendered.subject, text: rendered.text, documents: documentId ? [documentId] : [] };
}

export const caseLink = (file: CaseFile): string => `${file.town.publicUrl}/moje/${file.row.id}`;
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
/** A letter whose number an eSSL has not given yet is named by the words that stand for it. */
function numberOf(issued: readonly DocumentRow[], id: string): string | undefined {
  const letter = issued.find((document) => document.id === id);
  return letter && (letter.number ?? pendingNumber(letter.id));
}

// A citizen's own cases. Every query names the applicant: somebody else's case does not exist here.
import { findNode, answerPages, citizenText, valuesForForm, type CompiledSituation } from '../catalog/index.ts';
import type { AnswersPage, CitizenAction, CitizenCase, CitizenCaseCard, CitizenTask, PrescriptionCard } from '../contract/portal.ts';
import { dayOf } from '../domain/calendar.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { filesOf } from '../store/documents.ts';
import { casesIn, tasksIn, type CaseModel, type TaskModel } from '../store/models.ts';
import { tokensOf, type TokenRow } from '../store/tokens.ts';
import { documentCards, endOf, readJournal, stateInList, timeline } from './case-view.ts';
import { prescriptionCards } from './prescriptions.ts';
import { inLang, inTurn, situationOf, type Lang, type Reader } from './reader.ts';
import { filerOf, withFiler } from './filer.ts';
import { isSuspended } from './suspended.ts';

const WITHDRAWAL = 'zpetvzeti';
const PAYMENT = 'platba';
const ARRIVED = 'podani-dodano';

export function listCitizenCases(reader: Reader, tenantId: number, personId: string, lang: Lang): Promise<readonly CitizenCaseCard[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const rows = await casesIn(trx, tenantId).where('applicant_id', personId).orderBy('last_activity_at', 'desc').limit(200);
    const tokens = await tokensOf(
      trx,
      tenantId,
      rows.map((row) => row.id),
    );
    return inTurn(rows, async (row) =>
      card(
        row,
        await situationOf(reader, trx, tenantId, row.versionId),
        tokens.filter((token) => token.caseId === row.id),
        lang,
      ),
    );
  });
}

function card(row: CaseModel, situation: CompiledSituation, tokens: readonly TokenRow[], lang: Lang): CitizenCaseCard {
  return {
    id: row.id,
    mark: row.mark,
    service: row.situation,
    title: inLang(situation.sheet.title, lang),
    state: stateInList(row, situation, tokens, lang),
    filedAt: row.filedAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    actionsWaiting: isSuspended(row)
      ? 0
      : tokens.filter(
          (token) =>
            (token.kind === 'task' && isApplicants(situation, token) && !isOffer(situation, token)) ||
            (token.kind === 'message' && token.name === PAYMENT),
        ).length,
  };
}
const isApplicants = (situation: CompiledSituation, token: TokenRow): boolean =>
  findNode(situation.model, token.elementId)?.role === 'applicant';

const isOffer = (situation: CompiledSituation, token: TokenRow): boolean => findNode(situation.model, token.elementId)?.offer === true;

export async function ownCase(trx: Transaction, tenantId: number, personId: string, caseId: string): Promise<CaseModel> {
  const row = await casesIn(trx, tenantId).where({ 'cases.id': caseId, applicant_id: personId }).first();
  if (!row) throw new Problem('not-found', 'case-not-found');
  return row;
}

export function citizenCase(reader: Reader, tenantId: number, personId: string, caseId: string, lang: Lang): Promise<CitizenCase> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await ownCase(trx, tenantId, personId, caseId);
    const filedBy = await filerOf(trx, tenantId, row);
    const situation = await situationOf(reader, trx, tenantId, row.versionId);
    const tokens = await tokensOf(trx, tenantId, [caseId]);
    const journal = await readJournal(trx, tenantId, caseId);
    const payments = await prescriptionCards(reader, trx, tenantId, caseId);
    const base = card(row, situation, tokens, lang);
    const end = endOf(row, journal);
    return {
      ...base,
      state: withPaymentDay(base.state, tokens, payments),
      timeline: withFiler(timeline(row, situation, journal, tokens, lang), filedBy, lang),
      filedBy,
      actions: end || isSuspended(row) ? [] : actions(situation, tokens, payments, lang),
      submitted: await submittedAnswers(trx, tenantId, situation, caseId, lang),
      documents: await documentCards(trx, tenantId, caseId, `/api/cases/${caseId}`, true),
      payments,
      contact: situation.sheet.contact,
      documentNumber: row.documentNumber,
      trouble: await trouble(trx, tenantId, caseId, lang),
    };
  });
}

/** While the case waits for money, the day to show is the prescription's own. */
function withPaymentDay(
  state: CitizenCase['state'],
  tokens: readonly TokenRow[],
  payments: readonly PrescriptionCard[],
): CitizenCase['state'] {
  const open = payments.find((payment) => payment.state === 'open');
  const isWaiting = tokens.some((token) => token.kind === 'message' && token.name === PAYMENT);
  return open && isWaiting && state.until === null && state.who === 'citizen' ? { ...state, until: open.dueDate } : state;
}

function actions(
  situation: CompiledSituation,
  tokens: readonly TokenRow[],
  payments: readonly PrescriptionCard[],
  lang: Lang,
): readonly CitizenAction[] {
  const tasks = tokens
    .filter((token) => token.kind === 'task' && isApplicants(situation, token))
    .map((token): CitizenAction => ({
      kind: 'task',
      executionId: token.executionId,
      title: citizenText(findNode(situation.model, token.elementId), lang)?.title ?? token.name,
      until: token.dueAt,
      ...(isOffer(situation, token) ? { offered: true as const } : {}),
    }));
  const pay = payments
    .filter((payment) => payment.state === 'open')
    .map((payment): CitizenAction => ({
      kind: 'pay',
      prescriptionId: payment.id,
      title: payment.title,
      amount: payment.amount - payment.paid,
      until: payment.dueDate,
    }));
  const withdrawal: CitizenAction[] = tokens.some((token) => token.kind === 'message' && token.name === WITHDRAWAL)
    ? [{ kind: 'withdraw', title: lang === 'en' ? 'Withdraw the submission' : 'Vzít podání zpět' }]
    : [];
  return [...tasks.filter((task) => !('offered' in task)), ...pay, ...tasks.filter((task) => 'offered' in task), ...withdrawal];
}

/** The submission as it was sent, labels in the asked language. The values are kept in its document. */
export async function submittedAnswers(
  trx: Transaction,
  tenantId: number,
  situation: CompiledSituation,
  caseId: string,
  lang: Lang,
): Promise<readonly AnswersPage[]> {
  const row = await trx('document').where({ tenant_id: tenantId, case_id: caseId, kind: 'submission' }).first('content');
  const content = row?.content as
    { formId: string; filedAt: string; values: Record<string, unknown>; pages: readonly AnswersPage[] } | undefined;
  const form = content && situation.forms[content.formId];
  if (!content || !form) return content?.pages ?? [];
  const files = await filesOf(trx, tenantId, 'case', caseId);
  return answerPages(form, content.values, { today: dayOf(content.filedAt), lang, files });
}

/** Says plainly when the case stands because something outside does not work: what we send is not taken, or the box that we wait for cannot be read.
 * A connector's own trouble ends with its first success of any kind; a message that was not taken still waits then. */
async function trouble(trx: Transaction, tenantId: number, caseId: string, lang: Lang): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { connector: string; since: Date }[] }>(
    `select * from (
       select split_part(o.effect, '.', 1) as connector, coalesce(t.since, o.created_at) as since
         from outbox o left join connector_trouble t on t.tenant_id = o.tenant_id and t.connector = split_part(o.effect, '.', 1)
        where o.tenant_id = ? and o.case_id = ? and o.execution_id is not null and o.state in ('ready', 'leased') and o.last_error is not null
       union all
       select t.connector, t.since from subscription s join connector_trouble t on t.tenant_id = s.tenant_id and t.connector = 'isds'
        where s.tenant_id = ? and s.case_id = ? and s.message = ?
     ) found order by since limit 1`,
    [tenantId, caseId, tenantId, caseId, ARRIVED],
  );
  const first = rows[0];
  if (!first) return null;
  const since = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Prague' }).format(first.since);
  const names: Record<string, Record<Lang, string>> = {
    isds: { cs: 'Datové schránky', en: 'Data boxes' },
    letter: { cs: 'Datové schránky', en: 'Data boxes' },
    mail: { cs: 'E-mail', en: 'E-mail' },
    gopay: { cs: 'Platební brána', en: 'Payment gateway' },
  };
  const name = names[first.connector]?.[lang] ?? first.connector;
  return lang === 'en'
    ? `${name} have not been answering since ${since}. We keep trying by ourselves; you need not do anything and nothing is lost.`
    : `${name} od ${since} neodpovídají. Zkoušíme to sami znovu, nemusíte nic dělat a nic se neztratilo.`;
}

const startingValues = (situation: CompiledSituation, task: TaskModel): Readonly<Record<string, unknown>> => {
  const form = task.form === null ? undefined : situation.forms[task.form];
  return form ? valuesForForm(form, task.input) : task.input;
};

export function citizenTask(
  reader: Reader,
  tenantId: number,
  personId: string,
  caseId: string,
  executionId: string,
  lang: Lang,
): Promise<CitizenTask> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await ownCase(trx, tenantId, personId, caseId);
    const task = await tasksIn(trx, tenantId)
      .where({ 'task.case_id': caseId, 'task.execution_id': executionId, role: 'applicant' })
      .first();
    if (!task) throw new Problem('not-found', 'task-not-found');
    if (task.closedAt !== null) throw new Problem('conflict', 'task-already-completed', { at: task.closedAt.toISOString() });
    const situation = await situationOf(reader, trx, tenantId, row.versionId);
    const text = citizenText(findNode(situation.model, task.elementId), lang);
    const json = task.form === null ? undefined : situation.files[`forms/${task.form}.form.json`];
    if (json === undefined) throw new Problem('unavailable', 'form-missing');
    const files = await filesOf(trx, tenantId, 'task', `${caseId}/${executionId}`);
    return {
      executionId,
      title: text?.title ?? task.title,
      text: text?.text ?? '',
      form: JSON.parse(json),
      values: task.draft ?? startingValues(situation, task),
      until: task.dueAt?.toISOString() ?? null,
      files: files.map((file) => ({ id: file.id, key: file.field, name: file.name, mime: file.mime, size: file.size })),
      message: typeof task.input['zprava'] === 'string' ? task.input['zprava'] : null,
    };
  });
}

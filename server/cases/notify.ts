// Notices about changes that the citizen cares about: something is up to him, or the case has ended. Derived from the waits before and after a step,
// sent the way he chose. What a case is about is said in the portal only.
import { createHash } from 'node:crypto';
import { citizenState, type CitizenState, type StandingToken } from '../catalog/index.ts';
import { caseMessage, caseSms, channelsFor, untilMorning, type CaseNews, type Channel } from '../domain/notices/index.ts';
import type { Json, StepResult, Wait } from '../engine/types.ts';
import type { NewEffect } from '../store/outbox.ts';
import type { Applicant, CaseFile } from './corridor.ts';
import { caseLink } from './effects/prepare-effect.ts';

/** One for each channel and command; none without an address. The keys hold the revision, so that a repeated command repeats no message. */
export function notifications(file: CaseFile, before: readonly Wait[], result: StepResult): readonly NewEffect[] {
  const { applicant } = file;
  if (!applicant) return [];
  const was = citizenState(file.situation.model, before.map(tokenOf), null, applicant.lang);
  const ended = result.ended ? { ...result.ended, at: file.now } : null;
  const is = citizenState(file.situation.model, result.waits.map(tokenOf), ended, applicant.lang);
  if (!isWorthTelling(was, is)) return [];
  const kind = is.ended ? 'case-ended' : 'case-turn';
  const reach = { email: applicant.email, phone: file.town.sendsSms ? applicant.phone : null, dataBox: applicant.dataBox };
  const news = newsOf(file, is, kind, applicant);
  return channelsFor(kind, applicant.wishes[kind], reach).map((channel) => ({
    key: keyOf(file, channel),
    caseId: file.row.id,
    executionId: null,
    elementId: is.elementId,
    title: kind === 'case-turn' ? 'Oznámení: něco je na žadateli' : 'Oznámení: řízení skončilo',
    at: file.now,
    ...sending(channel, applicant, news, new Date(file.now)),
  }));
}

function isWorthTelling(was: CitizenState, is: CitizenState): boolean {
  if (is.ended) return true;
  return is.who === 'citizen' && (was.elementId !== is.elementId || was.since !== is.since);
}

function newsOf(file: CaseFile, state: CitizenState, kind: CaseNews['kind'], { lang }: Applicant): CaseNews {
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'Europe/Prague' });
  return {
    kind,
    mark: file.row.mark,
    until: state.until === null ? null : day.format(new Date(state.until)),
    officeName: file.town.officeName,
    link: caseLink(file),
    settings: `${file.town.publicUrl}/platby/upozorneni`,
  };
}

function sending(
  channel: Channel,
  applicant: Applicant,
  news: CaseNews,
  now: Date,
): { readonly effect: string; readonly input: Json; readonly delayMs?: number } {
  const { subject, text } = caseMessage(news, applicant.lang);
  if (channel === 'sms')
    return { effect: 'sms.send', input: { to: applicant.phone, text: caseSms(news, applicant.lang) }, delayMs: untilMorning(now) };
  if (channel === 'email')
    return { effect: 'mail.send', input: { to: applicant.email, subject, text, settings: news.settings, documents: [] } };
  return {
    effect: 'isds.send',
    input: { from: 'town', to: applicant.dataBox, subject, senderRef: news.mark, documents: [], notice: text },
  };
}

/** The e-mail's key has no mark of its own: it is as old as notices. Fits the 50 characters of dmSenderIdent. */
function keyOf(file: CaseFile, channel: Channel): string {
  const about = `${file.tenantId}/${file.row.id}/notify/${file.row.revision + 1}${channel === 'email' ? '' : `/${channel}`}`;
  return createHash('sha256').update(about).digest('hex').slice(0, 40);
}

export function tokenOf(wait: Wait): StandingToken {
  return {
    kind: wait.kind,
    elementId: wait.elementId,
    since: wait.since,
    dueAt: wait.kind === 'timer' ? wait.dueAt : null,
    ...('attachedTo' in wait && wait.attachedTo !== undefined ? { attachedTo: wait.attachedTo } : {}),
  };
}

// E-mails about changes that the citizen cares about: something is up to him, or the case has ended. Derived from the waits before and after a step.
import { createHash } from 'node:crypto';
import { citizenState, type CitizenState, type StandingToken } from '../catalog/index.ts';
import type { StepResult, Wait } from '../engine/types.ts';
import type { NewEffect } from '../store/outbox.ts';
import type { CaseFile } from './corridor.ts';
import { caseLink } from './effects/prepare-effect.ts';

/** At most one message a command; none without an address. Its key holds the revision, so that a repeated command repeats no message. */
export function notifications(file: CaseFile, before: readonly Wait[], result: StepResult): readonly NewEffect[] {
  const { applicant } = file;
  if (!applicant?.email) return [];
  const was = citizenState(file.situation.model, before.map(tokenOf), null, applicant.lang);
  const ended = result.ended ? { ...result.ended, at: file.now } : null;
  const is = citizenState(file.situation.model, result.waits.map(tokenOf), ended, applicant.lang);
  if (!isWorthTelling(was, is)) return [];
  const revision = file.row.revision + 1;
  return [
    {
      key: createHash('sha256').update(`${file.tenantId}/${file.row.id}/notify/${revision}`).digest('hex').slice(0, 40),
      caseId: file.row.id,
      executionId: null,
      elementId: is.elementId,
      effect: 'mail.send',
      title: `Oznámení: ${is.title}`,
      at: file.now,
      input: { to: applicant.email, ...message(file, is, applicant.lang), documents: [] },
    },
  ];
}

function isWorthTelling(was: CitizenState, is: CitizenState): boolean {
  if (is.ended) return true;
  return is.who === 'citizen' && (was.elementId !== is.elementId || was.since !== is.since);
}

function message(file: CaseFile, state: CitizenState, lang: 'cs' | 'en'): { subject: string; text: string } {
  const until =
    state.until === null
      ? null
      : new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'Europe/Prague' }).format(new Date(state.until));
  const title = file.situation.sheet.title[lang] ?? file.situation.sheet.title.cs;
  const lines =
    lang === 'en'
      ? [
          `Case ${file.row.mark} – ${title}`,
          '',
          `${state.title}. ${state.text}`,
          ...(until ? [`Until: ${until}.`] : []),
          '',
          `Details and next steps: ${caseLink(file)}`,
          '',
          file.town.officeName,
        ]
      : [
          `Spis ${file.row.mark} – ${title}`,
          '',
          `${state.title}. ${state.text}`,
          ...(until ? [`Nejpozději do: ${until}.`] : []),
          '',
          `Podrobnosti a další kroky: ${caseLink(file)}`,
          '',
          file.town.officeName,
        ];
  return { subject: `${state.title} – ${file.row.mark}`, text: lines.join('\n') };
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

// After two records of one human being became one: the case belongs to the record that stays. Only its journal and its row say so; the process goes on as it was.
import { Problem } from '../../domain/problem.ts';
import type { Command } from '../corridor.ts';

export interface ApplicantChange {
  readonly from: string;
  readonly to: string;
}

/** Refuses `applicant-changed-meanwhile`; nobody but the house itself gives it. */
export const changeApplicant: Command<ApplicantChange> = {
  name: 'change-applicant',
  accept(file, { actor, data }) {
    if (actor.kind !== 'clock') throw new Problem('forbidden', 'not-permitted');
    if (file.row.applicantId !== data.from) throw new Problem('conflict', 'applicant-changed-meanwhile');
    return { changes: [{ kind: 'set-applicant', personId: data.to }], detail: { from: data.from, to: data.to }, result: null };
  },
};

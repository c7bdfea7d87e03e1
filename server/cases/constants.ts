// What expressions may read beside the case's own variables. The names are Czech because analysts write them.
import { dayOf } from '../domain/calendar.ts';
import { fullName } from '../domain/representation.ts';
import type { StepContext, Variables } from '../engine/types.ts';
import { namedDeadline, type CompiledSituation, type DeadlineSheet } from '../catalog/index.ts';
import type { Applicant, Town } from './corridor.ts';
import type { DeadlineDesk } from './deadlines/desk.ts';

export interface CaseFacts {
  readonly id: string;
  readonly mark: string;
  readonly documentNumber: string | null;
  readonly filedAt: string;
}

/** `pripad`, `zadatel`, `urad`, `dnes`. Absent facts are null, so that expressions can ask for them. */
export function constantsFor(facts: CaseFacts, applicant: Applicant | null, town: Town, now: string): Variables {
  return {
    pripad: {
      id: facts.id,
      mark: facts.mark,
      documentNumber: facts.documentNumber,
      filedAt: facts.filedAt,
      filedDate: dayOf(facts.filedAt),
    },
    zadatel:
      applicant === null
        ? { name: null, ico: null, givenName: null, familyName: null, birthDate: null, address: null, email: null, dataBox: null }
        : {
            name: fullName(applicant),
            ico: applicant.ico,
            givenName: applicant.givenName,
            familyName: applicant.familyName,
            birthDate: applicant.birthDate,
            address: applicant.address,
            email: applicant.email,
            dataBox: applicant.dataBox,
          },
    urad: {
      name: town.officeName,
      town: town.name,
      address: town.address,
      email: town.email,
      phone: town.phone,
      dataBox: town.dataBox,
      portalDataBox: town.portalDataBox,
      account: town.account,
      publicUrl: town.publicUrl,
    },
    dnes: dayOf(now),
  };
}

/** Due days come from the desk: counted from the token's arrival, or by law from what was recorded. */
export function stepContext(now: string, constants: Variables, { keeper }: DeadlineDesk): StepContext {
  return { now, constants, deadline: (name, from) => keeper.due(name, from), budget };
}

/** Milliseconds of this thread's own work, so that a busy machine makes no incidents; an ordinary step takes a tenth of one. */
const budget = {
  elapsed: (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  },
  limit: 250,
};

/** @throws RangeError when the situation has no such deadline; publication refuses such a diagram */
export const deadlineNamed = (situation: CompiledSituation, name: string): DeadlineSheet => namedDeadline(situation, name);

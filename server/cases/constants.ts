// What expressions may read beside the case's own variables. The names are Czech because analysts write them.
import { dayOf } from '../domain/calendar.ts';
import { dueInstant } from '../domain/deadline.ts';
import type { StepContext, Variables } from '../engine/types.ts';
import type { CompiledSituation } from '../catalog/index.ts';
import type { Applicant, Town } from './corridor.ts';

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
        ? { givenName: null, familyName: null, birthDate: null, address: null, email: null, dataBox: null }
        : {
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

export function stepContext(situation: CompiledSituation, now: string, constants: Variables): StepContext {
  return { now, constants, deadline: (name, from) => dueInstant(from, deadlineNamed(situation, name)) };
}

/** @throws RangeError when the situation has no such deadline; publication refuses such a diagram */
export function deadlineNamed(situation: CompiledSituation, name: string): CompiledSituation['sheet']['deadlines'][number] {
  const found = situation.sheet.deadlines.find((deadline) => deadline.name === name);
  if (!found) throw new RangeError(`no deadline named ${name}`);
  return found;
}

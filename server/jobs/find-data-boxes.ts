// Looks up who has a data box. One person has at most one box of a natural person; several hits are nobody's. A box that somebody came
// through is his, or his company's, even when no search finds it.
import { OutsideFailure } from '../integrations/connector.ts';
import { peopleToAskAbout, rememberBox } from '../store/data-boxes.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const ASK_AGAIN_DAYS = 7;
const BATCH = 5;

export function findDataBoxes(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const { db } = workshop.corridor;
    const people = await db.withTenant(tenantId, (trx) => peopleToAskAbout(trx, tenantId, ASK_AGAIN_DAYS, BATCH));
    for (const person of people) {
      try {
        const boxId = (await workshop.findDataBox(person)) ?? (person.ico === null && !person.hasShown ? null : person.dataBox);
        await db.withTenant(tenantId, (trx) => rememberBox(trx, tenantId, person.id, boxId));
      } catch (error) {
        if (!(error instanceof OutsideFailure)) throw error;
        workshop.log.warn({ code: error.code, person: person.id }, 'data box could not be looked up');
        return 0;
      }
    }
    return people.length;
  });
}

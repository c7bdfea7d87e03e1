// Steps of the town's two life situations over HTTP, as short words for tests: file, complete, see, pay.
import { setTimeout as pause } from 'node:timers/promises';
import type { OfficeCase } from '../../server/contract/office.ts';
import type { CitizenAction, CitizenCase, Draft, PrescriptionCard, Submitted } from '../../server/contract/portal.ts';
import type { RunningTown } from '../setup/town.ts';
import { commandId, type Client } from './town-client.ts';

const year = new Date().getFullYear();
/** Everything the form asks about a dog held the whole year in a family house; the fee is 300 Kč. */
export const dog = {
  pesJmeno: 'Ferda',
  plemeno: 'kříženec',
  pohlavi: 'pes',
  barva: 'černá',
  pesNarozen: `${year - 3}-05-01`,
  drzenOd: `${year - 1}-05-01`,
  poradi: 'prvni',
  druhStavby: 'rodinny-dum',
  kdeAdresa: 'stejna',
  osvobozeni: 'zadne',
  pravdivost: true,
};
export const FEE = 30_000;

const question = {
  predmet: 'Smlouvy na zimní údržbu',
  dotaz: 'Žádám o kopie smluv na zimní údržbu chodníků za poslední dva roky.',
  zpusob: 'portal',
};

/** Looks every 150 ms until it sees something; says what it was looking for when it gives up. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, patienceMs = 30_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`never seen: ${what}`);
    await pause(150);
  }
}

export const openDraft = (who: Client, service = 'prihlaseni-psa'): Promise<Draft> => who.send<Draft>('POST', '/api/drafts', { service });

/** Everything that the form wants, with an address for those whose identity has none. */
export const filled = (draft: Draft, answers: object = dog): Record<string, unknown> => ({
  ...draft.values,
  ...(draft.values['email'] ? {} : { email: 'obcan@posta.example' }),
  ...answers,
});

async function file(who: Client, service: string, answers: object): Promise<Submitted> {
  const draft = await openDraft(who, service);
  const values = filled(draft, answers);
  return who.send<Submitted>('POST', `/api/drafts/${draft.id}/submit`, { commandId: commandId(), revision: draft.revision, values });
}
export const fileDog = (who: Client): Promise<Submitted> => file(who, 'prihlaseni-psa', dog);
export const askForInformation = (who: Client): Promise<Submitted> => file(who, 'zadost-o-informace', question);

export const caseOf = (who: Client, caseId: string): Promise<CitizenCase> => who.get(`/api/cases/${caseId}`);
export const officeCaseOf = (clerk: Client, caseId: string): Promise<OfficeCase> => clerk.get(`/urad/api/cases/${caseId}`);

/** Waits for the office's task at this element and gives its path. */
export async function taskAt(clerk: Client, caseId: string, elementId: string): Promise<string> {
  const { executionId } = await until(`task ${elementId}`, async () =>
    (await officeCaseOf(clerk, caseId)).waits.find((wait) => wait.kind === 'task' && wait.elementId === elementId),
  );
  return `/urad/api/tasks/${caseId}/${encodeURIComponent(executionId)}`;
}

export async function completeTask(clerk: Client, caseId: string, elementId: string, values: object): Promise<void> {
  await clerk.send('POST', `${await taskAt(clerk, caseId, elementId)}/complete`, { commandId: commandId(), values });
}

type ActionOf<Kind> = Extract<CitizenAction, { readonly kind: Kind }>;
export async function actionOf<Kind extends CitizenAction['kind']>(who: Client, caseId: string, kind: Kind): Promise<ActionOf<Kind>> {
  return (await until(`what the citizen can do: ${kind}`, async () =>
    (await caseOf(who, caseId)).actions.find((action) => action.kind === kind),
  )) as ActionOf<Kind>;
}

/** Waits until the process itself stands at the payment: the letter is out. */
export async function feeOf(who: Client, caseId: string): Promise<PrescriptionCard> {
  return until('the fee', async () => {
    const found = await caseOf(who, caseId);
    return found.state.who === 'citizen' ? found.payments.find((payment) => payment.state === 'open') : undefined;
  });
}

/** A dog that is waiting for its fee. */
export async function prescribedDog(who: Client, clerk: Client): Promise<{ readonly caseId: string; readonly fee: PrescriptionCard }> {
  const { caseId } = await fileDog(who);
  await completeTask(clerk, caseId, 'kontrola', { vysledek: 'uplne', osvobozeni: 'zadne' });
  return { caseId, fee: await feeOf(who, caseId) };
}

export async function transfer(town: RunningTown, order: { readonly amount: number; readonly vs: string }): Promise<void> {
  const { ok } = await town.world<{ readonly ok: boolean }>('POST', '/bank/transfer', order);
  if (!ok) throw new Error('the bank refused the order');
}

export async function endOf(who: Client, caseId: string): Promise<string | null> {
  return until('the end of the case', async () => {
    const { state } = await caseOf(who, caseId);
    return state.ended ? (state.outcome ?? '') : undefined;
  });
}

export async function setFaults(town: RunningTown, simulator: string, rules: readonly object[]): Promise<void> {
  await town.world('PUT', `/${simulator}/faults`, rules);
}

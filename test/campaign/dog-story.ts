// A dog's life from the empty form over the tag to its deregistration, over HTTP, by people who insist.
import type { CitizenCase, Draft } from '../../server/contract/portal.ts';
import type { OfficeCase } from '../../server/contract/office.ts';
import type { RunningTown } from '../setup/town.ts';
import { awaited, commandId, insist, type Person } from './people.ts';

export interface Way {
  readonly pays: 'bank' | 'card';
  readonly attaches: boolean;
  readonly isIncomplete: boolean;
}
/** Payers wait outside while the door is shut. */
export interface Door {
  shut: boolean;
}
interface Cast {
  readonly town: RunningTown;
  readonly citizen: Person;
  readonly clerk: Person;
  readonly door: Door;
}

const dog = {
  pesJmeno: 'Ferda',
  plemeno: 'kříženec',
  pohlavi: 'pes',
  barva: 'černá',
  pesNarozen: '2024-05-01',
  drzenOd: '2026-01-10',
  poradi: 'prvni',
  druhStavby: 'rodinny-dum',
  kdeAdresa: 'stejna',
  osvobozeni: 'zadne',
  pravdivost: true,
};

/** Gives the id of the closed case. */
export async function registerDog(cast: Cast, way: Way): Promise<string> {
  const caseId = await file(cast, way);
  if (way.isIncomplete) {
    await work(cast, caseId, 'kontrola', { vysledek: 'neuplne', zavady: 'Chybí číslo čipu psa.' });
    const { executionId } = await awaited(
      async () => (await look(cast, caseId)).actions.find((action) => action.kind === 'task'),
      'the call to remedy',
    );
    await cast.citizen.send('POST', `/api/cases/${caseId}/tasks/${encodeURIComponent(executionId)}/complete`, {
      commandId: commandId(),
      values: { sdeleni: 'Čip má číslo 203098100123456.' },
    });
  }
  await work(cast, caseId, 'kontrola', { vysledek: 'uplne', osvobozeni: 'zadne' });
  const fee = await awaited(async () => (await look(cast, caseId)).actions.find((action) => action.kind === 'pay'), 'the fee');
  while (cast.door.shut) await new Promise((resolve) => setTimeout(resolve, 100));
  if (way.pays === 'bank') await transfer(cast, caseId);
  else await payByCard(cast, caseId, fee.prescriptionId);
  const { now } = await cast.clerk.get<{ readonly now: string }>('/urad/api/session');
  await work(cast, caseId, 'znamka', { cislo: '123', vydano: now.slice(0, 10), predani: 'osobne' });
  await deregister(cast, caseId, now.slice(0, 10));
  await awaited(async () => ((await look(cast, caseId)).state.ended ? true : undefined), 'the end');
  return caseId;
}

/** The case stays open as long as the dog is on record; the holder ends it himself. */
async function deregister(cast: Cast, caseId: string, today: string): Promise<void> {
  const offer = await awaited(
    async () => (await look(cast, caseId)).actions.find((action) => action.kind === 'task' && action.offered === true),
    'the offer to deregister',
  );
  if (offer.kind !== 'task') throw new Error('an offer is a task');
  await cast.citizen.send('POST', `/api/cases/${caseId}/tasks/${encodeURIComponent(offer.executionId)}/complete`, {
    commandId: commandId(),
    values: { druh: 'odhlaseni', duvod: 'prodej', den: today, vratit: 'ne' },
  });
  await work(cast, caseId, 'posoudit-zmenu', { vysledek: 'uznat', druh: 'odhlaseni', den: today, duvod: 'Držitel psa prodal.' });
}

const look = ({ citizen }: Cast, caseId: string): Promise<CitizenCase> => citizen.get(`/api/cases/${caseId}`);

async function file({ citizen }: Cast, { attaches }: Way): Promise<string> {
  const draft = await citizen.send<Draft>('POST', '/api/drafts', { service: 'prihlaseni-psa' });
  const files = attaches
    ? [
        await citizen.send<{ readonly id: string }>(
          'POST',
          `/api/drafts/${draft.id}/files?key=prilohy&name=pes.pdf`,
          '%PDF-1.7\nFerda je hodný pes.\n%%EOF',
        ),
      ]
    : [];
  const values = {
    ...draft.values,
    ...(draft.values['email'] ? {} : { email: 'obcan@posta.example' }),
    ...dog,
    ...(files.length > 0 ? { prilohy: files.map(({ id }) => id) } : {}),
  };
  const { caseId } = await citizen.send<{ readonly caseId: string }>('POST', `/api/drafts/${draft.id}/submit`, {
    commandId: commandId(),
    revision: draft.revision,
    values,
  });
  return caseId;
}

/** The clerk waits for the task and completes it, as many times as the answer does not come. */
async function work({ clerk }: Cast, caseId: string, elementId: string, values: object): Promise<void> {
  const { executionId } = await awaited(
    async () =>
      (await clerk.get<OfficeCase>(`/urad/api/cases/${caseId}`)).waits.find((wait) => wait.kind === 'task' && wait.elementId === elementId),
    elementId,
  );
  await clerk.send('POST', `/urad/api/tasks/${caseId}/${encodeURIComponent(executionId)}/complete`, { commandId: commandId(), values });
}

/** Somebody who does not know whether the transfer was ordered looks at his account first. */
async function transfer(cast: Cast, caseId: string): Promise<void> {
  const { amount, variableSymbol: vs } = await openFee(cast, caseId);
  await insist(async () => {
    const { transfers } = await cast.town.world<{ readonly transfers: readonly { readonly vs?: string }[] }>('GET', '/bank/ledger');
    if (!transfers.some((order) => order.vs === vs)) await cast.town.world('POST', '/bank/transfer', { amount, vs });
  }, 'a transfer');
}

async function payByCard(cast: Cast, caseId: string, prescriptionId: string): Promise<void> {
  const { variableSymbol } = await openFee(cast, caseId);
  const begun = await cast.citizen.send<{ readonly id: string }>('POST', `/api/cases/${caseId}/prescriptions/${prescriptionId}/card`, {
    commandId: commandId(),
  });
  const url = await awaited(
    async () => (await cast.citizen.get<{ readonly gatewayUrl: string | null }>(`/api/card-payments/${begun.id}`)).gatewayUrl ?? undefined,
    'the gateway',
  );
  // At the page that he was sent to: an order whose answer the town has lost is nobody's page, and nobody can pay it.
  await insist(async () => {
    const orders = await cast.town.world<readonly { readonly variableSymbol: string; readonly state: string }[]>('GET', '/gopay/ledger');
    if (orders.some((order) => order.variableSymbol === variableSymbol && order.state === 'PAID')) return;
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome: 'pay' }), redirect: 'manual' });
    if (answer.status !== 302) throw new Error(`the gateway's page: ${answer.status}`);
  }, 'a card payment');
}

async function openFee(cast: Cast, caseId: string): Promise<{ readonly amount: number; readonly variableSymbol: string }> {
  const fee = (await look(cast, caseId)).payments.find((payment) => payment.state === 'open');
  if (!fee) throw new Error('there is no open fee');
  return fee;
}

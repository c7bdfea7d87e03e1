// The waste fee of a household and the fine with its race against a deadline, over HTTP: duties, prescriptions and quiet years on a real town.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Submitted } from '../../server/contract/portal.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, commandId, officer, type Client } from './town-client.ts';
import { caseOf, completeTask, endOf, filled, openDraft, taskAt, transfer, until } from './town-steps.ts';

const database = await cloneDatabase();
const year = new Date().getFullYear();
const PATIENCE = 90_000;
let town: RunningTown;
let jana: Client;
let hana: Client;
let tereza: Client;

beforeAll(async () => {
  town = await startTown(database);
  jana = await citizen(town.url, 'jana-novotna');
  hana = await officer(town.url, 'u-hana-vlckova');
  tereza = await officer(town.url, 'u-tereza-machalova');
}, 180_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed|job loop failed|could not be processed/);
});

const today = async (): Promise<string> => (await hana.get<{ readonly now: string }>('/urad/api/session')).now.slice(0, 10);
async function file(service: string, answers: object): Promise<string> {
  const draft = await openDraft(jana, service);
  const values = filled(draft, answers);
  const sent = await jana.send<Submitted>('POST', `/api/drafts/${draft.id}/submit`, {
    commandId: commandId(),
    revision: draft.revision,
    values,
  });
  return sent.caseId;
}
const open = async (caseId: string) => (await caseOf(jana, caseId)).payments.filter(({ state }) => state === 'open');
const sees = (caseId: string, title: string) =>
  until(title, async () => ((await caseOf(jana, caseId)).state.title === title ? true : undefined), PATIENCE);

test('a household pays for its members, is quiet, changes through a clerk and moves out', async () => {
  const member = (jmenoClena: string, narozen: string, narok = 'zadne') => ({
    jmenoClena,
    prijmeniClena: 'Novotná',
    narozen,
    odkdy: `${year - 1}-05-01`,
    narok,
  });
  const caseId = await file('poplatek-za-odpad', {
    adresa: 'Dlouhá 12, 561 64 Lipová nad Orlicí',
    kdoPlati: 'spolecne',
    clenove: [member('Jana', '1985-04-12'), member('Ema', `${year - 1}-01-01`), member('Eva', `${year - 20}-01-01`, 'student')],
    pravdivost: true,
  });
  await completeTask(hana, caseId, 'kontrola', { vysledek: 'uplne' });
  await completeTask(hana, caseId, 'posoudit-narok', { vysledek: 'uznat' });

  const fees = await until('two fees', async () => ((await open(caseId)).length === 2 ? await open(caseId) : undefined), PATIENCE);
  expect(fees.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([40_000, 80_000]);
  await sees(caseId, 'K zaplacení');
  for (const { amount, variableSymbol } of fees) await transfer(town, { amount, vs: variableSymbol });
  await sees(caseId, 'Domácnost je v evidenci');
  const quiet = await caseOf(jana, caseId);
  expect([quiet.state.who, quiet.actionsWaiting]).toEqual(['nobody', 0]);
  expect(quiet.actions).toMatchObject([{ kind: 'task', offered: true, title: 'Ohlásit změnu v domácnosti' }]);

  // The offer is in nobody's queue; the clerk of the group may take it for the applicant, another may not.
  const queue = await hana.get<{ readonly tasks: readonly { readonly caseId: string }[] }>('/urad/api/tasks?queue=group');
  expect(queue.tasks.filter((task) => task.caseId === caseId)).toEqual([]);
  const offer = await taskAt(hana, caseId, 'ohlasit-zmenu');
  const leaves = { druh: 'konec', den: await today(), vratit: 'ne' };
  const foreign = await tereza.ask('POST', `${offer}/complete`, { commandId: commandId(), values: leaves });
  expect([foreign.status, foreign.body.code]).toEqual([403, 'task-not-yours']);
  await hana.send('POST', `${offer}/complete`, { commandId: commandId(), values: leaves });
  await completeTask(hana, caseId, 'posoudit-zmenu', {
    vysledek: 'uznat',
    druh: 'konec',
    den: await today(),
    duvod: 'Domácnost se odstěhovala do jiné obce.',
  });
  expect(await endOf(jana, caseId)).toBe('vyrizeno');
}, 400_000);

test('a call to the owner that is paid in time is shelved', async () => {
  const caseId = await file('pokuta', { adresa: 'Dlouhá 12', druh: 'vyzva', cislo: 'MULO/555', rz: '1E2 3456' });
  await completeTask(tereza, caseId, 'dohledat', {
    druh: 'vyzva',
    rz: '1E2 3456',
    skutek: 'stani',
    den: await today(),
    misto: 'Náměstí',
  });
  await sees(caseId, 'Zaplaťte, nebo uveďte řidiče');
  const [fee] = await open(caseId);
  expect(fee?.amount).toBe(50_000);
  await transfer(town, { amount: 50_000, vs: fee?.variableSymbol ?? '' });
  expect(await until('the end', async () => (await caseOf(jana, caseId)).state.outcome ?? undefined, PATIENCE)).toBe('odlozeno');
}, 300_000);

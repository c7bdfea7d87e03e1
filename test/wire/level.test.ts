// A life situation that demands a high level of assurance: the town itself refuses whoever came with less, at the beginning and at the sending.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SituationDraft } from '../../server/contract/office.ts';
import type { Draft, Submitted } from '../../server/contract/portal.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, citizenBy, citizenJoining, commandId, officer, type Client, type Reply } from './town-client.ts';
import { filled, openDraft } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let strong: Client;
let weak: Client;

beforeAll(async () => {
  town = await startTown(database);
  const petr = await officer(town.url, 'u-petr-dvoracek');
  const base = '/urad/api/situations/prihlaseni-psa';
  const draft = await petr.get<SituationDraft>(`${base}/draft`);
  const sheet = draft.files['situation.yaml'] ?? '';
  const files = { ...draft.files, 'situation.yaml': sheet.replace(/^login: low$/m, 'login: high') };
  const saved = await petr.send<SituationDraft>('PUT', `${base}/draft`, { revision: draft.revision, files });
  await petr.send('POST', `${base}/publish`, { commandId: commandId(), revision: saved.revision, note: 'Vyšší úroveň přihlášení' });
  strong = await citizenJoining(town.url, 'bankid', 'zdenek-rehor');
  weak = await citizenBy(town.url, 'bankid', 'zdenek-rehor');
}, 120_000);
afterAll(() => town.close());

const submit = (who: Client, draft: Draft): Promise<Reply<Submitted & { readonly code: string }>> =>
  who.ask('POST', `/api/drafts/${draft.id}/submit`, { commandId: commandId(), revision: draft.revision, values: filled(draft) });

describe('a service that demands a high level', () => {
  test('says so on its page', async () => {
    expect(await weak.get('/api/services/prihlaseni-psa')).toMatchObject({ login: 'high' });
  });

  test('is not begun below it, and the refusal names both levels', async () => {
    const jana = await citizen(town.url, 'jana-novotna');
    const { status, body } = await jana.ask('POST', '/api/drafts', { service: 'prihlaseni-psa' });

    expect([status, body]).toMatchObject([403, { code: 'loa-too-low', required: 'high', reached: 'substantial' }]);
  });

  test('is not sent below it though it was begun above, nothing of it is lost, and above it goes', async () => {
    const draft = await openDraft(strong);
    const refused = await submit(weak, draft);
    const kept = await weak.get<Draft>(`/api/drafts/${draft.id}`);
    const sent = await submit(strong, draft);

    expect([refused.status, refused.body]).toMatchObject([403, { code: 'loa-too-low', required: 'high', reached: 'substantial' }]);
    expect(kept.values).toEqual(draft.values);
    expect(sent.status).toBe(200);
    const { status, body } = await weak.ask('POST', `/api/cases/${sent.body.caseId}/withdraw`, { commandId: commandId() });
    expect([status, body]).toMatchObject([403, { code: 'loa-too-low' }]);
  });
});

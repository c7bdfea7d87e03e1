// The paper behind a representation over HTTP: offered with a file, taken up, used for a case; read by both sides and by clerks, by nobody else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MandateOffered, OfficeRepresentations, OwnPage } from '../../server/contract/identities.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, officer, stranger, type Client, type Reply } from './town-client.ts';
import { askForInformation, officeCaseOf } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let marketa: Client;
let radek: Client;
let petr: Client;
beforeAll(async () => {
  town = await startTown(database);
  [jana, marketa] = [await citizen(town.url, 'jana-novotna'), await citizen(town.url, 'marketa-sediva')];
  [radek, petr] = [await officer(town.url, 'u-radek-simunek'), await officer(town.url, 'u-petr-dvoracek')];
}, 240_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

const PDF = '%PDF-1.7\n%%EOF';
const attach = (who: Client, path: string, name = 'plna-moc.pdf', content = PDF): Promise<Reply<{ readonly code: string }>> =>
  who.upload<{ readonly code: string }>(path, { key: 'listina', name, content });

test(
  'a mandate is offered with its power of attorney; who acts by it files a case, and the clerk reads the paper from the case',
  { timeout: 120_000 },
  async () => {
    const { today } = await jana.get<OwnPage>('/api/me');
    const wish = { situations: null, acts: ['file'], validFrom: today, validTo: `${Number(today.slice(0, 4)) + 1}-01-31`, email: null };
    const { id: offer, link } = await jana.send<MandateOffered>('POST', '/api/me/mandates', wish);
    const door = `/api/me/offers/${offer}/files`;
    expect((await attach(marketa, door)).status).toBe(404);
    expect((await attach(stranger(town.url), door)).status).toBeGreaterThanOrEqual(401);
    expect((await attach(jana, door, 'plna-moc.pdf', 'MZ program')).body.code).toBe('file-type-not-allowed');
    expect((await attach(jana, door, 'plna-moc.exe')).body.code).toBe('file-type-not-allowed');
    expect((await attach(jana, door)).status).toBe(204);
    expect((await attach(jana, door)).body.code).toBe('evidence-already-there');
    expect((await jana.get<OwnPage>('/api/me')).offers).toMatchObject([{ evidenceFile: 'plna-moc.pdf' }]);

    const { id } = await marketa.send<{ readonly id: string }>('POST', '/api/me/offers/accept', { code: link.split('#')[1] });

    const file = `/api/me/representations/${id}/evidence`;
    for (const side of [jana, marketa])
      expect([(await side.ask('GET', file)).status, (await side.ask('GET', file)).text]).toEqual([200, PDF]);
    expect((await jana.ask('GET', file)).headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await (await citizen(town.url, 'zdenek-rehor')).ask('GET', file)).status).toBe(404);
    await marketa.send('POST', '/api/me/act', { representation: id });
    const { caseId } = await askForInformation(marketa);
    const { representation } = (await officeCaseOf(radek, caseId)).applicantCard;
    expect(representation).toEqual({ id, evidence: 'Uděleno na portálu', file: 'plna-moc.pdf' });
    expect((await radek.ask('GET', `/urad/api/representations/${id}/evidence`)).text).toBe(PDF);
    // Who only models processes works with nobody's papers.
    expect((await petr.ask('GET', `/urad/api/representations/${id}/evidence`)).body.code).toBe('not-permitted');

    await jana.send('POST', `/api/me/representations/${id}/end`, {});
    for (const side of [jana, marketa]) expect((await side.ask('GET', file)).text).toBe(PDF);
    expect((await officeCaseOf(radek, caseId)).applicantCard.representation?.file).toBe('plna-moc.pdf');
  },
);

test('an officer registers a company’s representative and attaches the paper he was shown; the list names it', async () => {
  const { today } = await jana.get<OwnPage>('/api/me');
  const { id } = await radek.send<{ readonly id: string }>('POST', '/urad/api/representations', {
    kind: 'statutory',
    principal: { ico: '25596641', name: 'Psí hotel U Kapličky s. r. o.' },
    situations: null,
    acts: ['file'],
    validFrom: today,
    validTo: null,
    evidence: 'Výpis z obchodního rejstříku',
  });
  expect((await attach(radek, `/urad/api/representations/${id}/files`, 'vypis.pdf')).status).toBe(204);
  expect((await attach(petr, `/urad/api/representations/${id}/files`, 'vypis.pdf')).body.code).toBe('not-permitted');
  expect((await radek.ask('GET', `/urad/api/representations/${id}/evidence`)).text).toBe(PDF);
  const { representations } = await radek.get<OfficeRepresentations>('/urad/api/representations?q=');
  expect(representations.map(({ evidenceFile }) => evidenceFile)).toContain('plna-moc.pdf');
});

// What must not happen on the way in: wrong forms, double submits, logins that expire, bad files, bad publications. Refused plainly, and nothing lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyTownUrl } from '../cases/town.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import type { SituationDraft, SituationList } from '../../server/contract/office.ts';
import type { CitizenCaseList, Draft, FileCard, FormIssue, SavedDraft, Submitted } from '../../server/contract/portal.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { expectRefusal } from './refusal.ts';
import { citizen, commandId, officer, type Client, type Reply } from './town-client.ts';
import { caseOf, fileDog, filled, openDraft, taskAt } from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let zdenek: Client;
let tomas: Client;
let hana: Client;
let radek: Client;
let petr: Client;

beforeAll(async () => {
  town = await startTown(database);
  jana = await citizen(town.url, 'jana-novotna');
  zdenek = await citizen(town.url, 'zdenek-rehor');
  tomas = await citizen(town.url, 'tomas-cizek');
  hana = await officer(town.url, 'u-hana-vlckova');
  radek = await officer(town.url, 'u-radek-simunek');
  petr = await officer(town.url, 'u-petr-dvoracek');
}, 120_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

/** Either what was asked for or a refusal; tests read of it what they expect. */
type Answer<T> = Reply<T & { readonly code: string; readonly issues: readonly FormIssue[] }>;
const caseCount = async (who: Client): Promise<number> => (await who.get<CitizenCaseList>('/api/cases')).cases.length;
const read = (who: Client, draft: { readonly id: string }): Promise<Draft> => who.get(`/api/drafts/${draft.id}`);
const submit = (who: Client, draft: Draft, values: object, id = commandId()): Promise<Answer<Submitted>> =>
  who.ask('POST', `/api/drafts/${draft.id}/submit`, { commandId: id, revision: draft.revision, values });

describe('a form', () => {
  const WRONG: readonly (readonly [string, object, readonly (readonly [string, string])[]])[] = [
    ['a missing answer', { pesJmeno: '' }, [['pesJmeno', 'required']]],
    ['a date that does not exist', { drzenOd: '2026-02-30' }, [['drzenOd', 'date']]],
    ['a choice that is not offered', { poradi: 'treti' }, [['poradi', 'option']]],
    ['a chip of two digits', { cip: '12' }, [['cip', 'pattern']]],
    ['a dog held before it was born', { pesNarozen: '2020-05-01', drzenOd: '2019-05-01' }, [['drzenOd', 'rule']]],
    ['an answer to a hidden question', { adresaPsa: 'Dlouhá 1, Brno' }, [['adresaPsa', 'hidden-field']]],
    ['an answer to no question', { sleva: 'ano' }, [['sleva', 'unknown-field']]],
    ['another surname than NIA says', { prijmeni: 'Jiná' }, [['prijmeni', 'locked-field']]],
    ['somebody else’s file', { prilohy: ['01890a5d-ac96-774b-bcce-b302099a8057'] }, [['prilohy', 'file-unknown']]],
    [
      'a text where a list belongs',
      { prilohy: 'x', pravdivost: 'ano' },
      [
        ['prilohy', 'wrong-type'],
        ['pravdivost', 'wrong-type'],
      ],
    ],
  ];
  test.each(WRONG)('with %s is refused, and the draft stays as it was', async (_name, wrong, issues) => {
    const opened = await openDraft(jana);
    const values = { ...filled(opened), poznamka: 'Rozepsáno.' };
    const saved = await jana.send<SavedDraft>('PUT', `/api/drafts/${opened.id}`, { values, page: 'pes', revision: opened.revision });
    const draft = { ...opened, revision: saved.revision };
    const before = await caseCount(jana);

    const reply = await submit(jana, draft, { ...values, ...wrong });

    expectRefusal(reply, 422, 'form-invalid');
    expect(reply.body.issues.map(({ key, code }) => [key, code])).toEqual(issues);
    for (const issue of reply.body.issues) expect(issue.message).toMatch(/^\p{Lu}.{4,}/u);
    expect(await read(jana, draft)).toMatchObject({ values, page: 'pes', revision: saved.revision });
    expect(await caseCount(jana)).toBe(before);
  });

  test('written in two windows is not overwritten: the second one gets what the first has saved', async () => {
    const draft = await openDraft(zdenek);
    const first = { ...draft.values, pesJmeno: 'Punťa' };
    await zdenek.send('PUT', `/api/drafts/${draft.id}`, { values: first, page: 'pes', revision: draft.revision });

    const late = await zdenek.ask('PUT', `/api/drafts/${draft.id}`, { values: { pesJmeno: 'Rek' }, page: 'pes', revision: draft.revision });

    expectRefusal(late, 409, 'draft-changed-elsewhere');
    expect(late.body['values']).toEqual(first);
    expectRefusal(await submit(zdenek, draft, filled(draft)), 409, 'draft-changed-elsewhere');
    expect((await read(zdenek, draft)).values).toEqual(first);
  });
});

describe('a double submit', () => {
  test.each([
    ['the same order', true],
    ['orders of their own', false],
  ])('twenty times at once, with %s, is one case and one data message', async (_name, isSame) => {
    const who = isSame ? zdenek : tomas;
    const draft = await openDraft(who);
    const before = await caseCount(who);
    const one = commandId();

    const replies = await Promise.all(Array.from({ length: 20 }, () => submit(who, draft, filled(draft), isSame ? one : commandId())));

    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    expect(new Set(replies.map(({ body }) => body.caseId)).size).toBe(1);
    expect(await caseCount(who)).toBe(before + 1);
    const { caseId, mark } = replies[0]?.body ?? { caseId: '', mark: '' };
    await taskAt(hana, caseId, 'kontrola');
    const sent = await town.world<readonly { readonly senderRef: string }[]>('GET', '/isds/ledger');
    expect(sent.filter(({ senderRef }) => senderRef === mark)).toHaveLength(1);
    expectRefusal(
      await who.ask('PUT', `/api/drafts/${draft.id}`, { values: {}, page: null, revision: draft.revision }),
      410,
      'draft-already-submitted',
    );
  });

  test('two clerks complete one task: one does, the others read who was faster', async () => {
    const { caseId } = await fileDog(jana);
    const path = `${await taskAt(hana, caseId, 'kontrola')}/complete`;
    const values = { vysledek: 'uplne', osvobozeni: 'zadne' };

    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, turn) => (turn % 2 ? hana : radek).ask('POST', path, { commandId: commandId(), values })),
    );

    const late = replies.filter(({ status }) => status !== 200);
    expect(late).toHaveLength(9);
    for (const reply of late) expectRefusal(reply, 409, 'task-already-completed', 'officer');
    for (const reply of late) expect(['Hana Vlčková', 'Radek Šimůnek']).toContain(reply.body['name']);
    const { payments } = await caseOf(jana, caseId);
    expect(payments).toHaveLength(1);
  });
});

test('a login that expires in the middle of a form loses nothing: logged in again, the citizen goes on where she was', async () => {
  const draft = await openDraft(jana, 'zadost-o-informace');
  const written = { ...draft.values, predmet: 'Smlouvy na zimní údržbu' };
  const { revision } = await jana.send<SavedDraft>('PUT', `/api/drafts/${draft.id}`, {
    values: written,
    page: 'dotaz',
    revision: draft.revision,
  });
  await withClient(everyTownUrl(database), (client) =>
    client.query(`delete from session using person where session.person_id = person.id and person.family_name = 'Novotná'`),
  );

  expectRefusal(await jana.ask('PUT', `/api/drafts/${draft.id}`, { values: {}, page: 'dotaz', revision }), 401, 'login-required');
  expectRefusal(await submit(jana, { ...draft, revision }, {}), 401, 'login-required');
  jana = await citizen(town.url, 'jana-novotna');
  const resumed = await openDraft(jana, 'zadost-o-informace');
  expect(resumed).toMatchObject({ id: draft.id, values: written, page: 'dotaz', revision });
  const answers = { ...written, dotaz: 'Žádám o kopie smluv za poslední dva roky.', zpusob: 'portal' };
  expect((await submit(jana, resumed, answers)).status).toBe(200);
});

describe('a file', () => {
  const pdf = '%PDF-1.7\nOčkovací průkaz.\n%%EOF';
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const megabytes = (count: number): Uint8Array => Buffer.concat([Buffer.from(pdf), Buffer.alloc(count * 1_000_000)]);
  const stream = (count: number): ReadableStream => {
    let sent = 0;
    return new ReadableStream({
      pull: (controller) => (sent++ < count ? controller.enqueue(Buffer.alloc(1_000_000, 32)) : controller.close()),
    });
  };
  let draft: Draft;
  const put = (name: string, content: NonNullable<RequestInit['body']>, key = 'prilohy'): Promise<Answer<FileCard>> =>
    jana.upload(`/api/drafts/${draft.id}/files`, { key, name, content });
  beforeAll(async () => {
    draft = await openDraft(jana);
    expect((await put('prukaz.pdf', pdf)).status).toBe(201);
  });

  const BAD: readonly (readonly [string, () => Promise<Answer<FileCard>>, number, string])[] = [
    ['of 51 MB, announced', () => put('a.pdf', megabytes(51)), 413, 'file-too-large'],
    ['of 51 MB, streamed without a word', () => put('a.pdf', stream(51)), 413, 'file-too-large'],
    ['of 150 MB, streamed without a word', () => put('a.pdf', stream(150)), 413, 'file-too-large'],
    ['over the field’s own limit', () => put('a.pdf', megabytes(11)), 413, 'file-too-large'],
    ['that is a page named PDF', () => put('a.pdf', '<!doctype html><script>alert(1)</script>'), 422, 'file-type-not-allowed'],
    ['that is a picture named PDF', () => put('a.pdf', png), 422, 'file-type-not-allowed'],
    ['that is a PDF named page', () => put('a.html', pdf), 422, 'file-type-not-allowed'],
    [
      'that is a vector picture with a script',
      () => put('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      422,
      'file-type-not-allowed',
    ],
    ['of a type that the question does not take', () => put('a.txt', 'text'), 422, 'file-type-not-allowed'],
    ['that is empty', () => put('a.pdf', ''), 422, 'file-empty'],
    ['without a name', () => put('', pdf), 422, 'file-name-invalid'],
    ['with a name of dots', () => put('...', pdf), 422, 'file-name-invalid'],
    ['with a name of 300 letters', () => put(`${'a'.repeat(296)}.pdf`, pdf), 422, 'file-name-invalid'],
    ['whose end is turned round', () => put('smlouva\u202Efdp.exe', pdf), 422, 'file-type-not-allowed'],
    ['for a question that is not there', () => put('a.pdf', pdf, 'neni'), 422, 'field-unknown'],
    ['for a question that takes no files', () => put('a.pdf', pdf, 'pesJmeno'), 422, 'field-unknown'],
  ];
  test.each(BAD)('%s is refused, and what was uploaded before stays', async (_name, send, status, code) => {
    expectRefusal(await send(), status, code);
    expect((await read(jana, draft)).files.map(({ name }) => name)).toEqual(['prukaz.pdf']);
  });

  test.each([
    ['../../x.pdf', 'x.pdf'],
    ['C:\\Windows\\x.pdf', 'x.pdf'],
    ['a\0b.pdf', 'ab.pdf'],
    ['fa\u202Ektura.pdf', 'faktura.pdf'],
    ['<b>"x"|?*.pdf', 'bx.pdf'],
    ['.htaccess.pdf', 'htaccess.pdf'],
  ])('of the hostile name %j is kept under a tame one', async (name, tame) => {
    const kept = await put(name, pdf);
    expect([kept.status, kept.body.name]).toEqual([201, tame]);
    await jana.send('DELETE', `/api/drafts/${draft.id}/files/${kept.body.id}`);
  });

  test('too much: the twenty-first is refused, six in one question too; with one the form goes through and the rest is gone', async () => {
    const ids = [(await read(jana, draft)).files[0]?.id ?? ''];
    while (ids.length < 20) ids.push((await put(`${ids.length}.pdf`, pdf)).body.id);
    expectRefusal(await put('21.pdf', pdf), 422, 'too-many-files');
    const fresh = await read(jana, draft);
    const many = await submit(jana, fresh, { ...filled(fresh), prilohy: ids.slice(0, 6) });
    expectRefusal(many, 422, 'form-invalid');
    expect(many.body.issues.map(({ key }) => key)).toEqual(['prilohy']);
    expect((await read(jana, draft)).files).toHaveLength(20);

    const { body } = await submit(jana, fresh, { ...filled(fresh), prilohy: ids.slice(0, 1) });
    const { documents } = await caseOf(jana, body.caseId);
    expect(documents.map(({ title }) => title).filter((title) => title.endsWith('.pdf'))).toEqual(['prukaz.pdf']);
  });
});

describe('a publication', () => {
  const base = '/urad/api/situations/prihlaseni-psa';
  const versions = async (): Promise<number> =>
    (await petr.get<SituationList>('/urad/api/situations')).situations.find(({ id }) => id === 'prihlaseni-psa')?.versions.length ?? 0;
  const change =
    (file: string, from: RegExp, to: string) =>
    (files: SituationDraft['files']): SituationDraft['files'] => {
      const text = files[file] ?? '';
      if (!from.test(text)) throw new Error(`${file} has no ${from.source}`);
      return { ...files, [file]: text.replace(from, to) };
    };
  const receipt = /<bpmn:sendTask id="potvrdit-prijeti"([^>]*?) spis:effect="[^"]*"([^>]*)>([^]*?)<\/bpmn:sendTask>/;
  const inner = /<bpmn:extensionElements>[^]*?<\/bpmn:extensionElements>/;
  const BAD: readonly (readonly [string, string, (files: SituationDraft['files']) => SituationDraft['files']])[] = [
    [
      'a script',
      'process.bpmn',
      (files) => {
        const found = receipt.exec(files['process.bpmn'] ?? '');
        const script = `<bpmn:scriptTask id="potvrdit-prijeti" name="Skript" scriptFormat="javascript">${(found?.[3] ?? '').replace(inner, '')}<bpmn:script>next()</bpmn:script></bpmn:scriptTask>`;
        return change('process.bpmn', receipt, script)(files);
      },
    ],
    [
      'an element that we do not know',
      'process.bpmn',
      change('process.bpmn', receipt, '<bpmn:callActivity id="potvrdit-prijeti" name="Jinam">$3</bpmn:callActivity>'),
    ],
    ['a form that is not there', 'process.bpmn', change('process.bpmn', /spis:form="kontrola"/, 'spis:form="neni"')],
    ['a gateway without default', 'process.bpmn', change('process.bpmn', / default="f-uplne"/, '')],
    [
      'a rate over the statutory maximum',
      'poplatek.dmn',
      change('poplatek.dmn', /(<outputEntry id="sazba-4-castka"><text>)\d+/, '$1160000'),
    ],
    ['an expression in ${}', 'process.bpmn', change('process.bpmn', />poplatek\.sazba = 0</, '>${poplatek.sazba == 0}<')],
    ['a file that is no XML', 'process.bpmn', change('process.bpmn', /^[^]*$/, '<nic')],
  ];
  test.each(BAD)('with %s is refused, says where, and the draft is kept', { timeout: 60_000 }, async (_name, file, spoil) => {
    const draft = await petr.get<SituationDraft>(`${base}/draft`);
    const sound =
      draft.revision === 0
        ? draft.files
        : (await petr.send('DELETE', `${base}/draft`), await petr.get<SituationDraft>(`${base}/draft`)).files;
    const files = spoil(sound);
    const { revision } = await petr.send<SavedDraft>('PUT', `${base}/draft`, { files, revision: 0 });

    const reply = await petr.ask('POST', `${base}/publish`, { commandId: commandId(), revision, note: 'Zkouška' });

    expectRefusal(reply, 422, 'publication-refused', 'officer');
    const errors = (reply.body['findings'] as { severity: string; file: string; message: string }[]).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors.map((finding) => finding.file)).toContain(file);
    for (const { message } of errors) expect(message).toMatch(/^[^{}<>]{10,}/);
    expect((await petr.get<SituationDraft>(`${base}/draft`)).files).toEqual(files);
    expect(await versions()).toBe(1);
  });

  test('of the same content is refused with the number of the version that has it; two analysts do not overwrite each other', async () => {
    await petr.send('DELETE', `${base}/draft`);
    const draft = await petr.get<SituationDraft>(`${base}/draft`);
    expectRefusal(
      await petr.ask('POST', `${base}/publish`, { commandId: commandId(), revision: 0, note: '' }),
      409,
      'nothing-to-publish',
      'officer',
    );
    const { revision } = await petr.send<SavedDraft>('PUT', `${base}/draft`, { files: draft.files, revision: 0 });

    const same = await petr.ask('POST', `${base}/publish`, { commandId: commandId(), revision, note: '' });
    const late = await petr.ask('PUT', `${base}/draft`, { files: {}, revision: 0 });
    const stale = await petr.ask('POST', `${base}/publish`, { commandId: commandId(), revision: revision + 1, note: '' });

    expectRefusal(same, 409, 'same-content', 'officer');
    expect(same.body['number']).toBe(1);
    expectRefusal(late, 409, 'draft-changed-elsewhere', 'officer');
    expectRefusal(stale, 409, 'draft-changed-elsewhere', 'officer');
    expect((await petr.get<SituationDraft>(`${base}/draft`)).files).toEqual(draft.files);
    expect(await versions()).toBe(1);
  });
});

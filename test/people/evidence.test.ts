// The paper behind a representation: attached once by who may, read by both sides and the office, kept over every end, and never changed.
import { afterAll, describe, expect, test } from 'vitest';
import { inspectEvidence } from '../../server/cases/uploads.ts';
import { Problem } from '../../server/domain/problem.ts';
import { attachEvidence, readEvidence, type Sides } from '../../server/people/evidence.ts';
import { accept, begin, end, offer, type Offered } from '../../server/people/mandates.ts';
import { openTownOfPeople, TOWN, type Visit } from './town-of-people.ts';

const town = await openTownOfPeople();
const { people, comeIn, query } = town;
afterAll(() => town.close());

let last = 0;
const person = (givenName: string): Promise<Visit> =>
  comeIn('nia', { subject: `e${(last += 1)}`, givenName, email: `e${last}@posta.example` });
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const PAPER = { name: 'plná moc.pdf', mime: 'application/pdf', content: new TextEncoder().encode('%PDF-1.7 plná moc') };
const wish = { kind: 'mandate', situations: null, acts: ['file'], validFrom: '2026-11-20', validTo: '2026-12-31', caseId: null } as const;
const give = (giver: Visit): Promise<Offered> =>
  people.mandates.inScene(TOWN, (scene) =>
    offer(scene, { ...wish, evidence: 'Plná moc', principalId: giver.person.id, grantedBy: `person:${giver.person.id}` }),
  );
const take = (code: string, taker: Visit): Promise<string> => people.mandates.inScene(TOWN, (scene) => accept(scene, code, taker));
const attach = (id: string, sides: Sides, by = 'officer:x'): Promise<string> =>
  codeOf(people.mandates.inScene(TOWN, (scene) => attachEvidence(scene, id, { file: PAPER, by, sides })));
const read = (id: string, sides: Sides): Promise<string> =>
  codeOf(people.mandates.inScene(TOWN, (scene) => readEvidence(scene, id, sides)));
const named = async (id: string, sides: Sides): Promise<string> =>
  (await people.mandates.inScene(TOWN, (scene) => readEvidence(scene, id, sides))).name;
/** Both sides and a representation with no file. */
async function mandated(): Promise<{ readonly giver: Visit; readonly taker: Visit; readonly id: string }> {
  const [giver, taker] = [await person('JANA'), await person('PETR')];
  return { giver, taker, id: await take((await give(giver)).code, taker) };
}

describe('the paper of an offer', () => {
  test('is attached by who offers, goes over to the representation, and is read by both sides and the office', async () => {
    const [giver, taker, stranger] = [await person('JANA'), await person('PETR'), await person('CIZÍ')];
    const offered = await give(giver);
    const own = [giver.person.id];
    expect(await attach(offered.id, [stranger.person.id])).toBe('representation-not-found');
    expect(await read(offered.id, own)).toBe('evidence-not-found');
    expect(await attach(offered.id, own, `person:${giver.person.id}`)).toBe('done');
    expect(await named(offered.id, own)).toBe('plná moc.pdf');
    expect((await people.overview(TOWN, giver)).offers).toMatchObject([{ evidenceName: 'plná moc.pdf' }]);

    const id = await take(offered.code, taker);

    for (const sides of [own, [taker.person.id], 'any'] as const) expect(await named(id, sides)).toBe('plná moc.pdf');
    expect(await read(id, [stranger.person.id])).toBe('representation-not-found');
    expect((await people.overview(TOWN, taker)).actsFor).toMatchObject([{ evidenceName: 'plná moc.pdf' }]);
  });

  test('is not attached to an offer that was withdrawn, or taken up, or is past its day', async () => {
    const giver = await person('JANA');
    const [withdrawn, late] = [await give(giver), await give(giver)];
    await people.mandates.withdrawOffer(TOWN, withdrawn.id, giver.person.id);
    expect(await attach(withdrawn.id, [giver.person.id])).toBe('representation-not-found');
    const used = await give(giver);
    await take(used.code, await person('PETR'));
    expect(await attach(used.id, [giver.person.id])).toBe('representation-not-found');
    await query(`update representation_invitation set expires_at = '2026-11-20T08:00:00Z' where id = $1`, [late.id]);
    expect(await attach(late.id, 'any')).toBe('representation-not-found');
  });
});

describe('the paper of a representation', () => {
  test('is attached once: not exchanged by the office, nor by who gave it, nor by two at once', async () => {
    const { giver, taker, id } = await mandated();
    expect(await attach(id, [taker.person.id])).toBe('representation-not-found');
    const before = (await query('select id from representation_evidence')).length;

    const ends = await Promise.all([attach(id, 'any'), attach(id, [giver.person.id]), attach(id, 'any')]);

    expect(ends.toSorted()).toEqual(['done', 'evidence-already-there', 'evidence-already-there']);
    expect(await query('select id from representation_evidence')).toHaveLength(before + 1);
    await expect(query(`update representation_evidence set name = 'jiná.pdf'`)).rejects.toThrow();
    await expect(query('delete from representation_evidence')).rejects.toThrow();
  });

  test('stays after its end and after two records of one side became one', async () => {
    const { giver, taker, id } = await mandated();
    await attach(id, 'any');
    await people.mandates.inScene(TOWN, (scene) => end(scene, id, { actor: `person:${taker.person.id}`, sides: 'any' }));

    for (const sides of [[giver.person.id], [taker.person.id], 'any'] as const) expect(await named(id, sides)).toBe('plná moc.pdf');
    expect((await people.overview(TOWN, giver)).actedBy).toMatchObject([{ inForce: false, evidenceName: 'plná moc.pdf' }]);
  });

  test('of another town is not there', async () => {
    const { id } = await mandated();
    await attach(id, 'any');
    expect(await codeOf(people.mandates.inScene(2, (scene) => readEvidence(scene, id, 'any')))).toBe('representation-not-found');
  });

  test('may be missing: what an officer registers at once begins without it', async () => {
    const [principal, representative] = [(await person('JANA')).person, (await person('PETR')).person];
    const id = await people.mandates.inScene(TOWN, (scene) =>
      begin(scene, { ...wish, evidence: 'Plná moc', principalId: principal.id, grantedBy: 'officer:x', principal, representative }),
    );
    expect(await read(id, 'any')).toBe('evidence-not-found');
  });
});

describe('what may be attached', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const sealed = new Uint8Array([0x30, 0x82, 0x10, 0x00, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x82]);
  test.each([
    ['a PDF', 'moc.pdf', bytes('%PDF-1.7\n'), 'application/pdf'],
    ['a photo', 'moc.JPG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0]), 'image/jpeg'],
    ['a sealed data message', 'zprava.zfo', sealed, 'application/vnd.software602.filler.form-xml-zip'],
  ])('%s', async (_what, name, content, mime) => {
    expect(await inspectEvidence({ name, content })).toEqual({ name, mime });
  });
  test.each([
    ['an empty file', 'moc.pdf', new Uint8Array(), 'file-empty'],
    ['a program under the name of a PDF', 'moc.pdf', bytes('MZ…'), 'file-type-not-allowed'],
    ['anything under the name of a data message', 'zprava.zfo', bytes('<html>'), 'file-type-not-allowed'],
    ['a table', 'moc.xlsx', bytes('PK'), 'file-type-not-allowed'],
    ['a page', 'moc.html', bytes('<html>'), 'file-type-not-allowed'],
    ['a name that is a path', '../..', bytes('%PDF-1.7'), 'file-name-invalid'],
  ])('not %s', async (_what, name, content, code) => {
    expect(await codeOf(inspectEvidence({ name, content }))).toBe(code);
  });
});

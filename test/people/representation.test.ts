// Acting for a company or for another person: who may, for how long, for what; and everything that somebody might try beyond it.
import { afterAll, describe, expect, test } from 'vitest';
import { Problem } from '../../server/domain/problem.ts';
import { accept, begin, end, grantingFor, mailOffer, offer, openOffer, type Offer, type Offered } from '../../server/people/mandates.ts';
import { register, type Registration } from '../../server/people/office-register.ts';
import { aBox, openTownOfPeople, TOWN, type Visit } from './town-of-people.ts';

const town = await openTownOfPeople();
const { people, comeIn, look, query } = town;
afterAll(() => town.close());

let last = 0;
const subject = (): string => `r${(last += 1)}`;
const person = (name = 'JAN'): Promise<Visit> =>
  comeIn('nia', { subject: subject(), givenName: name, email: `${name}${last}@posta.example` });
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const wish = (changes: Partial<Offer> = {}): Omit<Offer, 'principalId' | 'grantedBy'> => ({
  kind: 'mandate',
  situations: null,
  acts: ['file'],
  validFrom: '2026-11-20',
  validTo: '2026-12-31',
  evidence: 'Uděleno na portálu',
  caseId: null,
  ...changes,
});
const give = (giver: Visit, changes: Partial<Offer> = {}): Promise<Offered> =>
  people.mandates.inScene(TOWN, (scene) =>
    offer(scene, { ...wish(changes), principalId: grantingFor(giver, scene.now).id, grantedBy: `person:${giver.person.id}` }),
  );
const take = (code: string, taker: Visit): Promise<string> => people.mandates.inScene(TOWN, (scene) => accept(scene, code, taker));
/** Gives a mandate, takes it up and acts under it. */
async function mandated(changes: Partial<Offer> = {}): Promise<{ readonly giver: Visit; readonly taker: Visit; readonly id: string }> {
  const [giver, taker] = [await person('JANA'), await person('PETR')];
  const id = await take((await give(giver, changes)).code, taker);
  await people.actAs(TOWN, taker, id);
  return { giver, taker, id };
}

describe('a login through the box of a company', () => {
  test('acts for the company from the start, known by its IČO with its name and box', async () => {
    const owner = await comeIn('isds', { subject: subject(), dataBox: aBox() });

    expect(owner.acting).toMatchObject({
      kind: 'data-box',
      ended: false,
      mayGrant: true,
      scope: { situations: null, acts: ['file', 'account'] },
      principal: { familyName: 'Psí hotel U Kapličky s. r. o.', givenName: '', ico: '25596641', dataBox: 'psipes2' },
    });
  });

  test('of two people acts for the same company, each with his own right', async () => {
    const owner = await comeIn('isds', { subject: subject(), dataBox: aBox({ ico: '27074358', id: 'firma22' }) });
    const clerk = await comeIn('isds', {
      subject: subject(),
      dataBox: aBox({ ico: '27074358', id: 'firma22', userType: 'ENTRUSTED_USER' }),
    });

    expect(clerk.acting?.principal.id).toBe(owner.acting?.principal.id);
    expect(clerk.acting?.mayGrant).toBe(false);
    expect(clerk.person.id).not.toBe(owner.person.id);
  });

  test.each([
    ['of a natural person', { type: 'FO' }],
    ['by a user of an unknown kind', { userType: 'SOMEBODY' }],
    ['with an IČO that cannot be', { ico: '12345678' }],
  ])('%s acts for nobody', async (_what, changes) => {
    expect((await comeIn('isds', { subject: subject(), dataBox: aBox(changes) })).acting).toBeUndefined();
  });

  test('counts in this session only: elsewhere the same person cannot choose the company', async () => {
    const isds = subject();
    const owner = await comeIn('isds', { subject: isds, dataBox: aBox({ ico: '00006947', id: 'minist2' }) });
    const joined = await people.joinIdentity(TOWN, {
      session: owner.idHash,
      provider: 'nia',
      identity: { subject: 'nia-of-owner', givenName: 'Jan', familyName: 'Novák', loa: 'high' },
    });
    const elsewhere = await comeIn('nia', { subject: 'nia-of-owner' });

    expect(joined).toMatchObject({ joined: true });
    expect(elsewhere.person.id).toBe(owner.person.id);
    expect(await people.choices(TOWN, elsewhere)).toEqual([]);
    expect(await codeOf(people.actAs(TOWN, elsewhere, owner.acting?.representationId ?? null))).toBe('representation-not-found');
  });

  test('a step up in the same browser goes on acting for it', async () => {
    const [isds, nia] = [subject(), subject()];
    const owner = await comeIn('isds', { subject: isds, dataBox: aBox() });
    const joined = await people.joinIdentity(TOWN, {
      session: owner.idHash,
      provider: 'nia',
      identity: { subject: nia, givenName: 'Jan', familyName: 'Novák', loa: 'high' },
    });
    const before = await look('joined' in joined ? joined.cookie : '');

    const stronger = await comeIn('nia', { subject: nia, loa: 'high' }, before.idHash);

    expect(stronger.loa).toBe('high');
    expect(stronger.acting?.principal.ico).toBe('25596641');
  });

  test('with another role than last time revokes what the old one allowed', async () => {
    const isds = subject();
    const before = await comeIn('isds', { subject: isds, dataBox: aBox() });
    const after = await comeIn('isds', { subject: isds, dataBox: aBox({ userType: 'ADMINISTRATOR' }) });

    expect(after.acting?.scope.acts).toEqual(['read']);
    expect((await look(before.cookie)).acting?.ended).toBe(true);
  });
});

describe('a mandate', () => {
  test('is taken up with a code, lets its holder act within its scope, and both are told', async () => {
    const { giver, taker, id } = await mandated({ situations: ['prihlaseni-psa'], acts: ['file'] });

    const { acting } = await look(taker.cookie);
    const told = await query(`select from person_event where kind = 'representation-began' and detail ->> 'representation' = $1`, [id]);
    expect(acting).toMatchObject({ ended: false, mayGrant: false, scope: { situations: ['prihlaseni-psa'], acts: ['file'] } });
    expect(acting?.principal.id).toBe(giver.person.id);
    expect(await people.choices(TOWN, taker)).toEqual([{ id, name: 'Jana Novák' }]);
    expect(told).toHaveLength(2);
  });

  test('its code works once, and ten at once take it up once', async () => {
    const giver = await person('JANA');
    const { code } = await give(giver);
    const takers = await Promise.all(Array.from({ length: 10 }, () => person('PETR')));

    const answers = await Promise.all(takers.map((taker) => codeOf(take(code, taker))));

    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'invitation-over')).toHaveLength(9);
  });

  test('an old, a withdrawn and an invented code are of no use', async () => {
    const [giver, taker] = [await person('JANA'), await person('PETR')];
    const [old, withdrawn] = [await give(giver), await give(giver)];
    await people.mandates.withdrawOffer(TOWN, withdrawn.id, giver.person.id);

    expect(await codeOf(people.mandates.withdrawOffer(TOWN, old.id, taker.person.id))).toBe('invitation-not-found');
    expect(await codeOf(take(withdrawn.code, taker))).toBe('invitation-over');
    expect(await codeOf(take('x'.repeat(43), taker))).toBe('invitation-not-found');
    expect(await codeOf(people.mandates.inScene(2, (scene) => openOffer(scene, old.code)))).toBe('invitation-not-found');
    town.later(7 * 24 * 60);
    const later = await person('PETR');
    expect(await codeOf(take(old.code, later))).toBe('invitation-over');
  });

  test('nobody gives one to himself, nor by way of his company', async () => {
    const giver = await person('JANA');
    const owner = await comeIn('isds', { subject: subject(), dataBox: aBox() });

    expect(await codeOf(take((await give(giver, { validFrom: '2026-11-27' })).code, giver))).toBe('mandate-to-self');
    expect(await codeOf(take((await give(owner, { validFrom: '2026-11-27' })).code, owner))).toBe('mandate-to-self');
  });

  test('is not passed on: who holds one gives none in the name of whom he acts for', async () => {
    const { taker } = await mandated({ validFrom: '2026-11-27' });
    const acting = await look(taker.cookie);

    expect(await codeOf(Promise.resolve().then(() => grantingFor(acting, town.clock.now)))).toBe('mandate-not-passed-on');
    expect(acting.acting?.mayGrant).toBe(false);
  });

  test('of a company is given by whoever rules its box, not by an entrusted person', async () => {
    const owner = await comeIn('isds', { subject: subject(), dataBox: aBox() });
    const clerk = await comeIn('isds', { subject: subject(), dataBox: aBox({ userType: 'ENTRUSTED_USER' }) });
    const taker = await person('PETR');
    const { code } = await give(owner, { validFrom: '2026-11-27' });
    await people.actAs(TOWN, taker, await take(code, taker));

    expect((await look(taker.cookie)).acting?.principal.ico).toBe('25596641');
    expect(await codeOf(Promise.resolve().then(() => grantingFor(clerk, town.clock.now)))).toBe('mandate-not-passed-on');
  });

  test('needs a fresh login at the level substantial to give and to take', async () => {
    const [giver, low] = [await person('JANA'), await comeIn('mojeid', { subject: subject(), loa: 'low' })];
    const { code } = await give(giver, { validFrom: '2026-11-27' });
    const taker = await person('PETR');
    town.later(15);

    expect(await codeOf(give(giver))).toBe('login-not-fresh');
    expect(await codeOf(take(code, taker))).toBe('login-not-fresh');
    expect(await codeOf(give(low))).toBe('loa-too-low');
    expect(await codeOf(take(code, low))).toBe('loa-too-low');
  });

  test.each([
    ['no end', { validTo: null }, 'mandate-period-wrong'],
    ['an end before its beginning', { validFrom: '2026-12-02', validTo: '2026-12-01' }, 'mandate-period-wrong'],
    ['an end in the past', { validFrom: '2026-01-01', validTo: '2026-11-01' }, 'mandate-period-wrong'],
    ['more than five years', { validTo: '2031-12-31' }, 'mandate-period-wrong'],
    ['nothing that it allows', { acts: [] }, 'mandate-scope-empty'],
    ['no life situation', { situations: [] }, 'mandate-scope-empty'],
  ] as const)('with %s is refused', async (_what, changes, code) => {
    expect(await codeOf(give(await person('JANA'), changes))).toBe(code);
  });

  test('ends at once when either side ends it, and the session says so', async () => {
    const first = await mandated({ validFrom: '2026-11-27' });
    const second = await mandated({ validFrom: '2026-11-27' });
    const sides = (visit: Visit): { readonly actor: string; readonly sides: readonly string[] } => ({
      actor: `person:${visit.person.id}`,
      sides: [visit.person.id],
    });
    const finish = (id: string, by: Visit): Promise<void> => people.mandates.inScene(TOWN, (scene) => end(scene, id, sides(by)));

    await finish(first.id, first.giver);
    await finish(second.id, second.taker);

    expect((await look(first.taker.cookie)).acting?.ended).toBe(true);
    expect((await look(second.taker.cookie)).acting?.ended).toBe(true);
    expect(await codeOf(finish(first.id, first.giver))).toBe('representation-ended');
    expect(await codeOf(finish(second.id, first.giver))).toBe('representation-not-found');
    expect(await people.choices(TOWN, await look(first.taker.cookie))).toEqual([]);
    await people.actAs(TOWN, await look(first.taker.cookie), null);
    expect((await look(first.taker.cookie)).acting).toBeUndefined();
  });

  test('that has not begun or is over cannot be chosen; one that runs out ends in the middle of a session', async () => {
    const future = await mandated({ validFrom: '2026-12-24' }).catch((error: unknown) => error);
    const { taker } = await mandated({ validFrom: '2026-11-27', validTo: '2026-11-28' });
    await query(`update representation set valid_to = '2026-11-27' where representative_id = $1`, [taker.person.id]);
    const day = town.clock.now.toISOString().slice(0, 10);

    expect(future).toMatchObject({ code: 'representation-not-found' });
    expect(day).toBe('2026-11-27');
    expect((await look(taker.cookie)).acting?.ended).toBe(false);
    await query(`update representation set valid_from = '2026-11-20', valid_to = '2026-11-26' where representative_id = $1`, [
      taker.person.id,
    ]);
    expect((await look(taker.cookie)).acting?.ended).toBe(true);
  });

  test('somebody else’s id is worth nothing', async () => {
    const { id } = await mandated({ validFrom: '2026-11-27' });
    const stranger = await person('CYRIL');

    expect(await codeOf(people.actAs(TOWN, stranger, id))).toBe('representation-not-found');
    expect(await codeOf(people.actAs(TOWN, stranger, crypto.randomUUID()))).toBe('representation-not-found');
    expect((await look(stranger.cookie)).acting).toBeUndefined();
  });

  test('by e-mail carries the link and no names', async () => {
    const giver = await person('JANA');
    const offered = await give(giver, { validFrom: '2026-11-27' });
    await people.mandates.inScene(TOWN, (scene) =>
      mailOffer(scene, offered, { to: 'petr@posta.example', link: 'https://x.example/#k', lang: 'cs' }),
    );

    const [mail] = await query<{ input: { text: string } }>(`select input from outbox where input ->> 'to' = 'petr@posta.example'`);
    expect(mail?.input.text).toContain('https://x.example/#k');
    expect(mail?.input.text).not.toMatch(/Jana|Novák/);
  });

  test('between two records that become one ends: nobody represents himself', async () => {
    const mojeid = subject();
    const nia = await comeIn('nia', { subject: subject() });
    const other = await comeIn('mojeid', { subject: mojeid });
    const id = await people.mandates.inScene(TOWN, (scene) =>
      begin(scene, {
        ...wish({ validFrom: '2026-11-27' }),
        principalId: nia.person.id,
        grantedBy: `person:${nia.person.id}`,
        principal: nia.person,
        representative: other.person,
      }),
    );
    await people.joinIdentity(TOWN, {
      session: nia.idHash,
      provider: 'mojeid',
      identity: { subject: mojeid, givenName: 'Jan', familyName: 'Novák', loa: 'low' },
    });

    const [row] = await query<{ revoked_by: string }>('select revoked_by from representation where id = $1', [id]);
    expect(row?.revoked_by).toBe('system');
  });
});

describe('an officer registers', () => {
  const paper = (changes: Partial<Registration> = {}): Registration => ({
    kind: 'statutory',
    principal: { ico: '25596641', name: 'Psí hotel U Kapličky s. r. o.' },
    situations: null,
    acts: ['file', 'account'],
    validFrom: '2026-11-27',
    validTo: null,
    evidence: 'Výpis z obchodního rejstříku C 12345',
    ...changes,
  });
  const write = (given: Registration): Promise<{ readonly id: string } | Offered> =>
    people.mandates.inScene(TOWN, (scene) => register(scene, given, '019a0000-0000-7000-8000-000000000001'));

  test('a statutory body, who takes it up with his own login and then gives mandates for the company', async () => {
    const made = await write(paper());
    const director = await person('KAREL');
    const id = await take('code' in made ? made.code : '', director);
    await people.actAs(TOWN, director, id);

    const { acting } = await look(director.cookie);
    expect(acting).toMatchObject({ kind: 'statutory', mayGrant: true, validTo: null });
    expect(acting?.principal.ico).toBe('25596641');
  });

  test.each([
    ['without evidence', { evidence: '  ' }, 'evidence-missing'],
    ['with a wrong IČO', { principal: { ico: '11111111', name: 'X' } }, 'ico-wrong'],
    ['for a case that is not there', { principal: { mark: 'SZ X 1/2026' } }, 'person-not-found'],
    ['that is over', { validTo: '2026-11-26' }, 'mandate-period-wrong'],
  ] as const)('nothing %s', async (_what, changes, code) => {
    expect(await codeOf(write(paper(changes)))).toBe(code);
  });
});

describe('sessions', () => {
  test('are listed with device and way of login, and ended one by one or all the others at once', async () => {
    const nia = subject();
    const here = await comeIn('nia', { subject: nia });
    const there = await comeIn('nia', { subject: nia });
    const third = await comeIn('nia', { subject: nia });
    const owner = { kind: 'citizen', id: here.person.id, current: here.idHash } as const;
    const { sessions } = await people.overview(TOWN, here);
    const stranger = await person('CYRIL');

    expect(sessions.map(({ device, provider, current }) => [device, provider, current]).toSorted()).toEqual(
      [
        ['Firefox', 'nia', true],
        ['Firefox', 'nia', false],
        ['Firefox', 'nia', false],
      ].toSorted(),
    );
    const other = sessions.find(({ current }) => !current)?.key ?? '';
    expect(await codeOf(people.endSession(TOWN, { kind: 'citizen', id: stranger.person.id, current: stranger.idHash }, other))).toBe(
      'session-not-found',
    );
    await people.endSession(TOWN, owner, other);
    expect((await people.sessionsOf(TOWN, owner)).length).toBe(2);
    expect(await people.endOtherSessions(TOWN, owner)).toBe(1);
    expect(await people.citizen(TOWN, there.cookie)).toBeUndefined();
    expect(await people.citizen(TOWN, third.cookie)).toBeUndefined();
    expect(await people.citizen(TOWN, here.cookie)).toBeDefined();
  });

  test('a login in a browser that has a session replaces it', async () => {
    const before = await person();
    const after = await comeIn('nia', { subject: subject() }, before.idHash);

    expect(await people.citizen(TOWN, before.cookie)).toBeUndefined();
    expect(after.idHash).not.toBe(before.idHash);
  });
});

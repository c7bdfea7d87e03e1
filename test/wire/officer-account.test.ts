// An officer's own logins, and the directory page of administrators, in a whole running town.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DirectoryPage, OfficerSessions } from '../../server/contract/officers.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { officer } from './town-client.ts';

const database = await cloneDatabase();
let town: RunningTown;
beforeAll(async () => {
  town = await startTown(database);
}, 120_000);
afterAll(() => town.close());

test('an officer sees where he is logged in, and ends it elsewhere', async () => {
  const [here, elsewhere, colleague] = [
    await officer(town.url, 'u-hana-vlckova'),
    await officer(town.url, 'u-hana-vlckova'),
    await officer(town.url, 'u-radek-simunek'),
  ];
  const { sessions } = await here.get<OfficerSessions>('/urad/api/account/sessions');
  const other = sessions.find(({ current }) => !current);

  expect(sessions).toHaveLength(2);
  expect(JSON.stringify(sessions)).not.toMatch(/idToken|refreshToken|hash/i);
  expect((await colleague.ask('POST', `/urad/api/account/sessions/${other?.key ?? ''}/end`, {})).status).toBe(404);
  expect((await elsewhere.ask('GET', '/urad/api/tasks')).status).toBe(200);
  expect((await here.ask('POST', `/urad/api/account/sessions/${other?.key ?? ''}/end`, {})).status).toBe(204);

  expect((await elsewhere.ask('GET', '/urad/api/account/sessions')).status).toBe(401);
  expect(await here.send('POST', '/urad/api/account/sessions/end-others', {})).toEqual({ ended: 0 });
  expect((await here.get<OfficerSessions>('/urad/api/account/sessions')).sessions).toHaveLength(1);
});

test('the directory is seen by administrators only, and nothing can be allowed that was not refused', async () => {
  const [administrator, clerk] = [await officer(town.url, 'u-iveta-zbornikova'), await officer(town.url, 'u-hana-vlckova')];

  expect(await administrator.get<DirectoryPage>('/urad/api/directory')).toEqual({ isOn: false, last: null });
  expect((await administrator.ask('POST', '/urad/api/directory/allow', { leavers: 3 })).body.code).toBe('directory-changed');
  expect((await administrator.ask('POST', '/urad/api/directory/allow', { leavers: -1 })).status).toBe(422);
  for (const [method, path] of [
    ['GET', '/urad/api/directory'],
    ['POST', '/urad/api/directory/allow'],
  ] as const)
    expect((await clerk.ask(method, path, method === 'POST' ? { leavers: 1 } : undefined)).body.code).toBe('not-permitted');
});

test('in a town without a directory the login goes straight to the provider, and the form of passwords is not there', async () => {
  const login = await fetch(`${town.url}/urad/prihlaseni`, { redirect: 'manual' });
  const form = await fetch(`${town.url}/urad/prihlaseni`, {
    method: 'POST',
    headers: { origin: town.url, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'jmeno=a&heslo=b',
  });

  expect([login.status, login.headers.get('location')?.includes('/zkusebni-svet/oidc/auth')]).toEqual([303, true]);
  expect(form.status).toBe(404);
});

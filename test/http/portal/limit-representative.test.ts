// Every citizen's route has a place in the table of what somebody who acts for another may reach, and only those that are meant to are free.
import { expect, test } from 'vitest';
import { RULES } from '../../../server/http/portal/limit-representative.ts';
import { registeredRoutes } from '../../wire/registered-routes.ts';

const ID = '0193b5a0-0000-7000-8000-000000000001';
const routes = registeredRoutes()
  .filter(({ path }) => path.startsWith('/api/') && !path.startsWith('/api/hooks/'))
  .map(({ method, path }) => ({ method, path, real: path.replace(/:[A-Za-z]+/g, ID) }));

const needOf = (method: string, path: string): string => {
  const rule = RULES.find((one) => one.path.test(path));
  const need = method === 'GET' ? rule?.reading : rule?.changing;
  if (need === undefined) return 'refused';
  return 'of' in need && need.of !== undefined ? `${need.need} of ${need.of}` : need.need;
};
const those = (wanted: string): readonly string[] =>
  routes.filter(({ method, real }) => needOf(method, real) === wanted).map(({ method, path }) => `${method} ${path}`);

test('what is refused to him altogether is the calendar’s private address', () => {
  expect(new Set(those('refused').map((name) => name.split(' ')[1]))).toEqual(new Set(['/api/calendar-feed']));
});

test('what is free is his own page and what needs no login', () => {
  for (const name of those('nothing')) expect(name).toMatch(/ \/api\/(me|session|services|login-ways|addresses|public-payments)(\/|$)/);
});

test('changing a case or a draft needs the right to file, and asks to which life situation it belongs', () => {
  const changing = routes.filter(
    ({ method, path }) => method !== 'GET' && /^\/api\/(cases|drafts)\/:/.test(path) && !path.endsWith('/card'),
  );

  expect(changing.length).toBeGreaterThan(5);
  for (const { method, real, path } of changing)
    expect([path, needOf(method, real)]).toEqual([path, expect.stringMatching(/^file of (case|draft)$/)]);
});

test('the account needs a right of its own, and addresses for notices belong to whoever rules the company', () => {
  for (const { method, path, real } of routes.filter(({ path }) => path.startsWith('/api/account')))
    expect([path, needOf(method, real)]).toEqual([path, expect.stringMatching(/^(account|rule)$/)]);
  for (const { method, real } of routes.filter(({ path }) => path.startsWith('/api/contacts'))) expect(needOf(method, real)).toBe('rule');
});

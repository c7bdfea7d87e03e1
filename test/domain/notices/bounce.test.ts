// What returned mail says about an address: RFC 3463 codes and what a person reads.
import { expect, test } from 'vitest';
import { bounceVerdict } from '../../../server/domain/notices/index.ts';

test.each([
  ['failed', '5.1.1', true, 'Taková schránka neexistuje.'],
  ['failed', '5.1.2', true, 'Taková schránka neexistuje.'],
  ['failed', '5.2.1', true, 'Schránka je vypnutá.'],
  ['failed', '5.2.2', false, 'Schránka je plná.'],
  ['failed', '4.4.7', false, 'Poštovní server příjemce neodpovídá.'],
  ['failed', '5.7.1', false, 'Poštovní server příjemce naši zprávu nechce.'],
  ['failed', '5.0.0', true, 'Zprávu se nepodařilo doručit.'],
  ['failed', '', true, 'Zprávu se nepodařilo doručit.'],
] as const)('%s %s', (action, status, permanent, reason) => {
  expect(bounceVerdict(action, status)).toEqual({ permanent, reason });
});

test.each(['delayed', 'other'] as const)('%s says nothing yet', (action) => {
  expect(bounceVerdict(action, '4.4.1')).toBeUndefined();
});

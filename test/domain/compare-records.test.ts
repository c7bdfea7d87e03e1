// Our file beside theirs: each thing that may differ is told once, and a file that is the same says nothing.
import { expect, test } from 'vitest';
import {
  compareFile,
  DIFFERENCES,
  SENDABLE,
  type OurDocument,
  type OurFile,
  type TheirDocument,
  type TheirFile,
} from '../../server/domain/compare-records.ts';

const ourLetter: OurDocument = {
  documentId: 'dopis',
  direction: 'out',
  number: 'M/2/2026',
  settledAt: '2026-03-05T08:00:00Z',
  dispatchedAt: '2026-03-02T08:00:00Z',
  deliveredAt: '2026-03-04T08:00:00Z',
  isToldByThem: false,
};
const theirLetter: TheirDocument = {
  number: 'M/2/2026',
  isSettled: true,
  isInFile: true,
  hasFile: true,
  isDispatched: true,
  isDelivered: true,
};
const ours: OurFile = { state: 'closed', mark: 'SZ 1', documents: [ourLetter] };
const theirs: TheirFile = { state: 'closed', mark: 'SZ 1', others: [] };
const kinds = (
  our: Partial<OurFile>,
  their: Partial<TheirFile> | undefined,
  letter: Partial<TheirDocument> | undefined = {},
): readonly string[] =>
  compareFile({ ...ours, ...our }, their && { ...theirs, ...their }, () => letter && { ...theirLetter, ...letter }).map(({ kind }) => kind);

test('the same on both sides differs in nothing', () => {
  expect(kinds({}, {})).toEqual([]);
  expect(kinds({ mark: null }, {})).toEqual([]);
});

test.each<[string, Partial<OurFile>, Partial<TheirFile> | undefined, Partial<TheirDocument> | undefined]>([
  ['file-missing', {}, undefined, {}],
  ['file-mark', {}, { mark: 'SZ 9' }, {}],
  ['file-open', {}, { state: 'settled' }, {}],
  ['file-closed', { state: 'open' }, {}, {}],
  ['document-missing', {}, {}, undefined],
  ['document-number', {}, {}, { number: 'M/9/2026' }],
  ['document-elsewhere', {}, {}, { isInFile: false }],
  ['document-open', {}, {}, { isSettled: false }],
  ['document-without-file', {}, {}, { hasFile: false }],
  ['dispatch-missing', {}, {}, { isDispatched: false, isDelivered: false }],
  ['delivery-missing', {}, {}, { isDelivered: false }],
  ['delivery-unknown', { documents: [{ ...ourLetter, deliveredAt: null }] }, {}, {}],
  ['document-extra', {}, { others: ['D-9'] }, {}],
])('%s', (kind, our, their, letter) => {
  const letters = letter === undefined ? (): undefined => undefined : (): TheirDocument => ({ ...theirLetter, ...letter });
  const found = compareFile({ ...ours, ...our }, their && { ...theirs, ...their }, letters);
  expect(found.map((one) => one.kind)).toEqual([kind]);
  expect(DIFFERENCES).toContain(kind);
});

test('a delivery that they told us themselves is not told back, and a received document has no file of ours to miss', () => {
  expect(kinds({ documents: [{ ...ourLetter, isToldByThem: true }] }, {}, { isDelivered: false })).toEqual([]);
  expect(kinds({ documents: [{ ...ourLetter, direction: 'in' }] }, {}, { hasFile: false })).toEqual([]);
});

test('what is for a person alone cannot be sent again', () => {
  for (const kind of ['file-missing', 'file-mark', 'document-missing', 'document-number', 'delivery-unknown', 'document-extra'] as const)
    expect(SENDABLE.has(kind)).toBe(false);
});

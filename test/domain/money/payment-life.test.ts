// The table of a payment's life, second persons, and the order of clearing, as data.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrears, byWish, shareOut, together, type OpenPrescription } from '../../../server/domain/money/allocation-order.ts';
import { fourEyesAbove, FOUR_EYES_ABOVE, needsSecond } from '../../../server/domain/money/four-eyes.ts';
import { certain, sameName, suggest, symbolsMeant, type Candidate } from '../../../server/domain/money/matching.ts';
import {
  isSink,
  mayStep,
  PAYMENT_SINKS,
  PAYMENT_STATES,
  paymentState,
  paymentSteps,
  stepsTo,
} from '../../../server/domain/money/payment-life.ts';
import { symbolOf } from '../../../server/domain/money/symbols.ts';

describe('the life of a payment', () => {
  test('from every state an end can be reached, and nothing leads back to the beginning', () => {
    for (const from of PAYMENT_STATES) {
      const reached = new Set([from]);
      for (const state of reached) for (const next of paymentSteps[state]) reached.add(next);
      expect([...reached].some(isSink), from).toBe(true);
      expect(mayStep(from, 'received')).toBe(false);
    }
  });
  test('money that went back or was taken back has no further life', () => {
    expect(PAYMENT_SINKS.filter((state) => paymentSteps[state].length === 0)).toEqual(['returned', 'reversed']);
  });
  test.each([
    [{ free: 10, allocated: 0, returning: 0, returned: 0, reversed: 0 }, 'unmatched'],
    [{ free: 10, allocated: 5, returning: 0, returned: 0, reversed: 0 }, 'part-allocated'],
    [{ free: 0, allocated: 5, returning: 0, returned: 0, reversed: 0 }, 'allocated'],
    [{ free: 0, allocated: 5, returning: 0, returned: 5, reversed: 0 }, 'allocated'],
    [{ free: 3, allocated: 5, returning: 2, returned: 0, reversed: 0 }, 'return-ordered'],
    [{ free: 0, allocated: 0, returning: 0, returned: 5, reversed: 0 }, 'returned'],
    [{ free: 0, allocated: 0, returning: 0, returned: 0, reversed: 5 }, 'reversed'],
  ] as const)('balances %j mean %s', (balances, state) => {
    expect(paymentState(balances)).toBe(state);
  });
  test('a step that the table does not know is none', () => {
    expect(stepsTo('returned', 'unmatched')).toBeUndefined();
    expect(stepsTo('allocated', 'allocated')).toEqual([]);
  });
});

const debt = (id: string, given: Partial<OpenPrescription> = {}): OpenPrescription => ({
  id,
  kind: 'pes',
  regime: 'dr',
  dueDate: '2026-03-31',
  open: 100,
  ...given,
});

describe('the order of clearing', () => {
  test('nobody gets more than he owes and nothing is made up', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(fc.nat(500), { maxLength: 8 }), (amount, owed) => {
        const debts = owed.map((open, index) => debt(String(index), { open }));
        const shares = shareOut(amount, debts);
        const sum = shares.reduce((total, share) => total + share.amount, 0);
        return (
          sum ===
            Math.min(
              amount,
              owed.reduce((total, open) => total + open, 0),
            ) && shares.every((share) => share.amount > 0 && share.amount <= (owed[Number(share.prescriptionId)] ?? 0))
        );
      }),
    );
  });
  test('fees before their accessories, the earlier due first, never what is not due or no local fee (§ 152, § 154 zákona č. 280/2009 Sb.)', () => {
    const debts = [
      debt('urok', { kind: 'urok', dueDate: '2020-01-01' }),
      debt('b', { dueDate: '2025-03-31' }),
      debt('a', { dueDate: '2024-03-31' }),
      debt('later', { dueDate: '2026-12-31' }),
      debt('spravni', { kind: 'spravni', dueDate: '2020-01-01' }),
      debt('pokuta', { kind: 'pokuta', regime: 'sr', dueDate: '2020-01-01' }),
    ];
    expect(arrears(debts, '2026-03-31').map(({ id }) => id)).toEqual(['a', 'b', 'urok']);
  });
  test('a wish is kept in its order and to its amount', () => {
    const shares = shareOut(
      150,
      byWish([{ prescriptionId: 'b', amount: 30 }, { prescriptionId: 'gone' }, { prescriptionId: 'a' }], [debt('a'), debt('b')]),
    );
    expect(shares).toEqual([
      { prescriptionId: 'b', amount: 30 },
      { prescriptionId: 'a', amount: 100 },
    ]);
    expect(together([...shares, { prescriptionId: 'b', amount: 20 }])).toContainEqual({ prescriptionId: 'b', amount: 50 });
  });
});

describe('two pairs of eyes', () => {
  test('a town sets its own limit; nonsense means the usual one', () => {
    expect(fourEyesAbove({ money: { fourEyesAbove: 50_000 } })).toBe(50_000);
    for (const settings of [{}, { money: 1 }, { money: { fourEyesAbove: '5' } }, { money: { fourEyesAbove: -1 } }])
      expect(fourEyesAbove(settings)).toBe(FOUR_EYES_ABOVE);
  });
  test('only an officer is watched, and only above the limit', () => {
    expect([needsSecond('officer:x', 101, 100), needsSecond('officer:x', 100, 100), needsSecond('rule:x', 101, 100)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('whose money it is', () => {
  const symbol = symbolOf('71', 12);
  const candidate = (given: Partial<Candidate> = {}): Candidate => ({
    prescriptionId: 'p',
    payerId: 'jana',
    payerName: 'Jana Nováková',
    kind: 'pes',
    variableSymbol: symbol,
    open: 300,
    dueDate: '2026-03-31',
    ...given,
  });
  const payment = { variableSymbol: '', counterAccount: '5/0100', payerName: '', message: '', amount: 300 };
  const nobody = { rules: [], payersOfAccount: [] };

  test('every reason is said, and the likeliest comes first', () => {
    const slip = `${symbol.slice(0, 8)}${symbol[9]}${symbol[8]}`;
    const of = (given: object, known: object = {}): readonly string[] =>
      suggest({ ...payment, ...given }, [candidate()], { ...nobody, ...known })[0]?.reasons ?? [];
    expect(of({ variableSymbol: `00${symbol}` })).toEqual(['exact-symbol']);
    expect(of({ message: `pes ${symbol}` })).toEqual(['symbol-in-message']);
    expect(of({ variableSymbol: slip })).toEqual(['symbol-slip']);
    expect(of({ payerName: 'NOVAKOVA JANA' })).toEqual(['amount-and-name']);
    expect(of({ amount: 1, payerName: 'NOVAKOVA JANA' })).toEqual(['same-name']);
    expect(of({}, { payersOfAccount: ['jana'] })).toEqual(['amount-and-account']);
    expect(of({ amount: 1 }, { payersOfAccount: ['jana'] })).toEqual(['same-account']);
    expect(of({ amount: 1 }, { rules: [{ id: 'r', payerId: 'jana', kind: '' }] })).toEqual(['learned-rule']);
    const two = suggest({ ...payment, message: symbol }, [candidate({ prescriptionId: 'q', variableSymbol: '1' }), candidate()], {
      ...nobody,
      payersOfAccount: ['jana'],
    });
    expect(two.map(({ prescriptionId }) => prescriptionId)).toEqual(['p', 'q']);
  });
  test('what is not open or fits nothing is not suggested', () => {
    expect(suggest({ ...payment, variableSymbol: symbol }, [candidate({ open: 0 })], nobody)).toEqual([]);
    expect(suggest({ ...payment, amount: 1 }, [candidate()], nobody)).toEqual([]);
  });
  test('certain without a symbol only by exactly one debt of that amount, or by a rule of one payer', () => {
    expect(certain(payment, { rules: [], ofAccount: [candidate()] })?.by).toBe('rule:amount-and-account');
    expect(certain(payment, { rules: [], ofAccount: [candidate(), candidate({ prescriptionId: 'q' })] })).toBeUndefined();
    expect(certain({ ...payment, variableSymbol: '4' }, { rules: [], ofAccount: [candidate()] })).toBeUndefined();
    expect(certain({ ...payment, counterAccount: '' }, { rules: [], ofAccount: [candidate()] })).toBeUndefined();
    const rule = { id: 'r', payerId: 'jana', kind: 'pes' };
    expect(
      certain({ ...payment, amount: 1 }, { rules: [rule], ofAccount: [candidate(), candidate({ kind: 'odpad', prescriptionId: 'o' })] })
        ?.candidates,
    ).toHaveLength(1);
    expect(certain({ ...payment, amount: 1 }, { rules: [rule, { ...rule, payerId: 'petr' }], ofAccount: [candidate()] })).toBeUndefined();
  });
  test('names are compared as banks write them', () => {
    expect(sameName('NOVÁKOVÁ JANA', 'Jana Novakova')).toBe(true);
    expect(sameName('Jana', 'Jana Nováková')).toBe(false);
    expect(sameName('Ing. Jana Nováková', 'Jana Nováková')).toBe(true);
  });
  test('a symbol, those in the message, and slips', () => {
    expect(symbolsMeant({ variableSymbol: '', message: `x ${symbol}` })).toMatchObject({ exact: '', inMessage: [symbol], slips: [] });
  });
});

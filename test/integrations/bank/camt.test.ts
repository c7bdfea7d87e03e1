// Reading CAMT.053 of several banks and versions: the entry of the standard, symbols wherever banks put them, batches, reversals, refusals.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readStatements } from '../../../server/integrations/bank/read-statement.ts';
import type { ReadOptions } from '../../../server/integrations/bank/read-statement.ts';
import { StatementRefused } from '../../../server/integrations/bank/statement.ts';
import type { Statement, StatementItem } from '../../../server/integrations/bank/statement.ts';
import { balance, camt, camtFile, camtStatement, entry, ourIban, sampleEntry } from './samples.ts';

const read = (bytes: Uint8Array, options: ReadOptions = {}): Statement => {
  const [statement] = readStatements(bytes, options);
  if (!statement) throw new Error('no statement');
  return statement;
};
const refusalOf = (bytes: Uint8Array, options: ReadOptions = {}): string => {
  try {
    readStatements(bytes, options);
  } catch (error) {
    if (error instanceof StatementRefused) return `${error.line}: ${error.reason}`;
    throw error;
  }
  return 'was not refused';
};
const details = (inside: string): string => `<TxDtls>${inside}</TxDtls>`;
/** The only item of a statement with one credit of 150.00. */
const one = (inside: string, options: ReadOptions = {}): StatementItem | undefined =>
  read(camt(entry({ amount: '150.00', reference: 'R1', details: details(inside) })), options).items[0];

describe('the entry of the standard', () => {
  it('gives symbols, counter account with its bank, message and days', () => {
    const statement = read(camt(sampleEntry));
    expect(statement).toMatchObject({
      account: '19-2000145399/0800',
      number: 21,
      from: '2026-02-03',
      to: '2026-02-03',
      opening: 100_000,
      closing: 115_000,
      problems: [],
    });
    expect(statement.items).toEqual([
      {
        id: expect.stringMatching(/^19-2000145399\/0800:0000123:[0-9a-f]{16}$/) as string,
        date: '2026-02-03',
        amount: 15_000,
        currency: 'CZK',
        isHeld: false,
        isReversal: false,
        vs: '2026000123',
        ks: '308',
        ss: '',
        counterAccount: '19-2000145399/0800',
        name: 'Jan Novák',
        message: 'poplatek za psa',
      },
    ]);
  });

  it('has the counter account with the code of its bank', () => {
    const other = sampleEntry.replace('19-2000145399', '1265098001').replace('<Othr><Id>0800', '<Othr><Id>5500');
    expect(read(camt(other)).items[0]?.counterAccount).toBe('1265098001/5500');
  });

  it('is read by local names: with a prefix, in version .08, in an envelope', () => {
    const statement = camtStatement({ entries: sampleEntry, balances: balance('OPBD', '1000.00') + balance('CLBD', '1150.00') });
    const expected = read(Buffer.from(camtFile(statement)));
    const wrapped = `<Envelope><AppHdr/>${camtFile(statement).replace(/<\?xml.*\?>\n/, '')}</Envelope>`;
    for (const text of [camtFile(statement, '08', 'ns2'), camtFile(statement, '08'), wrapped])
      expect(read(Buffer.from(text)).items).toEqual(expected.items);
  });

  it('of version .08 nests status, parties, agents and days deeper', () => {
    const modern =
      '<Ntry><NtryRef>7</NtryRef><Amt Ccy="CZK">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>' +
      '<BookgDt><DtTm>2026-02-02T23:30:00Z</DtTm></BookgDt><NtryDtls><TxDtls><Refs><AcctSvcrRef>A1</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs>' +
      '<Amt Ccy="CZK">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Jana Nová</Nm></Pty></Dbtr>' +
      '<DbtrAcct><Id><Othr><Id>168540115</Id></Othr></Id></DbtrAcct></RltdPties>' +
      '<RltdAgts><DbtrAgt><FinInstnId><BICFI>AGBACZPPXXX</BICFI></FinInstnId></DbtrAgt></RltdAgts>' +
      '<RmtInf><Ustrd>/VS/42</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>';
    expect(read(camt(modern, '1000.00', '1150.00', '08')).items[0]).toMatchObject({
      id: expect.stringContaining(':A1:') as string,
      date: '2026-02-03',
      name: 'Jana Nová',
      counterAccount: '168540115/0600',
      vs: '42',
    });
  });
});

describe('symbols', () => {
  it.each([
    ['a structured reference', '<RmtInf><Strd><CdtrRefInf><Ref>VS:0000000123</Ref></CdtrRefInf></Strd></RmtInf>', ['123', '', '']],
    [
      'structured references, each its own',
      '<RmtInf><Strd><CdtrRefInf><Ref>KS:0308</Ref></CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>SS:9</Ref></CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>VS:1</Ref></CdtrRefInf></Strd></RmtInf>',
      ['1', '308', '9'],
    ],
    [
      'a typed structured reference',
      '<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Prtry>VS</Prtry></CdOrPrtry></Tp><Ref>77</Ref></CdtrRefInf></Strd></RmtInf>',
      ['77', '', ''],
    ],
    [
      'references of the bank',
      '<Refs><Prtry><Tp>VS</Tp><Ref>55</Ref></Prtry><Prtry><Tp>SS</Tp><Ref>66</Ref></Prtry></Refs>',
      ['55', '', '66'],
    ],
    ['EndToEndId with slashes', '<Refs><EndToEndId>/VS1234567890/SS22/KS0308</EndToEndId></Refs>', ['1234567890', '308', '22']],
    ['EndToEndId without slashes', '<Refs><EndToEndId>VS1234567890SS22KS0308</EndToEndId></Refs>', ['1234567890', '308', '22']],
    ['free text with slashes', '<RmtInf><Ustrd>/VS/123/SS/45/KS/308</Ustrd></RmtInf>', ['123', '308', '45']],
    ['free text', '<RmtInf><Ustrd>Za psa VS 123, KS: 0558</Ustrd></RmtInf>', ['123', '558', '']],
    ['nothing', '<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>', ['', '', '']],
    ['a word that only ends so', '<RmtInf><Ustrd>REVS 123 plavs456</Ustrd></RmtInf>', ['', '', '']],
    ['more digits than a symbol has', '<RmtInf><Ustrd>VS12345678901</Ustrd></RmtInf>', ['', '', '']],
    ['bare digits, which say nothing by themselves', '<Refs><EndToEndId>2026000123</EndToEndId></Refs>', ['', '', '']],
  ])('from %s', (_where, inside, [vs, ks, ss]) => {
    expect(one(inside)).toMatchObject({ vs, ks, ss });
  });

  it('are taken from the first place that has them, each for itself', () => {
    const inside =
      '<Refs><EndToEndId>/VS3/SS3/KS3</EndToEndId><Prtry><Tp>VS</Tp><Ref>2</Ref></Prtry><Prtry><Tp>SS</Tp><Ref>2</Ref></Prtry></Refs>' +
      '<RmtInf><Ustrd>VS4 SS4 KS4</Ustrd><Strd><CdtrRefInf><Ref>VS:1</Ref></CdtrRefInf></Strd></RmtInf>';
    expect(one(inside)).toMatchObject({ vs: '1', ss: '2', ks: '3' });
  });

  it('from bare digits of EndToEndId only where the bank is set so', () => {
    const inside = '<Refs><EndToEndId>2026000123</EndToEndId></Refs>';
    expect(one(inside, { dialect: { hasBareSymbol: true } })?.vs).toBe('2026000123');
  });
});

describe('batches', () => {
  const part = (amount: string, vs: string): string =>
    details(
      `<Refs><EndToEndId>/VS${vs}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="CZK">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Plátce ${vs}</Nm></Dbtr></RltdPties>`,
    );

  it('are booked part by part, each with its own amount and id', () => {
    const batch = entry({ amount: '150.00', reference: 'B1', details: part('100.00', '1') + part('25.00', '2') + part('25.00', '2') });
    const { items } = read(camt(batch));
    expect(items.map(({ amount, vs, name }) => [amount, vs, name])).toEqual([
      [10_000, '1', 'Plátce 1'],
      [2500, '2', 'Plátce 2'],
      [2500, '2', 'Plátce 2'],
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(3);
  });

  it('may have their parts in several NtryDtls, and amounts of version .08', () => {
    const parts = ['100.00', '50.00'].map((amount) => details(`<Amt Ccy="CZK">${amount}</Amt>`)).join('</NtryDtls><NtryDtls>');
    expect(read(camt(entry({ amount: '150.00', details: parts }))).items.map(({ amount }) => amount)).toEqual([10_000, 5000]);
  });

  it('whose parts do not add up are refused', () => {
    const batch = entry({ amount: '150.00', details: part('100.00', '1') + part('49.99', '2') });
    expect(refusalOf(camt(batch))).toMatch(/^\d+: součet dávky 149,99 nesouhlasí s částkou položky 150,00/);
  });

  it('whose parts have no amounts stay one sum for a person to place', () => {
    const batch = entry({ amount: '150.00', details: details('<Refs/>') + details('<Refs/>') });
    expect(read(camt(batch)).items).toMatchObject([{ amount: 15_000, vs: '', message: 'Hromadná platba, 2 položek bez částek' }]);
  });
});

describe('what counts', () => {
  it('are booked entries only', () => {
    const entries = entry({ amount: '150.00' }) + entry({ amount: '77.00', status: 'PDNG' }) + entry({ amount: '88.00', status: 'INFO' });
    expect(read(camt(entries)).items).toHaveLength(1);
  });

  it('a reversal has the direction that it is booked with, and its counterparty is that of what it reverses', () => {
    const parties =
      '<RltdPties><Dbtr><Nm>Jan</Nm></Dbtr><DbtrAcct><Id><IBAN>CZ5855000000001265098001</IBAN></Id></DbtrAcct><Cdtr><Nm>Město</Nm></Cdtr>' +
      `<CdtrAcct><Id><IBAN>${ourIban}</IBAN></Id></CdtrAcct></RltdPties>`;
    const reversal = entry({ amount: '150.00', indicator: 'DBIT', more: '<RvslInd>true</RvslInd>', details: details(parties) });
    expect(read(camt(reversal, '1000.00', '850.00')).items).toMatchObject([
      { amount: -15_000, isReversal: true, name: 'Jan', counterAccount: '1265098001/5500' },
    ]);
  });

  it('a payment sent has the payee as its counterparty', () => {
    const parties =
      `<RltdPties><Dbtr><Nm>Město</Nm></Dbtr><DbtrAcct><Id><IBAN>${ourIban}</IBAN></Id></DbtrAcct><Cdtr><Nm>Jan</Nm></Cdtr>` +
      '<CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct></RltdPties>';
    const sent = entry({ amount: '150.00', indicator: 'DBIT', details: details(parties) });
    expect(read(camt(sent, '1000.00', '850.00')).items).toMatchObject([
      { amount: -15_000, isReversal: false, name: 'Jan', counterAccount: 'DE89370400440532013000' },
    ]);
  });

  it('without a transaction takes what the bank says of the entry', () => {
    const fee = entry({ amount: '5.50', indicator: 'DBIT' }).replace('</Ntry>', '<AddtlNtryInf>Poplatek  za vedení</AddtlNtryInf></Ntry>');
    expect(read(camt(fee, '1000.00', '994.50')).items).toMatchObject([{ amount: -550, message: 'Poplatek za vedení', vs: '', name: '' }]);
  });

  it('the opening balance may be the previous closing one; available and interim balances are not money', () => {
    const balances = [balance('PRCD', '1000.00'), balance('ITBD', '5.00'), balance('CLAV', '6.00'), balance('CLBD', '1150.00')].join('');
    const file = camtFile(camtStatement({ entries: entry({ amount: '150.00' }), balances }));
    expect(read(Buffer.from(file))).toMatchObject({ opening: 100_000, closing: 115_000 });
  });

  it('a balance may be in debit, an account known by its number only', () => {
    const file = camtFile(
      camtStatement({
        entries: entry({ amount: '150.00' }),
        balances: balance('OPBD', '200.00', 'DBIT') + balance('CLBD', '50.00', 'DBIT'),
      }),
    ).replace(`<IBAN>${ourIban}</IBAN>`, '<Othr><Id>19-2000145399</Id></Othr>');
    expect(read(Buffer.from(file), { bank: '0800' })).toMatchObject({ account: '19-2000145399/0800', opening: -20_000, closing: -5000 });
  });

  it('several statements of one message', () => {
    const first = camtStatement({
      entries: entry({ amount: '150.00' }),
      balances: balance('OPBD', '1000.00') + balance('CLBD', '1150.00'),
    });
    const second = camtStatement({ entries: '', balances: balance('OPBD', '1150.00') + balance('CLBD', '1150.00'), number: '22' });
    expect(readStatements(Buffer.from(camtFile(first + second))).map(({ number, items }) => [number, items.length])).toEqual([
      [21, 1],
      [22, 0],
    ]);
  });

  it('equal payments without a reference have ids of their own, the same in an overlapping statement', () => {
    const payment = entry({ amount: '75.00' });
    const short = read(camt(payment + payment)).items;
    const long = read(camt(entry({ amount: '10.00', day: '2026-02-02' }) + payment + payment, '1000.00', '1160.00')).items;
    expect(new Set(short.map(({ id }) => id)).size).toBe(2);
    expect(long.slice(1).map(({ id }) => id)).toEqual(short.map(({ id }) => id));
  });
});

describe('foreign currency', () => {
  it('of an entry is held with its value in crowns, when the bank says it', () => {
    const inside = details('<AmtDtls><InstdAmt><Amt Ccy="EUR">6.00</Amt></InstdAmt><TxAmt><Amt Ccy="CZK">150.00</Amt></TxAmt></AmtDtls>');
    expect(read(camt(entry({ amount: '6.00', currency: 'EUR', details: inside }))).items).toMatchObject([
      { amount: 15_000, currency: 'CZK', isHeld: true },
    ]);
  });

  it.each(['1000.00', '1006.00'])(
    'of an entry without its value in crowns is held, whether the balance (%s) counts it or not',
    (closing) => {
      expect(read(camt(entry({ amount: '6.00', currency: 'EUR' }), '1000.00', closing)).items).toMatchObject([
        { amount: 600, currency: 'EUR', isHeld: true },
      ]);
    },
  );

  it('of what the payer sent does not matter when the account was credited in crowns', () => {
    const inside = details('<AmtDtls><InstdAmt><Amt Ccy="EUR">6.00</Amt></InstdAmt></AmtDtls>');
    expect(read(camt(entry({ amount: '150.00', details: inside }))).items).toMatchObject([{ amount: 15_000, isHeld: false }]);
  });

  it('of the account holds every item', () => {
    const balances = balance('OPBD', '10.00', 'CRDT', 'EUR') + balance('CLBD', '16.00', 'CRDT', 'EUR');
    const file = camtFile(camtStatement({ entries: entry({ amount: '6.00', currency: 'EUR' }), balances, currency: 'EUR' }));
    expect(read(Buffer.from(file))).toMatchObject({ currency: 'EUR', closing: 1600, items: [{ amount: 600, isHeld: true }] });
  });
});

describe('encodings', () => {
  const text = camt(sampleEntry).toString('utf8');

  it.each(['windows-1250', 'ISO-8859-2', 'UTF-16', 'UTF-8'])('%s is read as declared', (encoding) => {
    const bytes = iconv.encode(text.replace('encoding="UTF-8"', `encoding="${encoding}"`), encoding);
    expect(read(bytes).items[0]?.name).toBe('Jan Novák');
  });

  it('a byte order mark does not matter', () => {
    expect(read(Buffer.from(`\uFEFF${text}`)).items[0]?.name).toBe('Jan Novák');
  });

  it('bytes that are not the declared UTF-8 are refused with their line', () => {
    expect(refusalOf(iconv.encode(text, 'win1250'))).toMatch(/^6: soubor není v kódování UTF-8/);
    expect(refusalOf(Buffer.from(text.replace('UTF-8', 'EBCDIC-CP-US')))).toBe('1: kódování ebcdic-cp-us se nepřijímá.');
  });
});

describe('refused', () => {
  const good = camt(entry({ amount: '150.00' })).toString('utf8');
  const changed = (from: string | RegExp, to: string): Buffer => {
    const text = good.replace(from, to);
    expect(text).not.toBe(good);
    return Buffer.from(text);
  };

  it.each([
    ['a DOCTYPE', '<Document', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Document', /^2: XML s deklarací DOCTYPE/],
    ['an entity of its own', '>150.00<', '>&x;<', /^5: neznámá entita/],
    ['a processing instruction', '<BkToCstmrStmt>', '<?php x ?><BkToCstmrStmt>', /^2: XML s instrukcí/],
    ['a tag that is not closed', '</Ntry>', '', /^6: značky XML/],
    ['an end in the middle', /<\/Stmt>[^]*$/, '', /soubor končí uprostřed/],
    ['an amount that changed', '>150.00<', '>150.01<', /^4: zůstatky nesouhlasí/],
    ['parts of a haléř', '>150.00<', '>150.001<', /není v celých haléřích/],
    ['a comma', '>150.00<', '>150,00<', /není v celých haléřích/],
    ['a negative amount', '>150.00<', '>-150.00<', /není v celých haléřích/],
    ['an amount without currency', '<Amt Ccy="CZK">150.00', '<Amt>150.00', /nemá měnu/],
    ['no direction', '<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<Sts>', /směr pohybu/],
    ['no opening balance', 'OPBD', 'XXXX', /nemá počáteční zůstatek/],
    ['no closing balance', 'CLBD', 'XXXX', /nemá konečný zůstatek/],
    ['a balance in another currency', '<Amt Ccy="CZK">1150.00', '<Amt Ccy="EUR">1150.00', /v měně EUR/],
    ['a day that the calendar has not', '<BookgDt><Dt>2026-02-03', '<BookgDt><Dt>2026-02-30', /datum/],
    ['no account', /<Acct>.*<\/Acct>/, '', /neříká, kterého účtu/],
    ['another message of ISO 20022', /BkToCstmrStmt/g, 'BkToCstmrAcctRpt', /není výpis z účtu CAMT\.053/],
  ])('a statement with %s', (_what, from, to, reason) => {
    expect(refusalOf(changed(from, to))).toMatch(reason);
  });

  it('a statement of another account', () => {
    expect(refusalOf(Buffer.from(good), { account: '168540115/0600' })).toBe(
      '3: výpis patří účtu 19-2000145399/0800, ne účtu 168540115/0600.',
    );
    expect(read(Buffer.from(good), { account: '19-2000145399/0800' }).account).toBe('19-2000145399/0800');
  });

  it('a summary that says otherwise is only remarked, for the balances have proved the entries', () => {
    const summary = '<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries></TxsSummry>';
    expect(read(changed('<Ntry>', `${summary}<Ntry>`)).problems).toEqual([{ line: 5, reason: 'souhrn uvádí 3 položek, výpis jich má 1.' }]);
  });
});

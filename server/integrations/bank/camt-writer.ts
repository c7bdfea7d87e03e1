// Writes a statement in CAMT.053.001.02 the way a Czech bank does; the simulator's side of the format.
import { bankOf, numberOf } from './account-number.ts';
import { amountFor, otherSide } from './simulator-state.ts';
import type { NumberedTransfer, StatementToWrite } from './simulator-state.ts';

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const money = (haler: number): string =>
  `<Amt Ccy="CZK">${(Math.abs(haler) / 100).toFixed(2)}</Amt><CdtDbtInd>${haler < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
const balance = (code: string, haler: number, day: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(haler)}<Dt><Dt>${day}</Dt></Dt></Bal>`;

/** `iban` of the account. */
export function writeCamt({ owner, number, date, oldBalance, transfers }: StatementToWrite, iban: string): Buffer {
  const newBalance = transfers.reduce((sum, transfer) => sum + amountFor(owner.account, transfer), oldBalance);
  const entries = transfers.map((transfer) => entryOf(owner.account, transfer, date)).join('\n');
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>` +
      `<GrpHdr><MsgId>${date}-${number}</MsgId><CreDtTm>${date}T23:00:00</CreDtTm></GrpHdr>\n<Stmt><Id>${date}-${number}</Id>` +
      `<ElctrncSeqNb>${number}</ElctrncSeqNb><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>CZK</Ccy></Acct>\n` +
      `${balance('OPBD', oldBalance, date)}\n${balance('CLBD', newBalance, date)}\n${entries}\n</Stmt></BkToCstmrStmt></Document>\n`,
  );
}

function entryOf(account: string, transfer: NumberedTransfer, day: string): string {
  const amount = amountFor(account, transfer);
  const role = transfer.to === account ? 'Dbtr' : 'Cdtr';
  const other = otherSide(account, transfer);
  const symbols = (
    [
      ['VS', transfer.vs],
      ['KS', transfer.ks],
      ['SS', transfer.ss],
    ] as const
  )
    .filter(([, value]) => value)
    .map(([kind, value]) => `<Strd><CdtrRefInf><Ref>${kind}:${value ?? ''}</Ref></CdtrRefInf></Strd>`);
  const message = transfer.message ? `<Ustrd>${escape(transfer.message)}</Ustrd>` : '';
  const remittance = message === '' && symbols.length === 0 ? '' : `<RmtInf>${message}${symbols.join('')}</RmtInf>`;
  return (
    `<Ntry>${money(amount)}${transfer.isReversal ? '<RvslInd>true</RvslInd>' : ''}<Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>` +
    `<AcctSvcrRef>${transfer.reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>` +
    `<RltdPties><${role}><Nm>${escape(transfer.payerName)}</Nm></${role}><${role}Acct><Id><Othr><Id>${numberOf(other)}</Id></Othr></Id></${role}Acct></RltdPties>` +
    `<RltdAgts><${role}Agt><FinInstnId><Othr><Id>${bankOf(other)}</Id></Othr></FinInstnId></${role}Agt></RltdAgts>${remittance}</TxDtls></NtryDtls></Ntry>`
  );
}

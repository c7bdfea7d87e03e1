// Who is on the other side of a CAMT transaction: debtor of a credit, creditor of a debit; versions .02 and .08 nest them differently.
import { normalAccount } from './account-number.ts';
import { bankOfBic } from './banks.ts';
import { plainText } from './statement.ts';
import { first, textAt } from './xml-path.ts';
import type { XmlElement } from './xml-tree.ts';

export interface Counterparty {
  readonly counterAccount: string;
  readonly name: string;
}

type Role = 'Dbtr' | 'Cdtr';

/** `wasCredit`: the operation itself, before any reversal. The other role only where a bank leaves the right one out, and never ourselves. */
export function readCounterparty(details: XmlElement, wasCredit: boolean, own: string): Counterparty {
  const [right, other] = wasCredit ? (['Dbtr', 'Cdtr'] as const) : (['Cdtr', 'Dbtr'] as const);
  const side = readSide(details, right);
  if (side.counterAccount !== '' || side.name !== '') return side;
  const fallback = readSide(details, other);
  return fallback.counterAccount === own ? side : fallback;
}

function readSide(details: XmlElement, role: Role): Counterparty {
  const parties = first(details, 'RltdPties');
  const bank = first(details, `RltdAgts/${role}Agt/FinInstnId`);
  const account = textAt(parties, `${role}Acct/Id/IBAN`, `${role}Acct/Id/Othr/Id`);
  return {
    counterAccount: account === '' || account === 'NOTPROVIDED' ? '' : normalAccount(account, bankCode(bank)),
    name: plainText(textAt(parties, `${role}/Nm`, `${role}/Pty/Nm`, `${role}/Agt/FinInstnId/Nm`, `Ultmt${role}/Nm`, `Ultmt${role}/Pty/Nm`)),
  };
}

function bankCode(bank: XmlElement | undefined): string {
  const code = textAt(bank, 'Othr/Id', 'ClrSysMmbId/MmbId');
  return /^\d{4}$/.test(code) ? code : bankOfBic(textAt(bank, 'BICFI', 'BIC'));
}

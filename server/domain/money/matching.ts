// Whose money is it? From the facts of an incoming payment to what is certain, what may be suggested, and why. Pure; decides nothing about amounts.
import { bareSymbol, slipsOf, symbolsIn } from './symbols.ts';

export interface PaymentFacts {
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  /** Haléře. */
  readonly amount: number;
}
export interface Candidate {
  readonly prescriptionId: string;
  readonly payerId: string | null;
  readonly payerName: string;
  readonly kind: string;
  readonly variableSymbol: string;
  /** Haléře still owed. */
  readonly open: number;
  readonly dueDate: string;
}
/** A clerk's earlier decision: money from this account pays the debts of this payer, of one kind or of any (''). */
export interface LearnedRule {
  readonly id: string;
  readonly payerId: string;
  readonly kind: string;
}

export type Reason =
  | 'exact-symbol'
  | 'amount-and-account'
  | 'learned-rule'
  | 'symbol-in-message'
  | 'symbol-slip'
  | 'amount-and-name'
  | 'same-account'
  | 'same-name';
export interface Suggestion {
  readonly prescriptionId: string;
  readonly reasons: readonly Reason[];
  /** Higher is likelier; only for sorting. */
  readonly weight: number;
}

const WEIGHTS: Readonly<Record<Reason, number>> = {
  'exact-symbol': 100,
  'symbol-in-message': 60,
  'learned-rule': 50,
  'symbol-slip': 40,
  'amount-and-account': 40,
  'amount-and-name': 25,
  'same-account': 15,
  'same-name': 10,
};

/** Symbols under which the payer may have meant to pay: his own first, then those in the message, then slips of the hand. */
export function symbolsMeant(payment: Pick<PaymentFacts, 'variableSymbol' | 'message'>): {
  readonly exact: string;
  readonly inMessage: readonly string[];
  readonly slips: readonly string[];
} {
  const exact = bareSymbol(payment.variableSymbol);
  const inMessage = symbolsIn(payment.message).filter((symbol) => symbol !== exact);
  return { exact, inMessage, slips: slipsOf(exact) };
}

/**
 * What may be allocated without a person when the symbol is nobody's: a learned rule, or the only open prescription of exactly this amount whose payer
 * has paid from this account before. Two that fit, or a symbol that means something else, are a question for a clerk, never a guess.
 */
export function certain(
  payment: PaymentFacts,
  known: { readonly rules: readonly LearnedRule[]; readonly ofAccount: readonly Candidate[] },
): { readonly by: 'rule:learned' | 'rule:amount-and-account'; readonly candidates: readonly Candidate[] } | undefined {
  const open = known.ofAccount.filter((candidate) => candidate.open > 0);
  const payers = new Set(known.rules.map(({ payerId }) => payerId));
  if (payers.size === 1) {
    const ruled = open
      .filter(({ payerId, kind }) => known.rules.some((rule) => rule.payerId === payerId && (rule.kind === '' || rule.kind === kind)))
      .toSorted(byDue);
    if (ruled.length > 0) return { by: 'rule:learned', candidates: ruled };
  }
  if (payment.counterAccount === '' || payment.variableSymbol !== '') return undefined;
  const fits = open.filter((candidate) => candidate.open === payment.amount);
  return fits.length === 1 ? { by: 'rule:amount-and-account', candidates: fits } : undefined;
}
const byDue = (a: Candidate, b: Candidate): number =>
  a.dueDate === b.dueDate ? (a.prescriptionId < b.prescriptionId ? -1 : 1) : a.dueDate < b.dueDate ? -1 : 1;

/** For a clerk: what it may be for, the likeliest first, each with its reasons. `payersOfAccount`: who has paid from that account before. */
export function suggest(
  payment: PaymentFacts,
  candidates: readonly Candidate[],
  known: { readonly rules: readonly LearnedRule[]; readonly payersOfAccount: readonly string[] },
): readonly Suggestion[] {
  const meant = symbolsMeant(payment);
  const slips = new Set(meant.slips);
  return candidates
    .filter((candidate) => candidate.open > 0)
    .map((candidate) => {
      const reasons = reasonsFor(payment, candidate, { meant, slips, ...known });
      return { prescriptionId: candidate.prescriptionId, reasons, weight: reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0) };
    })
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((a, b) => b.weight - a.weight || (a.prescriptionId < b.prescriptionId ? -1 : 1));
}

interface Known {
  readonly meant: ReturnType<typeof symbolsMeant>;
  readonly slips: ReadonlySet<string>;
  readonly rules: readonly LearnedRule[];
  readonly payersOfAccount: readonly string[];
}
function reasonsFor(payment: PaymentFacts, candidate: Candidate, known: Known): readonly Reason[] {
  const { variableSymbol, payerId, kind } = candidate;
  const isAmount = candidate.open === payment.amount;
  const isAccount = payerId !== null && known.payersOfAccount.includes(payerId);
  const isName = sameName(payment.payerName, candidate.payerName);
  const isRuled = known.rules.some((rule) => rule.payerId === payerId && (rule.kind === '' || rule.kind === kind));
  const found: readonly (readonly [boolean, Reason])[] = [
    [variableSymbol === known.meant.exact, 'exact-symbol'],
    [known.meant.inMessage.includes(variableSymbol), 'symbol-in-message'],
    [known.slips.has(variableSymbol), 'symbol-slip'],
    [isRuled, 'learned-rule'],
    [isAmount && isAccount, 'amount-and-account'],
    [isAmount && isName, 'amount-and-name'],
    [isAccount && !isAmount, 'same-account'],
    [isName && !isAmount, 'same-name'],
  ];
  return found.filter(([fits]) => fits).map(([, reason]) => reason);
}

/** Banks send names without diacritics, in capitals and in either order, sometimes cut at twenty characters. */
export function sameName(a: string, b: string): boolean {
  const words = (name: string): readonly string[] =>
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word.length > 1);
  const [left, right] = [words(a), words(b)];
  if (left.length < 2 || right.length < 2) return false;
  const [fewer, more] = left.length <= right.length ? [left, right] : [right, left];
  return fewer.every((word) => more.includes(word));
}

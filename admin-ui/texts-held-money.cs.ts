// Words about money that came in another currency.
import { count } from './czech.ts';

export const heldTexts = {
  title: 'Platby z cizí měny',
  lead: 'Banka je připsala v korunách, ale nepřišly v nich. Zkontrolujte částku a zaúčtujte je; potom se zařadí jako každá jiná platba.',
  unknown: 'cizí měna',
  nobody: 'odesílatel neuveden',
  crowns: (amount: string, rate: string): string => `banka připsala ${amount}${rate}`,
  rate: (rate: string): string => ` (kurz ${rate})`,
  noCrowns: 'částku v korunách výpis neuvádí',
  debit: 'odchozí platba',
  symbol: (symbol: string): string => `VS ${symbol}`,
  book: 'Zaúčtovat…',
  aside: 'Není platba…',
  bookTitle: 'Zaúčtovat platbu z cizí měny',
  bookText: (amount: string, original: string, rate: string): string =>
    `Zaúčtuje se ${amount}, které banka připsala za ${original}${rate}. Jinou částku výpis nedovolí.`,
  askCrowns: (original: string): string => `Výpis neříká, kolik korun banka připsala za ${original}. Opište částku z avíza banky.`,
  fromBank: 'Částka, kterou banka za tuto platbu připsala na účet.',
  most: (amount: string): string => `Částka, kterou banka připsala. Výpis na ni nechává nejvýš ${amount}.`,
  bookButton: 'Zaúčtovat',
  allocated: 'Platba je zaúčtovaná a zařazená na předpis.',
  unmatched: 'Platba je zaúčtovaná. Zařaďte ji v seznamu níže.',
  asideTitle: 'Nechat mezi ostatními pohyby',
  asideText: (original: string): string =>
    `${original}: pohyb zůstane na účtu banky mezi pohyby, které nejsou platbou poplatku. Zaúčtovat ho jako platbu už nepůjde.`,
  isAside: 'Pohyb zůstal mezi ostatními pohyby.',
  account: (account: string, currency: string, items: number): string =>
    `Účet ${account} je vedený v ${currency} a v účetnictví města není (${count(items, ['pohyb', 'pohyby', 'pohybů'])}). Až banka převede peníze na účet v korunách, přijdou tam jako platba.`,
};

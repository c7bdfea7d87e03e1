// Words about transfers of payment gateways that do not add up.
export const troubleTexts = {
  title: 'Převody z platebních bran, které nesedí',
  gateways: { gopay: 'GoPay', comgate: 'Comgate' } as Readonly<Record<string, string>>,
  line: (gateway: string, id: string, day: string, amount: string, fee: string): string =>
    `${gateway}, převod ${id}, ${day}: ${amount} (poplatek ${fee})`,
  'credited-before':
    'Banka tento převod připsala dřív, než o něm brána dala vědět, a zaúčtoval se jako platba od plátce. Zaúčtujte ho jako vypořádání brány.',
  nothing: 'Platba, kterou by šlo přeúčtovat, tu už není. Ověřte převod na výpisu a zapište, jak to dopadlo.',
  'unknown-payment': 'Brána v převodu uvádí platby, které úřad nezakládal. Zeptejte se jí, komu patří, a zapište, jak to dopadlo.',
  stranger: (id: string, amount: string): string => `${id} (${amount})`,
  strangers: 'Neznámé platby:',
  settle: 'Zaúčtovat jako vypořádání…',
  settleTitle: 'Zaúčtovat jako vypořádání brány',
  settleText: (amount: string): string => `Platba ${amount} zmizí z nespárovaných a peníze se odečtou z účtu brány.`,
  settled: 'Převod je zaúčtovaný jako vypořádání brány.',
  close: 'Vyřešeno…',
  closeTitle: 'Zapsat, jak to dopadlo',
  closeText: (id: string): string => `Převod ${id} zmizí ze seznamu. V účetnictví se nic nezmění.`,
  closed: 'Zapsáno.',
};

// Czech texts of the page about the town itself.
export const townWords = {
  nav: 'Údaje města',
  title: 'Údaje města',
  lead: 'Kdo jsme a jak se s námi spojit. Co tu uložíte, platí hned: na portálu, v nových písemnostech a v platebních pokynech. Dopisy, které už odešly, se nemění.',
  save: 'Uložit',
  saved: 'Uloženo, platí od této chvíle.',
  returned: 'Platí dřívější podoba údajů.',
  problems: 'Údaje je potřeba opravit, nic se neuložilo',
  lockedNote: 'Co nastavil správce serveru v souboru, tady změnit nejde.',
  iban: (iban: string): string => `IBAN: ${iban}`,
  earlier: 'Dřívější účty',
  earlierLine: (account: string, since: string): string => `${account}, od ${since}`,
  change: {
    title: 'Měníte účet, na který chodí peníze',
    prescriptions: ['předpis', 'předpisy', 'předpisů'],
    open: (count: string, amount: string): string =>
      `Na dosavadní účet má přijít ještě ${amount} (${count}). Co už je předepsané, ponechá si ho na portálu i ve svých QR kódech.`,
    keep: 'Nechte ho otevřený a jeho výpisy dál nahrávejte, dokud na něj platby chodí.',
    letters:
      'Dopisy a složenky, které lidé už mají doma, ukazují dosavadní účet. Nový budou mít nové předpisy, nové upomínky a společná platba předpisů s různými účty.',
    bank: (account: string): string => `Konektor Banka čte výpisy účtu ${account}. Změňte ho také, jinak se nové platby nespárují.`,
    orders: 'Trvalé příkazy plátců míří dál na dosavadní účet.',
    bankLink: 'Nastavení banky',
    confirm: 'Vím o tom a účet chci změnit',
  },
  atStart: 'Mění se jen na serveru',
} as const;

// Texts of the officer's own logins and of the directory of officers.
export const officerTexts = {
  titles: { account: 'Moje přihlášení', directory: 'Adresář úředníků' },
  account: {
    link: 'Kde jsem přihlášen',
    intro: 'Zde vidíte všechna místa, kde jste právě přihlášeni. Co nepoznáváte, odhlaste a změňte si heslo.',
    device: 'Prohlížeč',
    since: 'Přihlášení',
    lastSeen: 'Naposledy použito',
    unknown: 'Prohlížeč se nepředstavil',
    here: 'Toto přihlášení',
    end: 'Odhlásit',
    endOf: (device: string): string => `Odhlásit: ${device}`,
    endOthers: 'Odhlásit všude jinde',
    ended: 'Přihlášení je ukončeno.',
    endedOthers: (count: number): string => (count === 0 ? 'Jinde přihlášeni nejste.' : `Ukončeno přihlášení jinde: ${count}.`),
  },
  directory: {
    off: 'Toto město úředníky z adresáře nepřebírá. Adresář se zapíná v nastavení konektorů.',
    intro:
      'Aplikace každé tři minuty zjišťuje, kdo v úřadu pracuje a v jakých je skupinách. Kdo odešel, je odhlášen a jeho úkoly se vrátí do front.',
    never: 'Adresář zatím nebyl přečten.',
    outcomes: { done: 'V pořádku', failed: 'Nepodařilo se', refused: 'Čeká na vás' } as Readonly<Record<string, string>>,
    state: 'Stav',
    tried: 'Naposledy zkoušeno',
    succeeded: 'Naposledy převzato',
    never2: 'zatím nikdy',
    officers: 'Úředníků v adresáři',
    leavers: 'Odešlo při posledním čtení',
    allowTitle: (count: number): string => `Opravdu odešlo ${count} úředníků?`,
    allowText:
      'Pokud ano, při příštím čtení budou odhlášeni a jejich úkoly se vrátí do front. Pokud ne, opravte adresář nebo nastavení skupin.',
    allow: (count: number): string => `Ano, odešlo jich ${count}`,
    allowed: 'Potvrzeno. Při příštím čtení, nejdéle za tři minuty, budou vyřazeni.',
  },
} as const;

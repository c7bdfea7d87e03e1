// People of the made-up town Lipová nad Orlicí who can log in through the simulated NIA. All synthetic: no such people, streets or codes.
import type { Loa } from './names.ts';

export const DEMO_TOWN_OFFICE = 'Městský úřad Lipová nad Orlicí';

export interface DemoCitizen {
  readonly key: string;
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly placeOfBirth: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly orientationNumber?: string;
  readonly city: string;
  readonly cityPart: string;
  readonly postCode: string;
  readonly email?: string;
  readonly phone?: string;
  /** The person's data box in the simulated ISDS. */
  readonly dataBox?: string;
  /** Level the person's means of identification reaches. */
  readonly loa: Loa;
  /** What this person is good for in the demo, in Czech. */
  readonly note: string;
}

const town = { city: 'Lipová nad Orlicí', cityPart: 'Lipová nad Orlicí', postCode: '56299' } as const;

export const demoCitizens: readonly DemoCitizen[] = [
  {
    key: 'jana-novotna',
    givenName: 'Jana',
    familyName: 'Novotná',
    birthDate: '1986-03-14',
    placeOfBirth: 'Ústí nad Orlicí',
    ...town,
    street: 'Školní',
    houseNumber: '214',
    orientationNumber: '7',
    email: 'jana.novotna@posta.example',
    phone: '+420601000101',
    dataBox: 'jnovot7',
    loa: 'substantial',
    note: 'Běžná obyvatelka, má psa a dvě děti.',
  },
  {
    key: 'zdenek-rehor',
    givenName: 'Zdeněk',
    familyName: 'Řehoř',
    birthDate: '1955-11-02',
    placeOfBirth: 'Žamberk',
    ...town,
    street: 'Na Příkopě',
    houseNumber: '38',
    email: 'zdenek.rehor@posta.example',
    phone: '+420601000102',
    dataBox: 'zrehor8',
    loa: 'high',
    note: 'Důchodce, je mu přes 65 let a žije sám: má nárok na nižší poplatky.',
  },
  {
    key: 'marketa-sediva',
    givenName: 'Markéta',
    familyName: 'Šedivá',
    birthDate: '1979-07-29',
    placeOfBirth: 'Praha',
    ...town,
    street: 'Lipová alej',
    houseNumber: '5',
    email: 'marketa.sediva@posta.example',
    phone: '+420601000103',
    dataBox: 'msediv9',
    loa: 'substantial',
    note: 'Držitelka průkazu ZTP/P, má asistenčního psa: je od poplatku osvobozena.',
  },
  {
    key: 'tomas-cizek',
    givenName: 'Tomáš',
    familyName: 'Čížek',
    birthDate: '1992-01-08',
    placeOfBirth: 'Česká Třebová',
    ...town,
    street: 'Nádražní',
    houseNumber: '611',
    email: 'tomas.cizek@posta.example',
    loa: 'low',
    note: 'Hlásí se prostředkem s nízkou úrovní záruky: na zdejší podání stačí.',
  },
  {
    key: 'frantiska-duskova',
    givenName: 'Františka Anežka',
    familyName: 'Dušková-Štěpánková',
    birthDate: '1998-05-21',
    placeOfBirth: 'Brno',
    ...town,
    cityPart: 'Dolní Lipová',
    street: 'U Mlýna',
    houseNumber: '12',
    loa: 'substantial',
    note: 'Dlouhé jméno, žádný e-mail ani telefon.',
  },
  {
    key: 'oldrich-kun',
    givenName: 'Oldřich',
    familyName: 'Kůň',
    birthDate: '1971-12-24',
    placeOfBirth: 'Letohrad',
    street: 'Vrchní',
    houseNumber: '77',
    city: 'Horní Lhota',
    cityPart: 'Horní Lhota',
    postCode: '56298',
    email: 'oldrich.kun@posta.example',
    phone: '+420601000106',
    loa: 'substantial',
    note: 'Bydlí v jiné obci: místně příslušný je jiný úřad.',
  },
];

// The old fee program of the made-up town: some forty payers with dogs and households with waste, the citizens who can log in among them. All synthetic.
import { demoCitizens, type DemoCitizen } from '../integrations/nia/demo-citizens.ts';
import { pseudonymOf } from '../integrations/nia/simulator-state.ts';

const FIRST = ['Jan', 'Petr', 'Josef', 'Pavel', 'Martin', 'Karel', 'Marie', 'Eva', 'Hana', 'Lenka', 'Věra', 'Alena'];
const FAMILIES = [
  ['Dvořák', 'Dvořáková'],
  ['Procházka', 'Procházková'],
  ['Kučera', 'Kučerová'],
  ['Pokorný', 'Pokorná'],
  ['Hájek', 'Hájková'],
  ['Jelínek', 'Jelínková'],
  ['Růžička', 'Růžičková'],
  ['Beneš', 'Benešová'],
  ['Fiala', 'Fialová'],
] as const;
const STREETS = ['Školní', 'Nádražní', 'Lipová alej', 'Na Příkopě', 'U Mlýna', 'Zahradní'];
const DOGS = ['Rek', 'Bára', 'Alík', 'Asta', 'Brok', 'Ťapka', 'Max', 'Bella'];
const TOWN = '562 99 Lipová nad Orlicí';
const PEOPLE = 36;
const WOMEN_FROM = 6;

interface Payer {
  readonly number: string;
  readonly name: string;
  readonly born: string;
  readonly address: string;
  readonly email: string;
  readonly dataBox: string;
}
const numberOf = (index: number): string => `LNO-${String(index + 1).padStart(4, '0')}`;
const inTown = demoCitizens.filter(({ city }) => city === 'Lipová nad Orlicí');

/** Payers who can log in, known by the pseudonym under which NIA will bring them; their numbers in the old program. */
export const demoPayers = (publicUrl: string) =>
  inTown.map((citizen, index) => ({ number: numberOf(index), identity: identityOf(citizen, publicUrl) }));

function identityOf(citizen: DemoCitizen, publicUrl: string) {
  const { givenName, familyName, birthDate, loa, placeOfBirth, street, houseNumber, city, cityPart, postCode, email, phone } = citizen;
  return {
    subject: pseudonymOf(citizen.key, `${publicUrl}/`),
    ...{ givenName, familyName, birthDate, loa, placeOfBirth },
    address: { street, houseNumber, city, cityPart, postCode },
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
}

function payers(): readonly Payer[] {
  const citizens = inTown.map((citizen, index) => ({
    number: numberOf(index),
    name: `${citizen.givenName} ${citizen.familyName}`,
    born: citizen.birthDate,
    address: `${citizen.street} ${citizen.houseNumber}, ${TOWN}`,
    email: citizen.email ?? '',
    dataBox: citizen.dataBox ?? '',
  }));
  const others = Array.from({ length: PEOPLE }, (_, index) => {
    const isWoman = index % FIRST.length >= WOMEN_FROM;
    const family = FAMILIES[index % FAMILIES.length] ?? FAMILIES[0];
    return {
      number: numberOf(inTown.length + index),
      name: `${FIRST[index % FIRST.length]} ${family[isWoman ? 1 : 0]}`,
      born: `${1938 + ((index * 7) % 64)}-0${1 + (index % 9)}-1${index % 10}`,
      address: `${STREETS[index % STREETS.length]} ${3 + index * 4}, ${TOWN}`,
      email: index % 4 === 0 ? `poplatnik${index}@posta.example` : '',
      dataBox: '',
    };
  });
  return [...citizens, ...others];
}

const table = (heading: string, rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode([heading, ...rows.map((row) => row.join(';'))].join('\n'));
const personal = ({ number, name, born, address, email, dataBox }: Payer): readonly string[] => [
  number,
  name,
  born,
  address,
  email,
  dataBox,
];

/** Dogs: houses and flats, holders over 65, second dogs, an assistance dog; last year's fee mostly paid. */
export function demoDogs(): Uint8Array {
  const rows = payers()
    .filter((_, index) => index < inTown.length || index % 3 !== 1)
    .map((payer, index) => {
      const isFlat = index % 3 === 2;
      const isExempt = payer.name === 'Markéta Šedivá';
      const isOld = payer.born < '1960';
      const fee = isExempt ? '' : isOld ? '150' : isFlat ? '800' : '300';
      return [
        ...personal(payer),
        `P-${index + 1}`,
        DOGS[index % DOGS.length] ?? '',
        `${2016 + (index % 9)}-0${1 + (index % 9)}-15`,
        isExempt ? 'ztp' : 'zadne',
        isFlat ? 'bytovy-dum' : 'rodinny-dum',
        'prvni',
        `${2015 + (index % 9)}-06-01`,
        fee,
        isExempt ? '' : `8341${String(index + 1).padStart(4, '0')}`,
        index % 6 === 5 || isExempt ? '' : fee,
      ];
    });
  return table(
    'cislo;jmeno;narozen;adresa;email;schranka;povinnost;predmet;od;osvobozeni;druhStavby;poradi;pesNarozen;loni;loni_symbol;zaplaceno',
    rows,
  );
}

/** Waste: a household of one to four, all its members on the common representative; children born lately among them. */
export function demoWaste(): Uint8Array {
  const rows = payers().flatMap((payer, index) =>
    Array.from({ length: 1 + (index % 4) }, (_, member) => [
      ...personal(payer),
      `D-${index + 1}`,
      `O-${index + 1}-${member + 1}`,
      member === 0 ? payer.name : `${member + 1}. člen domácnosti, ${payer.name}`,
      `${2012 + (index % 10)}-01-01`,
      'zadne',
      member < 2 ? payer.born : `${2012 + member}-04-0${1 + (index % 9)}`,
    ]),
  );
  return table('cislo;jmeno;narozen;adresa;email;schranka;domacnost;povinnost;predmet;od;osvobozeni;datumNarozeni', rows);
}

export const demoTables = [
  { situation: 'prihlaseni-psa', table: demoDogs },
  { situation: 'poplatek-za-odpad', table: demoWaste },
] as const;

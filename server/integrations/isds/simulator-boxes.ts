// Boxes of the demo town. All people and bodies are invented; the ids are not issued by anyone.
import type { SimulatedBox } from './simulator-state.ts';

export const townBox: SimulatedBox = {
  id: 'mulipo5',
  type: 'OVM',
  name: 'Město Lipová nad Orlicí',
  address: 'Náměstí 1, 56299 Lipová nad Orlicí, CZ',
  ico: '00249998',
  user: 'lipova',
  password: 'Lipova-1',
};

/** The portal's own box: submissions made in the portal go from here to the town's box. */
export const portalBox: SimulatedBox = {
  id: 'prtlip4',
  type: 'OVM',
  name: 'Portál občana města Lipová nad Orlicí',
  address: 'Náměstí 1, 56299 Lipová nad Orlicí, CZ',
  ico: '00249998',
  user: 'portal',
  password: 'Portal-1',
};

const person = (id: string, givenNames: string, lastName: string, birthDate: string, address: string): SimulatedBox => ({
  id,
  type: 'FO',
  name: `${givenNames} ${lastName}`,
  givenNames,
  lastName,
  birthDate,
  address,
  user: id,
  password: 'Obcan-1',
});

export const demoBoxes: readonly SimulatedBox[] = [
  townBox,
  portalBox,
  person('jnovot7', 'Jana', 'Novotná', '1986-03-14', 'Školní 214/7, 56299 Lipová nad Orlicí, CZ'),
  person('zrehor8', 'Zdeněk', 'Řehoř', '1955-11-02', 'Na Příkopě 38, 56299 Lipová nad Orlicí, CZ'),
  person('msediv9', 'Markéta', 'Šedivá', '1979-07-29', 'Lipová alej 5, 56299 Lipová nad Orlicí, CZ'),
  {
    id: 'psipes2',
    type: 'PO',
    name: 'Psí hotel U Kapličky s. r. o.',
    address: 'Dlouhá 8, 56299 Lipová nad Orlicí, CZ',
    ico: '27074358',
    user: 'psipes2',
    password: 'Firma-1',
  },
];

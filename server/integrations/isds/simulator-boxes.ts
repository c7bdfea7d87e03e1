// Boxes of the demo town. All people and bodies are invented; the ids are not issued by anyone.
import type { SimulatedBox } from './simulator-state.ts';

export const townBox: SimulatedBox = {
  id: 'mukv123', type: 'OVM', name: 'Město Kvítkov', address: 'Náměstí 1, 39901 Kvítkov, CZ', ico: '00249998', user: 'kvitkov', password: 'Kvitkov-1',
};

/** The portal's own box: submissions made in the portal go from here to the town's box. */
export const portalBox: SimulatedBox = {
  id: 'prtkv45', type: 'OVM', name: 'Portál občana města Kvítkov', address: 'Náměstí 1, 39901 Kvítkov, CZ', ico: '00249998', user: 'portal', password: 'Portal-1',
};

const person = (id: string, givenNames: string, lastName: string, address: string): SimulatedBox => ({
  id, type: 'FO', name: `${givenNames} ${lastName}`, givenNames, lastName, address, user: id, password: 'Obcan-1',
});

export const demoBoxes: readonly SimulatedBox[] = [
  townBox,
  portalBox,
  person('jnovak7', 'Jana', 'Nováková', 'Lipová 12, 39901 Kvítkov, CZ'),
  person('psvobo8', 'Petr', 'Svoboda', 'Školní 4, 39901 Kvítkov, CZ'),
  person('mdvora9', 'Marie', 'Dvořáková', 'Zahradní 31, 39901 Kvítkov, CZ'),
  { id: 'psipes2', type: 'PO', name: 'Psí hotel U Kapličky s. r. o.', address: 'Dlouhá 8, 39901 Kvítkov, CZ', ico: '27074358', user: 'psipes2', password: 'Firma-1' },
];

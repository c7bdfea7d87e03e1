// The simulators that the world is made of: one row each.
import { createBankSimulator } from '../integrations/bank/simulator.ts';
import { createCityPoliceSimulator } from '../integrations/city-police/simulator.ts';
import { createComgateSimulator, demoMerchant } from '../integrations/comgate/simulator.ts';
import { createEconomySimulator } from '../integrations/economy/simulator.ts';
import { createEsslSimulator } from '../integrations/essl/simulator.ts';
import { createGopaySimulator } from '../integrations/gopay/simulator.ts';
import { createImapSimulator } from '../integrations/imap/simulator.ts';
import { createIsdsSimulator, demoBoxes } from '../integrations/isds/simulator.ts';
import { createIsdsLoginSimulator } from '../integrations/isds-login/simulator.ts';
import { createMailSimulator } from '../integrations/mail/simulator.ts';
import { demoCitizens } from '../integrations/nia/demo-citizens.ts';
import { createNiaSimulator } from '../integrations/nia/simulator.ts';
import { createOfficerLoginSimulator } from '../integrations/officer-login/simulator.ts';
import { createOidcLoginSimulator } from '../integrations/oidc-login/simulator.ts';
import type { Simulator, SimulatorOptions } from '../integrations/simulator.ts';
import { createSmsSimulator } from '../integrations/sms/simulator.ts';
import type { WorldGiven } from './parts.ts';

export interface SimulatorRow {
  /** Folder in the addresses: `/zkusebni-svet/<name>`. */
  readonly name: string;
  /** Undefined = not simulated here: the world was not told what this one needs to know of the town. */
  create(given: SimulatorOptions, world: WorldGiven): Simulator | undefined;
}

/** In the order of the world's page. */
export const simulatorRows: readonly SimulatorRow[] = [
  {
    name: 'isds',
    create: (given, { deliverMs }) => createIsdsSimulator({ ...given, ...(deliverMs === undefined ? {} : { deliverMs }) }),
  },
  { name: 'bank', create: (given) => createBankSimulator(given) },
  { name: 'gopay', create: (given, { transferOut }) => createGopaySimulator({ ...given, transferOut }) },
  {
    name: 'comgate',
    create: (given, { transferOut, townUrl }) => {
      const shop = { ...demoMerchant, notificationUrl: `${townUrl}api/hooks/comgate` };
      return createComgateSimulator({ ...given, transferOut, shop });
    },
  },
  { name: 'economy', create: (given) => createEconomySimulator(given) },
  { name: 'essl', create: (given) => createEsslSimulator(given) },
  { name: 'city-police', create: (given) => createCityPoliceSimulator(given) },
  {
    name: 'mail',
    create: (given, { portFor, shared }) => {
      const made = createMailSimulator({ ...given, smtpPort: portFor('mail'), isProtected: true });
      shared.mailboxes = made.mailboxes;
      return made;
    },
  },
  {
    name: 'imap',
    create: (given, { portFor, shared: { mailboxes } }) =>
      mailboxes && createImapSimulator({ ...given, mailboxes, imapPort: portFor('imap') }),
  },
  { name: 'sms', create: (given) => createSmsSimulator(given) },
  { name: 'nia', create: (given, { nia }) => nia && createNiaSimulator({ ...given, ...nia }) },
  {
    name: 'mojeid',
    create: (given, { mojeid }) => mojeid && createOidcLoginSimulator({ ...given, ...mojeid, profile: 'mojeid', people: demoCitizens }),
  },
  {
    name: 'bankid',
    create: (given, { bankid }) => bankid && createOidcLoginSimulator({ ...given, ...bankid, profile: 'bankid', people: demoCitizens }),
  },
  {
    name: 'isds-login',
    create: (given, { isdsLogin, portFor }) =>
      isdsLogin && createIsdsLoginSimulator({ ...given, ...isdsLogin, boxes: demoBoxes, channelPort: portFor('isds-login') }),
  },
  { name: 'oidc', create: (given, { officerLogin }) => officerLogin && createOfficerLoginSimulator({ ...given, ...officerLogin }) },
];

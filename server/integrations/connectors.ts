// The connectors that a town may have: one row each. A new connector is its folder and its row here (and its place in the simulated outside).
import type { z } from 'zod';
import { bankConfigSchema, createBankConnector } from './bank/index.ts';
import { cityPoliceConfigSchema, createCityPoliceConnector } from './city-police/index.ts';
import { row, type ConnectorRow } from './connector-row.ts';
import { createDirectory, directoryConfigSchema } from './directory/index.ts';
import { createEconomyConnector, economyConfigSchema } from './economy/index.ts';
import { createEsslConnector, esslConfigSchema } from './essl/index.ts';
import { createPaymentGateway, gatewayConfigSchema } from './payment-gateway.ts';
import { createGopayConnector, gopayConfigSchema } from './gopay/index.ts';
import { createImapConnector, imapConfigSchema } from './imap/index.ts';
import { createIsdsConnector, isdsConfigSchema } from './isds/index.ts';
import { createIsdsLogin, isdsLoginConfigSchema } from './isds-login/index.ts';
import { createMailConnector, mailConfigSchema } from './mail/index.ts';
import { createNiaCitizenLogin, niaConfigSchema } from './nia/index.ts';
import { createOidcLogin, oidcLoginConfigSchema } from './oidc-login/index.ts';
import { createOfficerLogin, officerLoginConfigSchema } from './officer-login/index.ts';
import { certificateTrouble, checkAddress, checkDiscovery } from './reachable.ts';
import { createSmsConnector, smsConfigSchema } from './sms/index.ts';

/** By the key in the town's configuration, in the order in which people see them. */
export const connectorRows = {
  isds: row({
    title: 'Datové schránky',
    about: 'Odesílá písemnosti ze schránky města a čte, co do ní přišlo.',
    schema: isdsConfigSchema,
    isRequired: true,
    secrets: ['accounts.*.password', 'accounts.*.privateKeyPem'],
    front: [
      'accounts',
      'accounts.*.boxId',
      'accounts.*.access',
      'accounts.*.user',
      'accounts.*.password',
      'accounts.*.receives',
      'accounts.*.publicAuthority',
      'baseUrl',
      'domain',
      'trustedCertificates',
    ],
    inbox: 'isds',
    create: createIsdsConnector,
  }),
  nia: row({
    title: 'Identita občana (NIA)',
    about: 'Přihlašuje občany státem ověřenou totožností.',
    schema: niaConfigSchema,
    isRequired: true,
    secrets: ['privateKeyPem'],
    front: ['entityId', 'certificatePem', 'privateKeyPem', 'ssoUrl', 'idpCertificatesPem'],
    create: (settings, { metadata }) => createNiaCitizenLogin(settings, undefined, metadata),
  }),
  mojeid: row({
    title: 'mojeID',
    about: 'Přihlašuje občany účtem mojeID od sdružení CZ.NIC.',
    schema: oidcLoginConfigSchema,
    isRequired: false,
    secrets: ['clientSecret'],
    front: ['clientId', 'clientSecret', 'issuer'],
    create: (settings) => createOidcLogin(settings),
    check: (settings) => checkDiscovery(settings, 'mojeID'),
  }),
  bankid: row({
    title: 'Bankovní identita (Bank iD přímo)',
    about: 'Přihlašuje občany účtem u jejich banky bez prostředníka; přes NIA je to zdarma.',
    schema: oidcLoginConfigSchema,
    isRequired: false,
    secrets: ['clientSecret'],
    front: ['clientId', 'clientSecret', 'issuer'],
    create: (settings) => createOidcLogin(settings),
    check: (settings) => checkDiscovery(settings, 'Bankovní identita'),
  }),
  isdsLogin: row({
    title: 'Přihlášení datovou schránkou',
    about: 'Přihlašuje občany a firmy přes autentizační službu datových schránek.',
    schema: isdsLoginConfigSchema,
    isRequired: false,
    secrets: ['privateKeyPem'],
    front: ['atsId', 'certificatePem', 'privateKeyPem', 'level'],
    create: (settings) => createIsdsLogin(settings),
    check: async ({ certificatePem, portalUrl }) =>
      certificateTrouble(certificatePem, 'Certifikátu pro přihlašování datovou schránkou', new Date()) ??
      checkAddress(portalUrl, 'Portál datových schránek'),
  }),
  officerLogin: row({
    title: 'Přihlašování úředníků (OpenID Connect)',
    about: 'Přihlašuje úřední osoby jejich účtem z Entra ID, AD FS a podobných.',
    schema: officerLoginConfigSchema,
    isRequired: false,
    secrets: ['clientSecret', 'clientKey.privateKeyPem'],
    front: ['shape', 'issuer', 'clientId', 'clientSecret', 'groupMap'],
    create: createOfficerLogin,
  }),
  directory: row({
    title: 'Adresář úředníků (LDAP, Active Directory)',
    about: 'Přihlašuje úřední osoby heslem do úřadu a hlídá, kdo v úřadu pracuje a v jakých je skupinách.',
    schema: directoryConfigSchema,
    isRequired: false,
    secrets: ['bindPassword'],
    front: ['kind', 'url', 'bindDn', 'bindPassword', 'baseDn', 'groupMap'],
    create: (settings) => createDirectory(settings),
  }),
  mail: row({
    title: 'Odesílání e-mailů',
    about: 'Posílá upozornění a písemnosti přes poštovní server města.',
    schema: mailConfigSchema,
    isRequired: true,
    secrets: ['password'],
    front: ['host', 'port', 'user', 'password', 'from'],
    create: createMailConnector,
  }),
  imap: row({
    title: 'Schránka e-podatelny',
    about: 'Čte e-maily, které došly na podatelnu, a pozná zprávy, které se vrátily.',
    schema: imapConfigSchema,
    isRequired: false,
    secrets: ['password'],
    front: ['host', 'user', 'password'],
    inbox: 'imap',
    create: (settings) => createImapConnector(settings),
  }),
  sms: row({
    title: 'SMS',
    about: 'Posílá krátká upozornění; bez ní se SMS nikomu nenabízí.',
    schema: smsConfigSchema,
    isRequired: false,
    secrets: ['clientSecret', 'password'],
    front: ['clientId', 'clientSecret', 'login', 'password', 'channel', 'senderId'],
    create: (settings) => createSmsConnector(settings),
  }),
  bank: row({
    title: 'Banka',
    about: 'Stahuje výpisy účtu města a předává příkazy k úhradě.',
    schema: bankConfigSchema,
    isRequired: true,
    secrets: ['token'],
    front: ['account', 'format', 'token'],
    inbox: 'bank',
    create: createBankConnector,
  }),
  gateway: row({
    title: 'Platební brána',
    about: 'Přijímá platby kartou; bez ní platí lidé převodem a v pokladně.',
    schema: gatewayConfigSchema,
    isRequired: false,
    secrets: ['clientSecret', 'secret'],
    front: ['goid', 'merchant', 'clientId', 'clientSecret', 'secret', 'methods', 'test'],
    create: createPaymentGateway,
  }),
  gopay: row({
    title: 'Dřívější platební brána GoPay',
    about: 'Vedle jiné brány: na její staré platby se město dál ptá a vrací je.',
    schema: gopayConfigSchema,
    isRequired: false,
    secrets: ['clientSecret'],
    front: ['goid', 'clientId', 'clientSecret'],
    create: (settings) => createGopayConnector(settings),
  }),
  economy: row({
    title: 'Ekonomický systém',
    about: 'Přebírá účetní doklady; bez něj se předávají v souborech.',
    schema: economyConfigSchema,
    isRequired: false,
    secrets: ['token'],
    front: ['token'],
    create: createEconomyConnector,
  }),
  essl: row({
    title: 'Spisová služba (eSSL)',
    about: 'Eviduje dokumenty a spisy a přiděluje čísla jednací; bez ní vede město jednoduchou spisovou službu tady.',
    schema: esslConfigSchema,
    isRequired: false,
    secrets: ['password', 'incoming.password'],
    front: ['user', 'password', 'baseUrl', 'incoming'],
    inbox: 'essl',
    create: (settings) => createEsslConnector(settings),
  }),
  cityPolice: row({
    title: 'Městská policie',
    about: 'Předává uložené pokuty a dozví se, které jsou zaplacené.',
    schema: cityPoliceConfigSchema,
    isRequired: false,
    secrets: ['token'],
    front: ['token'],
    inbox: 'city-police',
    create: (settings) => createCityPoliceConnector(settings),
  }),
} as const;

type Rows = typeof connectorRows;
export type ConnectorKey = keyof Rows;
/** What a row's `create` gives: a connector, or a login. */
export type Made<Key extends ConnectorKey> = ReturnType<Rows[Key]['create']>;
export type SettingsOf<Key extends ConnectorKey> = z.input<Rows[Key]['schema']>;
type Needed = { [Key in ConnectorKey]: Rows[Key]['isRequired'] extends true ? Key : never }[ConnectorKey];

/** Settings as an operator writes them. */
export type ConnectorSettings = { readonly [Key in Needed]: SettingsOf<Key> } & {
  readonly [Key in Exclude<ConnectorKey, Needed>]?: SettingsOf<Key> | undefined;
};

/** Names of all connectors that may have an inbox. */
export const inboxNames: readonly string[] = Object.values(connectorRows).flatMap((one: ConnectorRow) => one.inbox ?? []);

export const connectorKeys = Object.keys(connectorRows) as readonly ConnectorKey[];

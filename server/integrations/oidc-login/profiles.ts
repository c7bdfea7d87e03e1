// What differs between the two providers: what is asked for, and under which names the person comes back. A table.
import { z } from 'zod';
import type { Loa } from './config.ts';

export interface OidcPerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate?: string;
  readonly placeOfBirth?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: OidcAddress;
  readonly ruian?: { readonly adresniMistoKod: string };
}

export interface OidcAddress {
  readonly street?: string;
  readonly houseNumber?: string;
  readonly orientationNumber?: string;
  readonly city?: string;
  readonly postCode?: string;
}

export type Claims = Readonly<Record<string, unknown>>;

export interface Profile {
  readonly title: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  /** The `claims` parameter of OpenID Connect Core, section 5.5: names asked from userinfo, and whether they are essential. */
  readonly claims?: Readonly<Record<string, boolean>>;
  readonly levels: Readonly<Record<string, Loa>>;
  readonly idTokenAlgorithm: string;
  /** Path below the issuer with more about the person, asked with the access token. */
  readonly profilePath?: string;
  read(userinfo: Claims, profile: Claims): OidcPerson;
}

const text = z.string().trim().min(1).max(200).optional().catch(undefined);
const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);

const mojeidClaims = z.object({
  given_name: text,
  family_name: text,
  birthdate: isoDate,
  email: text,
  email_verified: z.boolean().optional().catch(undefined),
  phone_number: text,
  mojeid_address_def_street: text,
  mojeid_address_def_city: text,
  mojeid_address_def_postal_code: text,
});

const bankidClaims = z.object({ given_name: text, family_name: text, birthdate: isoDate, email: text, phone_number: text });
const bankidAddress = z.object({
  type: text,
  street: text,
  buildingapartment: text,
  streetnumber: text,
  city: text,
  zipcode: text,
  ruian_reference: text,
});
const bankidProfile = z.object({ birthplace: text, addresses: z.array(bankidAddress).catch([]) });

export const profiles: Readonly<Record<'mojeid' | 'bankid', Profile>> = {
  mojeid: {
    title: 'mojeID',
    hint: 'Účet mojeID od sdružení CZ.NIC. Vhodný, když portál používáte často.',
    scopes: ['openid'],
    claims: {
      given_name: true,
      family_name: true,
      birthdate: false,
      email: false,
      email_verified: false,
      phone_number: false,
      mojeid_address_def_street: false,
      mojeid_address_def_city: false,
      mojeid_address_def_postal_code: false,
    },
    // The exact words of mojeID were not found in its documentation: eIDAS names until a setting says otherwise.
    levels: {
      'http://eidas.europa.eu/LoA/low': 'low',
      'http://eidas.europa.eu/LoA/substantial': 'substantial',
      'http://eidas.europa.eu/LoA/high': 'high',
    },
    idTokenAlgorithm: 'RS256',
    read: (userinfo) => {
      const found = mojeidClaims.parse(userinfo);
      const street = splitStreet(found.mojeid_address_def_street);
      return person({
        ...{ givenName: found.given_name, familyName: found.family_name, birthDate: found.birthdate },
        email: found.email_verified === false ? undefined : found.email,
        phone: found.phone_number,
        address: { ...street, city: found.mojeid_address_def_city, postCode: digits(found.mojeid_address_def_postal_code) },
      });
    },
  },
  bankid: {
    title: 'Bankovní identita',
    hint: 'Přihlášení účtem u vaší banky přímo přes Bank iD.',
    scopes: [
      'openid',
      'profile.name',
      'profile.birthdate',
      'profile.birthplaceNationality',
      'profile.addresses',
      'profile.email',
      'profile.phonenumber',
    ],
    levels: { loa2: 'low', loa3: 'substantial' },
    idTokenAlgorithm: 'PS512',
    profilePath: 'profile',
    read: (userinfo, profile) => {
      const found = bankidClaims.parse(userinfo);
      const { birthplace, addresses } = bankidProfile.parse(profile);
      const home = addresses.find(({ type }) => type === 'PERMANENT_RESIDENCE');
      const address = home && {
        ...{ street: home.street, houseNumber: home.buildingapartment, orientationNumber: home.streetnumber },
        ...{ city: home.city, postCode: digits(home.zipcode) },
      };
      return person({
        ...{ givenName: found.given_name, familyName: found.family_name, birthDate: found.birthdate },
        ...{ placeOfBirth: birthplace, email: found.email, phone: found.phone_number, address },
        ...(home?.ruian_reference ? { ruian: { adresniMistoKod: home.ruian_reference } } : {}),
      });
    },
  },
};

/** `Školní 214/7` → street, house number and number of orientation; a street without number stays as it is. */
function splitStreet(line: string | undefined): OidcAddress {
  const match = /^(.*\S)\s+(\d{1,4})(?:\/(\d{1,3}[a-z]?))?$/u.exec(line ?? '');
  if (!match) return line === undefined ? {} : { street: line };
  const [, street = '', houseNumber = '', orientationNumber] = match;
  return { street, houseNumber, ...(orientationNumber === undefined ? {} : { orientationNumber }) };
}

function digits(postCode: string | undefined): string | undefined {
  return postCode?.replace(/\s+/g, '');
}

type Loose<Shape> = { readonly [Key in keyof Shape]?: Shape[Key] | undefined };

/** Without the empty ones. Names that are missing come out empty, and the caller refuses. */
function person(found: Loose<Omit<OidcPerson, 'address'>> & { readonly address?: Loose<OidcAddress> | undefined }): OidcPerson {
  const { givenName = '', familyName = '', address, ...rest } = found;
  const home = defined<OidcAddress>(address ?? {});
  return { ...defined<OidcPerson>(rest), givenName, familyName, ...(Object.keys(home).length > 0 ? { address: home } : {}) };
}

function defined<Shape extends object>(values: Loose<Shape>): Partial<Shape> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Shape>;
}

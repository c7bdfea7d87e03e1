// Names that expressions, letters and mails may read beside the case's own variables, with a sample of each for scenarios and previews.
import type { Json } from '../engine/index.ts';

export const SAMPLE_CONSTANTS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  pripad: {
    id: '019a0000-0000-7000-8000-000000000000',
    mark: 'SZ MULO 1/2026',
    documentNumber: 'MULO/1/2026',
    filedAt: '2026-01-05T08:00:00.000Z',
    filedDate: '2026-01-05',
  },
  zadatel: {
    name: 'Jana Nováková',
    ico: null,
    givenName: 'Jana',
    familyName: 'Nováková',
    birthDate: '1985-04-12',
    address: 'Dlouhá 12, 561 64 Lipová nad Orlicí',
    email: 'jana.novakova@example.cz',
    dataBox: null,
  },
  urad: {
    name: 'Městský úřad Lipová nad Orlicí',
    town: 'Lipová nad Orlicí',
    address: 'Náměstí Míru 1, 561 64 Lipová nad Orlicí',
    email: 'podatelna@lipova.example.cz',
    phone: '+420 465 000 111',
    dataBox: 'lipvnd1',
    portalDataBox: 'lipprt1',
    account: '19-2000145399/0800',
    publicUrl: 'https://portal.lipova.example.cz',
  },
};

/** Date of the step, a text: YYYY-MM-DD. */
export const TODAY_CONSTANT = 'dnes';

export const CONSTANT_NAMES: readonly string[] = [...Object.keys(SAMPLE_CONSTANTS), TODAY_CONSTANT];
/** `dokument` {number, date} in letters, `odkaz` (address of the case on the portal) in mails, `vstup` (the step's inputs) in both. */
export const TEXT_CONSTANTS: Readonly<Record<'letter' | 'mail', readonly string[]>> = {
  letter: ['dokument', 'vstup'],
  mail: ['odkaz', 'vstup'],
};

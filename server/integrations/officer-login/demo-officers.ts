// Officers of the made-up town office of Lipová nad Orlicí who can log in through the simulated identity provider. All synthetic.

/** Groups of the application: what an officer may do follows from them. */
export type OfficerGroup = 'evidence' | 'informace' | 'doprava' | 'majetek' | 'vedouci' | 'analytici' | 'spravci' | 'pokladna' | 'ucetni';

export interface DemoOfficer {
  /** Stable key at the identity provider (claim `sub`). */
  readonly subject: string;
  readonly login: string;
  readonly name: string;
  readonly email: string;
  readonly position: string;
  readonly groups: readonly OfficerGroup[];
}

export const demoOfficers: readonly DemoOfficer[] = [
  {
    subject: 'u-hana-vlckova',
    login: 'vlckova',
    name: 'Hana Vlčková',
    email: 'hana.vlckova@lipova.example',
    position: 'Referentka evidence místních poplatků',
    groups: ['evidence'],
  },
  {
    subject: 'u-radek-simunek',
    login: 'simunek',
    name: 'Radek Šimůnek',
    email: 'radek.simunek@lipova.example',
    position: 'Referent evidence a poskytování informací',
    groups: ['evidence', 'informace'],
  },
  {
    subject: 'u-tereza-machalova',
    login: 'machalova',
    name: 'Tereza Machalová',
    email: 'tereza.machalova@lipova.example',
    position: 'Referentka silničního správního úřadu a správy majetku',
    groups: ['doprava', 'majetek'],
  },
  {
    subject: 'u-ludmila-kratka',
    login: 'kratka',
    name: 'Ing. Ludmila Krátká',
    email: 'ludmila.kratka@lipova.example',
    position: 'Vedoucí finančního odboru',
    groups: ['vedouci', 'evidence', 'informace'],
  },
  {
    subject: 'u-jitka-pokorna',
    login: 'pokorna',
    name: 'Jitka Pokorná',
    email: 'jitka.pokorna@lipova.example',
    position: 'Pokladní',
    groups: ['pokladna'],
  },
  {
    subject: 'u-alena-rysava',
    login: 'rysava',
    name: 'Alena Ryšavá',
    email: 'alena.rysava@lipova.example',
    position: 'Účetní',
    groups: ['ucetni'],
  },
  {
    subject: 'u-zdenek-hajek',
    login: 'hajek',
    name: 'Zdeněk Hájek',
    email: 'zdenek.hajek@lipova.example',
    position: 'Hlavní účetní',
    groups: ['ucetni'],
  },
  {
    subject: 'u-petr-dvoracek',
    login: 'dvoracek',
    name: 'Mgr. Petr Dvořáček',
    email: 'petr.dvoracek@lipova.example',
    position: 'Procesní analytik',
    groups: ['analytici'],
  },
  {
    subject: 'u-iveta-zbornikova',
    login: 'zbornikova',
    name: 'Iveta Zborníková',
    email: 'iveta.zbornikova@lipova.example',
    position: 'Správkyně aplikace',
    groups: ['spravci'],
  },
];

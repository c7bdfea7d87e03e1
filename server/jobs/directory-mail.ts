// What heads and administrators are told about the directory of officers, as e-mails without content of cases.
import { createHash } from 'node:crypto';
import type { Town } from '../cases/corridor.ts';
import { directoryTrouble } from '../domain/directory-words.ts';
import type { NewEffect } from '../store/outbox.ts';

export interface Addressee {
  readonly id: string;
  readonly email: string;
}

interface Leavers {
  readonly head: Addressee;
  readonly gone: readonly { readonly id: string; readonly name: string; readonly tasks: number }[];
  readonly town: Town;
  readonly tenantId: number;
  readonly at: Date;
}

export function leaversMail({ head, gone, town, tenantId, at }: Leavers): NewEffect {
  const lines = gone.map(({ name, tasks }) => `- ${name}: ${tasksInWords(tasks)}`);
  return mail({
    key: [tenantId, 'left', head.id, at.toISOString(), ...gone.map(({ id }) => id)],
    title: 'Odchod z adresáře úředníků',
    to: head,
    subject: gone.length === 1 ? `${gone[0]?.name ?? ''} už v úřadu nepracuje` : 'Úředníci, kteří už v úřadu nepracují',
    lines: [
      'podle adresáře úřadu už v aplikaci nemají pracovat:',
      '',
      ...lines,
      '',
      `Byli odhlášeni a jejich úkoly se vracejí do front jejich skupin: ${town.publicUrl}/urad/`,
    ],
    town,
    at,
  });
}

interface Trouble {
  readonly to: Addressee;
  readonly code: string;
  readonly about: string;
  readonly leavers: number;
  readonly town: Town;
  readonly tenantId: number;
  readonly at: Date;
}

export function troubleMail({ to, code, about, leavers, town, tenantId, at }: Trouble): NewEffect {
  return mail({
    key: [tenantId, 'directory', to.id, code, about, leavers, at.toISOString()],
    title: 'Potíže s adresářem úředníků',
    to,
    subject: 'Úředníci nejsou převzati z adresáře',
    lines: [
      directoryTrouble(code, about, leavers),
      '',
      'Nikdo nebyl odhlášen ani vyřazen, platí poslední známý stav.',
      `Co s tím, najdete na stránce adresáře: ${town.publicUrl}/urad/adresar`,
    ],
    town,
    at,
  });
}

function tasksInWords(count: number): string {
  if (count === 0) return 'žádný rozpracovaný úkol';
  return count === 1 ? '1 úkol' : count < 5 ? `${count} úkoly` : `${count} úkolů`;
}

interface Mail {
  readonly key: readonly (string | number)[];
  readonly title: string;
  readonly to: Addressee;
  readonly subject: string;
  readonly lines: readonly string[];
  readonly town: Town;
  readonly at: Date;
}

function mail({ key, title, to, subject, lines, town, at }: Mail): NewEffect {
  return {
    key: createHash('sha256').update(key.join('/')).digest('hex').slice(0, 40),
    caseId: null,
    executionId: null,
    elementId: null,
    effect: 'mail.send',
    title,
    input: { to: to.email, subject, text: ['Dobrý den,', '', ...lines, '', town.officeName].join('\n'), documents: [] },
    at: at.toISOString(),
  };
}

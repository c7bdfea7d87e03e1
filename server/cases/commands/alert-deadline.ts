// The clock's door: officers are told by e-mail that a period ends soon, or the head that it has passed and nothing was done (§ 80 zákona č. 500/2004 Sb.).
// Each once for one due day, whoever asks how often.
import { createHash } from 'node:crypto';
import type { Command, CaseFile } from '../corridor.ts';

export interface AlertData {
  /** `task:<execution>` or `deadline:<name>`. */
  readonly subject: string;
  readonly kind: 'warning' | 'overdue';
  readonly title: string;
  readonly dueOn: string;
  readonly law: string;
  readonly officers: readonly { readonly id: string; readonly email: string }[];
}

export const alertDeadline: Command<AlertData> = {
  name: 'alert-deadline',
  accept: (file, { data }) => ({
    changes: [
      {
        kind: 'add-alert',
        alert: { subject: data.subject, kind: data.kind, dueOn: data.dueOn, officers: data.officers.map(({ id }) => id) },
      },
      ...data.officers.map(({ id, email }) => ({
        kind: 'add-effect' as const,
        effect: {
          key: keyOf(file, data, id),
          caseId: file.row.id,
          executionId: null,
          elementId: null,
          effect: 'mail.send',
          title: data.kind === 'warning' ? 'Upozornění na konec lhůty' : 'Upozornění na nečinnost',
          input: { to: email, ...messageOf(file, data), documents: [] },
          at: file.now,
        },
      })),
    ],
    detail: { alert: data.kind, subject: data.subject, dueOn: data.dueOn, officers: data.officers.map(({ id }) => id) },
    result: null,
  }),
};

function keyOf(file: CaseFile, data: AlertData, officerId: string): string {
  const about = [file.tenantId, file.row.id, data.subject, data.kind, data.dueOn, officerId].join('/');
  return createHash('sha256').update(about).digest('hex').slice(0, 40);
}

function messageOf(file: CaseFile, data: AlertData): { subject: string; text: string } {
  const day = new Intl.DateTimeFormat('cs', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${data.dueOn}T12:00:00Z`));
  const link = `${file.town.publicUrl}/urad/pripady/${file.row.id}?karta=lhuty`;
  const about = `${file.situation.sheet.title.cs}, ${file.row.mark}`;
  const [subject, first] =
    data.kind === 'warning'
      ? [`Lhůta končí ${day}: ${data.title} (${file.row.mark})`, `lhůta „${data.title}“ končí ${day}.`]
      : [
          `Lhůta uplynula ${day}: ${data.title} (${file.row.mark})`,
          `lhůta „${data.title}“ uplynula ${day} a úkon není učiněn. Posuďte, zda je třeba opatření proti nečinnosti (§ 80 správního řádu).`,
        ];
  const lines = [
    'Dobrý den,',
    '',
    first,
    '',
    about,
    `Předpis: ${data.law}`,
    '',
    `Proč právě tento den, najdete u případu: ${link}`,
    '',
    file.town.officeName,
  ];
  return { subject, text: lines.join('\n') };
}

// An e-mail says that something waits on the portal, who must do what and by when; what the case is about stays behind the login.
import { placeholdersIn, type Placeholder } from '../placeholder.ts';
import type { PackageSubject, Rule } from './rule.ts';

/** What names the case and the office. */
const PLAIN: ReadonlySet<string> = new Set(['pripad.mark', 'odkaz', 'urad.name', 'urad.town', 'urad.address', 'urad.phone', 'urad.email']);
const NUMBER = /^\p{L}[\p{L}\p{N}]*\.documentNumber$/u;
/** A day in words, but none that the applicant wrote about himself. */
const DAY = /^(?!podani\.|zadatel\.)\p{L}[\p{L}\p{N}]*\.\p{L}[\p{L}\p{N}]*$/u;

export const mailRules: readonly Rule<PackageSubject>[] = [
  {
    name: 'mail-says-too-much',
    severity: 'error',
    check: ({ texts }) =>
      texts
        .filter(({ kind }) => kind === 'mail')
        .flatMap(({ file, subject, body }) =>
          placeholdersIn(`${subject}\n${body}`)
            .filter((place) => !isAllowed(place))
            .map(({ expression }) => ({
              file,
              message: `E-mail čte cestou kdokoli: {{ ${expression} }} do něj nepatří. Smí v něm být značka, číslo jednací, den (| datum), úřad a odkaz na portál. Částky, důvody a údaje napište do písemnosti, nebo ať jsou jen na portálu.`,
            })),
        ),
  },
];

function isAllowed({ expression, format }: Placeholder): boolean {
  if (format === 'datum') return DAY.test(expression);
  return format === undefined && (PLAIN.has(expression) || NUMBER.test(expression));
}

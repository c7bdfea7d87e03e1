// Messages to a citizen about his money, by e-mail, text message and data box. They name the sum and the day, which he needs to act, and neither whose fee
// it is nor what for: mail and telephones are read by others too. Pure.
import { restWords } from './rest-words.ts';

export interface MoneyNews {
  readonly event: 'prescribed' | 'due-soon' | 'overdue' | 'cleared' | 'returned';
  /** Haléře. */
  readonly amount: number;
  /** Legal day. */
  readonly day: string;
  /** What a payment paid. */
  readonly cleared: readonly { readonly amount: number }[];
  readonly rest: number;
  /** Why the rest belongs to nothing. */
  readonly reason?: string;
}
export interface Sender {
  readonly officeName: string;
  /** Page where it is seen and paid. */
  readonly link: string;
  /** Page where these messages are switched off. */
  readonly settings: string;
}

export function moneyEmail(news: MoneyNews, sender: Sender, lang: 'cs' | 'en'): { readonly subject: string; readonly text: string } {
  const { subject, lines } = lang === 'en' ? english(news) : czech(news);
  const end =
    lang === 'en'
      ? [`Details: ${sender.link}`, `Choose what we write about: ${sender.settings}`]
      : [`Podrobnosti: ${sender.link}`, `O čem vám máme psát, si nastavíte zde: ${sender.settings}`];
  return { subject, text: [...lines, '', ...end, '', sender.officeName].join('\n') };
}

export function moneySms(news: MoneyNews, sender: Sender, lang: 'cs' | 'en'): string {
  const { subject } = lang === 'en' ? english(news) : czech(news);
  return `${sender.officeName}: ${subject}. ${sender.link}`;
}

interface Said {
  readonly subject: string;
  readonly lines: readonly string[];
}

function czech(news: MoneyNews): Said {
  const [sum, day] = [money(news.amount, 'cs'), written(news.day, 'cs')];
  switch (news.event) {
    case 'prescribed':
      return { subject: `Nový předpis ${sum}`, lines: [`Na vašem kontě plátce přibyl předpis ${sum}.`] };
    case 'due-soon':
      return { subject: `Do ${day} zaplaťte ${sum}`, lines: [`Blíží se splatnost: do ${day} je potřeba zaplatit ${sum}.`] };
    case 'overdue':
      return {
        subject: `Po splatnosti ${sum}`,
        lines: [`Do ${day} mělo být zaplaceno ${sum}.`, 'Jestli jste už zaplatili, platba je na cestě a nic dělat nemusíte.'],
      };
    case 'cleared':
      return {
        subject: `Přišla platba ${sum}`,
        lines: [
          `Děkujeme, přišla nám platba ${sum}.`,
          news.cleared.length > 0 ? 'Co zaplatila, uvidíte na svém kontě.' : 'Zatím nepatří k žádnému předpisu.',
          ...(news.rest > 0 && news.cleared.length > 0 ? [`Přeplatek: ${money(news.rest, 'cs')}.`] : []),
          ...ofRest(news, 'cs'),
        ],
      };
    case 'returned':
      return { subject: `Vrátili jsme ${sum}`, lines: [`${day} jsme vám poslali zpět ${sum}.`] };
    default:
      return news.event satisfies never;
  }
}

function english(news: MoneyNews): Said {
  const [sum, day] = [money(news.amount, 'en'), written(news.day, 'en')];
  switch (news.event) {
    case 'prescribed':
      return { subject: `New fee ${sum}`, lines: [`A fee of ${sum} has been added to your account.`] };
    case 'due-soon':
      return { subject: `Pay ${sum} by ${day}`, lines: [`Due soon: ${sum} should be paid by ${day}.`] };
    case 'overdue':
      return {
        subject: `Overdue ${sum}`,
        lines: [
          `${sum} should have been paid by ${day}.`,
          'If you have paid already, the money is on its way and you need not do anything.',
        ],
      };
    case 'cleared':
      return {
        subject: `A payment of ${sum} has come`,
        lines: [
          `Thank you, a payment of ${sum} has come.`,
          news.cleared.length > 0 ? 'What it paid, you see in your account.' : 'It belongs to no prescription yet.',
          ...(news.rest > 0 && news.cleared.length > 0 ? [`Overpayment: ${money(news.rest, 'en')}.`] : []),
          ...ofRest(news, 'en'),
        ],
      };
    case 'returned':
      return { subject: `We have returned ${sum}`, lines: [`On ${day} we sent ${sum} back to you.`] };
    default:
      return news.event satisfies never;
  }
}

const ofRest = ({ rest, reason }: MoneyNews, lang: 'cs' | 'en'): readonly string[] => {
  const words = rest > 0 ? restWords(reason ?? '', lang) : '';
  return words === '' ? [] : [words];
};

const money = (halere: number, lang: 'cs' | 'en'): string =>
  new Intl.NumberFormat(lang === 'cs' ? 'cs-CZ' : 'en-GB', {
    style: 'currency',
    currency: 'CZK',
    currencyDisplay: lang === 'cs' ? 'narrowSymbol' : 'code',
    minimumFractionDigits: halere % 100 === 0 ? 0 : 2,
  }).format(halere / 100);
const written = (day: string, lang: 'cs' | 'en'): string =>
  new Intl.DateTimeFormat(lang === 'cs' ? 'cs-CZ' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

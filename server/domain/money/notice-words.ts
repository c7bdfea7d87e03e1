// Messages to a citizen about his money, by e-mail and by text message. A text message names no fee: whoever holds the phone reads it. Pure.
import { restWords } from './rest-words.ts';

export interface MoneyNews {
  readonly event: 'prescribed' | 'due-soon' | 'overdue' | 'cleared' | 'returned';
  readonly holder: string;
  readonly title: string;
  /** Haléře. */
  readonly amount: number;
  /** Legal day. */
  readonly day: string;
  readonly cleared: readonly { readonly title: string; readonly amount: number }[];
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
  const { subject } = lang === 'en' ? english({ ...news, title: '' }) : czech({ ...news, title: '' });
  return `${sender.officeName}: ${subject}. ${sender.link}`;
}

interface Said {
  readonly subject: string;
  readonly lines: readonly string[];
}

function czech(news: MoneyNews): Said {
  const [sum, day] = [money(news.amount, 'cs'), written(news.day, 'cs')];
  const what = news.title === '' ? '' : `: ${news.title}`;
  switch (news.event) {
    case 'prescribed':
      return { subject: `Nový předpis ${sum}${what}`, lines: [`Úřad předepsal plátci ${news.holder} ${sum}${what}.`] };
    case 'due-soon':
      return {
        subject: `Do ${day} zaplaťte ${sum}${what}`,
        lines: [`Blíží se splatnost. Plátce ${news.holder} má do ${day} zaplatit ${sum}${what}.`],
      };
    case 'overdue':
      return {
        subject: `Po splatnosti ${sum}${what}`,
        lines: [
          `Plátce ${news.holder} měl do ${day} zaplatit ${sum}${what}.`,
          'Jestli jste už zaplatili, platba je na cestě a nic dělat nemusíte.',
        ],
      };
    case 'cleared':
      return {
        subject: `Přišla platba ${sum}`,
        lines: [
          `Děkujeme, přišla nám platba ${sum} plátce ${news.holder}.`,
          ...(news.cleared.length > 0 ? ['Zaplatila:'] : ['Zatím nepatří k žádnému předpisu.']),
          ...news.cleared.map(({ title, amount }) => `– ${title === '' ? 'předpis někoho jiného' : title}: ${money(amount, 'cs')}`),
          ...(news.rest > 0 && news.cleared.length > 0 ? [`Přeplatek: ${money(news.rest, 'cs')}.`] : []),
          ...ofRest(news, 'cs'),
        ],
      };
    case 'returned':
      return { subject: `Vrátili jsme ${sum}`, lines: [`Plátci ${news.holder} jsme ${day} poslali zpět ${sum}.`] };
    default:
      return news.event satisfies never;
  }
}

function english(news: MoneyNews): Said {
  const [sum, day] = [money(news.amount, 'en'), written(news.day, 'en')];
  const what = news.title === '' ? '' : `: ${news.title}`;
  switch (news.event) {
    case 'prescribed':
      return { subject: `New fee ${sum}${what}`, lines: [`The office has prescribed ${sum} to ${news.holder}${what}.`] };
    case 'due-soon':
      return { subject: `Pay ${sum} by ${day}${what}`, lines: [`Due soon. ${news.holder} should pay ${sum} by ${day}${what}.`] };
    case 'overdue':
      return {
        subject: `Overdue ${sum}${what}`,
        lines: [
          `${news.holder} should have paid ${sum} by ${day}${what}.`,
          'If you have paid already, the money is on its way and you need not do anything.',
        ],
      };
    case 'cleared':
      return {
        subject: `A payment of ${sum} has come`,
        lines: [
          `Thank you, a payment of ${sum} of ${news.holder} has come.`,
          ...(news.cleared.length > 0 ? ['It paid:'] : ['It belongs to no prescription yet.']),
          ...news.cleared.map(({ title, amount }) => `– ${title === '' ? 'somebody else’s prescription' : title}: ${money(amount, 'en')}`),
          ...(news.rest > 0 && news.cleared.length > 0 ? [`Overpayment: ${money(news.rest, 'en')}.`] : []),
          ...ofRest(news, 'en'),
        ],
      };
    case 'returned':
      return { subject: `We have returned ${sum}`, lines: [`On ${day} we sent ${sum} back to ${news.holder}.`] };
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

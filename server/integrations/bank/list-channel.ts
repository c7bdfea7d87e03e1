// A channel that lists statements by year and number and gives each as a file: GPC or CAMT. Every bank has its own; this one stands in for them.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import { parseJson } from '../http-json.ts';
import type { HttpAnswer } from '../http-json.ts';
import { getter, requireOk } from './channel.ts';
import type { Channel, ChannelFile } from './channel.ts';
import type { BankSettings } from './config.ts';

const listSchema = z.array(z.object({ year: z.number().int(), number: z.number().int().positive() }));
const cursorSchema = z.object({ year: z.number().int(), number: z.number().int() });
type StatementName = z.output<typeof cursorSchema>;

export function listChannel(settings: BankSettings, fetchImpl: typeof fetch): Channel {
  const get = getter(settings, { Authorization: `Bearer ${settings.token}` }, fetchImpl);
  const ending = settings.format === 'camt' ? 'xml' : 'gpc';
  const list = async (): Promise<readonly StatementName[]> => unique(readList(requireOk(await get('/vypisy'))));
  return {
    everyMs: settings.pollMs,
    poll: async (cursor) => {
      const last = cursor === undefined ? { year: 0, number: 0 } : cursorSchema.parse(JSON.parse(cursor));
      const fresh = (await list()).filter((name) => isAfter(name, last)).slice(0, settings.statementsPerPoll);
      const files: ChannelFile[] = [];
      for (const { year, number } of fresh) {
        const { bytes } = requireOk(await get(`/vypisy/${year}/${number}.${ending}`));
        files.push({ name: `vypis-${year}-${number}.${ending}`, content: bytes, number, cursor: JSON.stringify({ year, number }) });
      }
      return { files, cursor: JSON.stringify(fresh.at(-1) ?? last) };
    },
    check: async () => {
      await list();
      return 'Banka vydává výpisy.';
    },
  };
}

function readList(answer: HttpAnswer): StatementName[] {
  const parsed = listSchema.safeParse(parseJson(answer, 'bank'));
  if (!parsed.success) throw new OutsideFailure('bank-malformed', 'Seznam výpisů má neznámý tvar.', { cause: parsed.error });
  return parsed.data;
}

function unique(names: readonly StatementName[]): StatementName[] {
  const byName = new Map(names.map((name) => [`${name.year}/${name.number}`, name]));
  return [...byName.values()].sort((a, b) => (isAfter(a, b) ? 1 : -1));
}

function isAfter(a: StatementName, b: StatementName): boolean {
  return a.year > b.year || (a.year === b.year && a.number > b.number);
}

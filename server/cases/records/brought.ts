// What the services of the records are told. Types only.
import type { RecordsFile, RecordsService } from '../../store/records.ts';
import type { Registration } from './acts-of-news.ts';
import type { RecordNews } from './news.ts';

/** What one step brings to the records of one case. */
export interface Brought {
  readonly service: RecordsService;
  /** The file as it was; undefined when this step opens it. */
  readonly known: RecordsFile | undefined;
  readonly registrations: readonly Registration[];
  readonly news: readonly Exclude<RecordNews, { what: 'register' }>[];
  readonly endsNow: boolean;
}

// The entry of the thread a model runs in. What Node has compiled once it keeps, so that the next command starts in half the time.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '..', '..', '.cache', 'compiled'));
const { answerJobs } = await import('./answer-jobs.ts');
answerJobs();
flushCompileCache();

// Properties draw the same examples in every run, so that a failing run can be repeated; `PROPERTY_SEED=random` or a number draws others, campaigns always do.
import { configureGlobal } from 'fast-check';

const wanted = process.env['PROPERTY_SEED'] ?? '20261122';
if (wanted !== 'random') configureGlobal({ seed: Number(wanted) });

// One option out of many, in a list that opens.
import { oneOf } from './options.ts';

export const select = oneOf('select');

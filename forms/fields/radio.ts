// One option out of a few, all of them visible.
import { oneOf } from './options.ts';

export const radio = oneOf('radio');

// What one evaluation may cost. Everything is counted, so that no expression can hold the process.

/** Characters of one expression. */
export const LONGEST_EXPRESSION = 4_000;
/** Elements of one list or range that is gone through. */
export const LONGEST_LIST = 10_000;
/** Iterations, filtered elements and calls of own functions in one evaluation. */
export const MOST_STEPS = 100_000;
/** Weight of one bound value: its elements, and one more for each 100 characters of text. */
export const HEAVIEST_VALUE = 100_000;
/** Nesting of data that goes in or comes out. */
export const DEEPEST_DATA = 64;

// Decimal text to whole hundredths, digit by digit: a statement's money never passes through a floating-point number.

const DECIMAL = /^([+-]?)(\d{1,20})(?:\.(\d{1,25}))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * Hundredths of `1480.00`, `-0.1`, `1.8477870E5`; undefined when the text is no number, has parts of a hundredth or is past what a safe
 * integer holds. `isDouble`: the writer computes in floating point, so 0.30000000000000004 is 30.
 */
export function hundredthsOf(text: string, { isDouble = false } = {}): number | undefined {
  const [matched, sign = '', whole = '', part = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const digits = whole + part;
  const point = whole.length + Number(exponent) + 2;
  const kept = digits.slice(0, Math.max(point, 0)).padEnd(Math.max(point, 0), '0');
  const rest = digits.slice(Math.max(point, 0));
  const up = roundsUp(rest, isDouble && digits.replace(/^0+/, '').length >= 15);
  if (up === undefined || (point < 0 && /[1-9]/.test(digits))) return undefined;
  const value = BigInt(kept || '0') + up;
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return sign === '-' && value > 0n ? -Number(value) : Number(value);
}

/** What the digits behind the hundredths add: nothing, one (noise of a double just below), or undefined when they say something. */
function roundsUp(rest: string, mayBeNoise: boolean): 0n | 1n | undefined {
  if (/^0*$/.test(rest)) return 0n;
  if (mayBeNoise && /^0{5}/.test(rest)) return 0n;
  if (mayBeNoise && /^9{5}/.test(rest)) return 1n;
  return undefined;
}

// What the status codes of ISDS mean for us. Known codes by name, unknown ones by range; the texts of ISDS may change and are never compared.
import { OutsideFailure } from '../connector.ts';

export interface IsdsStatus {
  /** Four digits. */
  readonly code: string;
  readonly message: string;
}

/** Business refusals a diagram can react to. */
export type IsdsRefusalCode = 'box-not-available' | 'attachment-refused' | 'message-too-large' | 'message-not-found' | 'isds-refused';

const refusals: Readonly<Record<string, IsdsRefusalCode>> = {
  '1007': 'box-not-available', // wrong box id
  '1201': 'box-not-available', // inaccessible box
  '1204': 'box-not-available', // recipient's box inaccessible
  '1232': 'box-not-available', // neither side is a public authority
  '1233': 'box-not-available',
  '2011': 'box-not-available',
  '5001': 'box-not-available', // no such box
  '1214': 'attachment-refused',
  '2010': 'attachment-refused',
  '1200': 'message-too-large',
  '1296': 'message-too-large',
  '1211': 'message-not-found',
  '1219': 'message-not-found',
};

export function isSuccess(status: IsdsStatus): boolean {
  return status.code.startsWith('0');
}

/** The business no, or undefined when the status is a failure to be tried again or reported. */
export function refusalOf(status: IsdsStatus): IsdsRefusalCode | undefined {
  return refusals[status.code] ?? (status.code.startsWith('1') ? 'isds-refused' : undefined);
}

/** 2046 is the antivirus running late; everything else in 2xxx is our own malformed request, which no repetition mends. */
export function failureOf(status: IsdsStatus): OutsideFailure {
  const text = `ISDS odpověděl stavem ${status.code}.`;
  if (status.code.startsWith('2') && status.code !== '2046') return new OutsideFailure('isds-request-rejected', text, { retryable: false });
  if (status.code === '3008' || status.code === '3009') return new OutsideFailure('isds-too-many-requests', text);
  if (status.code.startsWith('1') || status.code.startsWith('5'))
    return new OutsideFailure(`isds-${refusalOf(status) ?? 'refused'}`, text, { retryable: false });
  return new OutsideFailure('isds-component-failed', text);
}

// What a dialog of the money desk asks and does.
import { readCrowns } from '../../crowns.ts';
import { moneyTexts } from '../../texts-money.cs.ts';

export interface ActField {
  readonly key: string;
  readonly label: string;
  readonly kind: 'amount' | 'text' | 'area' | 'day';
  readonly value?: string;
  readonly hint?: string;
  readonly missing?: string;
  readonly optional?: boolean;
  /** Typed to confirm. */
  readonly mustBe?: { readonly value: string; readonly mistyped: string };
}
export interface Act {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly danger?: boolean;
  readonly fields: readonly ActField[];
  /** Said when it is done; may name what came of it. */
  readonly said: string | ((answer: unknown) => string);
  readonly send: (commandId: string, values: Readonly<Record<string, string>>) => Promise<unknown>;
}

export const reasonField: ActField = {
  key: 'reason',
  label: moneyTexts.reason,
  kind: 'area',
  hint: moneyTexts.reasonHint,
  missing: moneyTexts.missingReason,
};
export const amountField = (label: string, value: string): ActField => ({
  key: 'amount',
  label,
  kind: 'amount',
  value,
  hint: moneyTexts.amountHint,
});
/** A checked field: the dialog has let only amounts through. */
export const halerOf = (values: Readonly<Record<string, string>>, key = 'amount'): number => readCrowns(values[key] ?? '') ?? 0;
export const textOf = (values: Readonly<Record<string, string>>, key: string): string => values[key] ?? '';

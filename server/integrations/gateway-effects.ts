// What every payment gateway is asked to do, in one shape: found a payment, give money back. A town may change its gateway and nothing else changes.
import { z } from 'zod';

const amount = z.number().int().positive();

export const createInputSchema = z.object({
  /** Whole haléře. */
  amount,
  description: z.string().min(1).max(255),
  /** What is paid for; the amounts add up to `amount`. */
  items: z.array(z.object({ name: z.string().min(1).max(255), amount })).optional(),
  /** Of the prescription, or of the order when there are several; goes to the gateway's lists. */
  variableSymbol: z.string().regex(/^\d{1,10}$/),
  email: z.email().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  /** Where the payer comes back to; default from configuration. */
  returnUrl: z.url().optional(),
  lang: z.enum(['CS', 'EN']).optional(),
});

export const createOutputSchema = z.object({
  paymentId: z.string(),
  /** The payer's browser is sent here. Nobody can pay without it. */
  gatewayUrl: z.url(),
});

export const refundInputSchema = z.object({
  paymentId: z.string().min(1),
  /** Whole haléře; at most what is left of the payment. */
  amount,
  currency: z.literal('CZK').default('CZK'),
  /** Refunds of this payment that are known to be others: one that is not among them is ours when we ask before a new try. */
  known: z.array(z.string()).default([]),
});

export const refundOutputSchema = z.object({
  paymentId: z.string(),
  /** The gateway's number of the refund; '' where it gives none. */
  refundId: z.string(),
  /** `accepted` = it will be done; asked about later. */
  result: z.enum(['finished', 'accepted']),
});

export type CreateInput = z.output<typeof createInputSchema>;
export type CreateOutput = z.output<typeof createOutputSchema>;
export type RefundInput = z.output<typeof refundInputSchema>;
export type RefundOutput = z.output<typeof refundOutputSchema>;

/** What a town sets about any gateway (methods are the gateway's own words). */
export const gatewayTermsSchema = z.object({
  /** Ways to pay that are offered, in the gateway's words; absent = its usual ones. */
  methods: z.array(z.string().min(1)).min(1).optional(),
  /** How the town is named on the gateway's page. */
  label: z.string().min(1).max(60).optional(),
  /** Language of the gateway's page for payers who have not chosen theirs. */
  lang: z.enum(['CS', 'EN']).default('CS'),
  /**
   * What the contract says the gateway keeps of a payment: hundredths of a per cent and haléře. The town bears it: a payer must not be charged
   * for paying by card (§ 254 zákona č. 370/2017 Sb.). A transfer list with another fee is shown to a person.
   */
  fee: z.object({ basisPoints: z.number().int().nonnegative(), fixed: z.number().int().nonnegative() }).optional(),
});

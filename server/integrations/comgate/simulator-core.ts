// What all parts of the simulated Comgate share: its payments, its merchant, and how it says no.
import type { Context } from 'koa';
import type { SimulatorOptions } from '../simulator.ts';
import type { ComgateEvent, ComgateState, TrackedPayment } from './simulator-state.ts';

export interface Merchant {
  readonly merchant: string;
  readonly secret: string;
  /** Set in the client portal: where notifications are posted. */
  readonly notificationUrl: string;
}

export interface ComgateCore extends SimulatorOptions {
  readonly shop: Merchant;
  readonly state: ComgateState;
  record(event: ComgateEvent): Promise<void>;
  /** Changes the state, remembers and tells the merchant. */
  change(tracked: TrackedPayment, to: { readonly state: TrackedPayment['state']; readonly method?: string }): Promise<void>;
}

/** Comgate answers a wrong request with status 400 and a code of its own. */
export function refuse(ctx: Context, code: number, message: string): void {
  ctx.status = 400;
  ctx.body = { code, message };
}

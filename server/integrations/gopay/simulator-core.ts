// What all parts of the simulated gateway share: its payments, its shop, and how it says no.
import type { Context } from 'koa';
import type { SimulatorOptions } from '../simulator.ts';
import type { GopayEvent, GopayState, TrackedPayment } from './simulator-state.ts';

export interface ShopAccount {
  readonly goid: number;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface GopayCore extends SimulatorOptions {
  readonly shop: ShopAccount;
  readonly payments: GopayState;
  record(event: GopayEvent): Promise<void>;
  /** Changes the state, remembers and tells the shop. */
  change(tracked: TrackedPayment, to: StateChange): Promise<void>;
}

export interface StateChange {
  readonly state: TrackedPayment['state'];
  readonly subState?: string;
  readonly instrument?: string;
  readonly refunded?: number;
}

/** GoPay's envelope of errors. The numbers are the sandbox's examples, not a contract. */
export function refuse(core: GopayCore, ctx: Context, status: number, name: string, field: string | null): void {
  ctx.status = status;
  ctx.body = {
    date_issued: core.clock.now().toISOString(),
    errors: [{ scope: field ? 'F' : 'G', field, error_code: field ? 111 : 202, error_name: name, message: name, description: null }],
  };
}

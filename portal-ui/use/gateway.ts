// Going to the payment gateway: waits until the payment is founded there. Its address is data from outside: only a web address is ever followed.
import type { CardPayment } from '../../server/contract/portal.ts';
import { ApiProblem } from '../api.ts';

type Founded = Pick<CardPayment, 'id' | 'state' | 'gatewayUrl'>;

export function gatewayAddress({ gatewayUrl }: Pick<CardPayment, 'gatewayUrl'>): string {
  const url = gatewayUrl === null ? null : URL.parse(gatewayUrl, location.href);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new ApiProblem(503, 'gateway-unavailable');
  return url.href;
}

const PAUSE_MS = 1000;
const PATIENCE = 30;

/** The payment with its address, asked for again until it has one. Throws `gateway-unavailable`. Stops asking when `isLeft`. */
export async function founded<P extends Founded>(first: P, ask: (id: string) => Promise<P>, isLeft: () => boolean): Promise<P> {
  let payment = first;
  for (let turn = 0; payment.gatewayUrl === null && turn < PATIENCE && !isLeft(); turn += 1) {
    if (payment.state !== 'preparing' && payment.state !== 'ready') throw new ApiProblem(503, 'gateway-unavailable');
    await new Promise((done) => {
      setTimeout(done, PAUSE_MS);
    });
    payment = await ask(payment.id);
  }
  if (payment.gatewayUrl === null && !isLeft()) throw new ApiProblem(503, 'gateway-unavailable');
  return payment;
}

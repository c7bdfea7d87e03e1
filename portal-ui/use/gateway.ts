// The address of the payment gateway is data from outside: only a web address is ever followed.
import type { CardPayment } from '../../server/contract/portal.ts';
import { ApiProblem } from '../api.ts';

export function gatewayAddress({ gatewayUrl }: CardPayment): string {
  const url = gatewayUrl === null ? null : URL.parse(gatewayUrl, location.href);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new ApiProblem(503, 'gateway-unavailable');
  return url.href;
}

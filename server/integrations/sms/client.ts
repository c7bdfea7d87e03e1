// What both SMS gateways can do for us.
import type { Answer, CheckResult, EffectKey } from '../connector.ts';

export interface SmsMessage {
  /** E.164: `+420777123456` */
  readonly to: string;
  readonly text: string;
}
export interface SmsSent {
  /** Number of the message at the gateway. */
  readonly providerId: string;
}
export interface SmsClient {
  send(key: EffectKey, message: SmsMessage): Promise<Answer<SmsSent>>;
  check(): Promise<CheckResult>;
}

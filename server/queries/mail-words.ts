// What a clerk is told of an e-mail beside its text: what its signature is worth, and until when it must be confirmed.
import type { MessageDetail } from '../contract/messages.ts';
import { confirmationDay } from '../domain/mail-receipt.ts';
import type { Json } from '../store/json.ts';

const LEVELS = ['recognised', 'advanced', 'broken', 'unverifiable'] as const;
interface Mail {
  readonly kind: string;
  readonly payload: Json;
  readonly receivedAt: string;
}

export function mailWords({ kind, payload, receivedAt }: Mail): Pick<MessageDetail, 'signature' | 'confirmBy'> {
  if (kind !== 'mail-message') return { signature: null, confirmBy: null };
  const mail = payload as { readonly signature?: Readonly<Record<string, unknown>> | null; readonly receivedAt?: unknown };
  const { signature } = mail;
  const says = (key: string): string => (typeof signature?.[key] === 'string' ? signature[key] : '');
  const level = LEVELS.find((one) => one === says('level'));
  const came = typeof mail.receivedAt === 'string' ? mail.receivedAt : receivedAt;
  return {
    signature: level
      ? {
          level,
          text: says('text'),
          signedBy: says('signedBy'),
          issuer: says('issuer'),
          isOtherSender: signature?.['isOtherSender'] === true,
        }
      : null,
    // A seal proves where it comes from, it signs for nobody.
    confirmBy: says('reason') === 'signature' ? null : confirmationDay(came),
  };
}

// English texts of paying without login.
import type { Texts } from './text-tree.ts';

export const texts = {
  pay: {
    title: 'Pay without logging in',
    lead: 'Have you a letter or an e-mail from us with an amount and a variable symbol? Copy them and pay by QR code, by transfer or at the payment gateway. You can pay for somebody else too.',
    symbol: 'Variable symbol',
    symbolHint: 'Ten digits at most, it is beside the amount in the letter.',
    symbolError: 'Copy the variable symbol: digits only, ten at most.',
    amount: 'Amount in Czech crowns',
    amountHint: 'Exactly what is left to pay, for example 1500 or 1500.50.',
    amountError: 'Write the amount as a number, for example 1500 or 1500.50.',
    find: 'Continue to payment',
    found: 'Pay {amount}',
    privacy: 'We do not show here who pays and for what.',
    other: 'Pay something else',
    gateway: 'By card or from your bank',
    payNow: 'Pay {amount} at the gateway',
    result: 'How the payment ended',
    again: 'Back to paying',
    paidText: 'Thank you, we have the money. This page is the only confirmation you get without logging in; you can print it.',
    slow: 'Checking takes longer than usual. You can close this page; if the payment did not go through, the money stays with you.',
    why: 'If you log in, we also show what you pay for, what you have paid and how we used the money.',
  },
  problem: {
    'debt-not-found':
      'We have no such prescription, or it is paid already. Check the symbol and the amount: it must be exactly what is left to pay.',
    'gateway-missing': 'You cannot pay at a gateway here. Pay by QR code or by transfer.',
    'card-payment-not-found': 'We do not know such a payment. Check the address to which the gateway sent you back.',
    'too-many-requests': 'Too many attempts in a short time. Wait a moment and try again.',
  },
} satisfies Texts;

// Czech texts of paying without login.
import type { Texts } from './text-tree.ts';

export const texts = {
  pay: {
    title: 'Zaplatit bez přihlášení',
    lead: 'Máte od nás dopis nebo e-mail s částkou a variabilním symbolem? Opište je a zaplaťte QR kódem, převodem nebo přes platební bránu. Platit můžete i za někoho jiného.',
    symbol: 'Variabilní symbol',
    symbolHint: 'Nejvýš deset číslic, najdete ho v dopise vedle částky.',
    symbolError: 'Opište variabilní symbol: jen číslice, nejvýš deset.',
    amount: 'Částka v korunách',
    amountHint: 'Přesně tolik, kolik zbývá zaplatit, například 1 500 nebo 1 500,50.',
    amountError: 'Napište částku číslem, například 1 500 nebo 1 500,50.',
    find: 'Pokračovat k platbě',
    found: 'Zaplaťte {amount}',
    privacy: 'Kdo a za co platí, tady neukazujeme.',
    other: 'Zaplatit něco jiného',
    gateway: 'Kartou nebo z internetového bankovnictví',
    payNow: 'Zaplatit {amount} přes bránu',
    result: 'Jak platba dopadla',
    again: 'Zpět na placení',
    paidText: 'Děkujeme, peníze máme. Tato stránka je jediné potvrzení, které bez přihlášení dostanete; můžete si ji vytisknout.',
    slow: 'Ověření trvá déle než obvykle. Stránku můžete zavřít; kdyby platba neproběhla, peníze vám zůstanou.',
    why: 'Přihlášeným ukážeme i to, za co platí, co už zaplatili a jak jsme peníze použili.',
  },
  problem: {
    'debt-not-found':
      'Takový předpis nemáme, nebo už je zaplacený. Zkontrolujte symbol i částku: musí být přesně tolik, kolik zbývá zaplatit.',
    'gateway-missing': 'Tady se přes platební bránu platit nedá. Zaplaťte QR kódem nebo převodem.',
    'card-payment-not-found': 'Takovou platbu neznáme. Zkontrolujte adresu, na kterou vás brána vrátila.',
    'too-many-requests': 'Bylo to moc pokusů za krátkou dobu. Počkejte chvíli a zkuste to znovu.',
  },
} satisfies Texts;

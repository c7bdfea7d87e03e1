// What becomes of money that belongs to no prescription, said to its payer: one place for every reason that the books give. Pure.

interface Words {
  readonly cs: string;
  readonly en: string;
}
const WORDS: Readonly<Record<string, Words>> = {
  // § 154 odst. 2 a § 155 odst. 2 zákona č. 280/2009 Sb.: arrears first, what is left is returned on request.
  overpaid: {
    cs: 'Přeplatek leží na vašem kontě plátce. Použijeme ho na to, co byste případně dlužili, nebo si o jeho vrácení na kontě požádejte.',
    en: 'The overpayment lies on your payer’s account. It covers whatever you may owe, or you can ask for it back there.',
  },
  'already-paid': {
    cs: 'To, co jste platili, už bylo zaplacené dřív. O vrácení peněz si můžete požádat na svém kontě plátce.',
    en: 'What you paid had been paid before. You can ask for the money back on your payer’s account.',
  },
  'prescription-cancelled': {
    cs: 'To, co jste platili, úřad mezitím zrušil. Peníze vám vrátíme, o nic žádat nemusíte.',
    en: 'What you paid has been cancelled meanwhile. We will return the money, you need not ask.',
  },
  'unknown-symbol': {
    cs: 'Variabilní symbol platby neznáme, přiřadíme ji ručně. Nemusíte dělat nic, kdyby něco chybělo, ozveme se.',
    en: 'We do not know the payment’s variable symbol and will place it by hand. You need not do anything.',
  },
  'no-symbol': {
    cs: 'Platba přišla bez variabilního symbolu, přiřadíme ji ručně. Nemusíte dělat nic, kdyby něco chybělo, ozveme se.',
    en: 'The payment came without a variable symbol and we will place it by hand. You need not do anything.',
  },
  'wish-not-open': {
    cs: 'To, co jste chtěli zaplatit, už zaplacené je nebo neplatí. Peníze leží na vašem kontě plátce a můžete si o ně požádat.',
    en: 'What you wanted to pay is paid or no longer valid. The money lies on your payer’s account and you can ask for it.',
  },
  'return-failed': {
    cs: 'Vrácení se nepodařilo, účet peníze nepřijal. Zkontrolujte prosím na kontě plátce, kam je máme poslat.',
    en: 'The return failed, the account did not take the money. Please check on your payer’s account where to send it.',
  },
};

/** Empty when there is nothing to say: all of the money has its place. */
export const restWords = (reason: string, lang: 'cs' | 'en'): string => WORDS[reason]?.[lang] ?? '';
/** Reasons that have words. */
export const REST_REASONS: readonly string[] = Object.keys(WORDS);

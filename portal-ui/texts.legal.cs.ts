// Czech texts of the accessibility statement (§ 8 zákona č. 99/2019 Sb.) and of the page about the portal and personal data.
import type { Texts } from './text-tree.ts';

export const texts = {
  statement: {
    description: 'Prohlášení o přístupnosti portálu občana: {town}.',
    intro:
      '{town} chce, aby tento portál mohl používat každý. Zavazuje se ho zpřístupňovat podle zákona č. 99/2019 Sb., o přístupnosti internetových stránek a mobilních aplikací.',
    scope: 'Prohlášení platí pro stránky tohoto portálu.',
    state: 'Stav souladu',
    stateText: 'Portál je částečně v souladu s normou EN 301 549 a s WCAG 2.1 úrovně AA. Co zatím v souladu není, říkáme hned pod tím.',
    gaps: 'Co zatím přístupné není',
    gap1: 'Dokumenty PDF (potvrzení, dopisy) mají značky pro čtečky, ale neprověřil je nezávislý nástroj. Stejný obsah najdete vždy i na stránce podání.',
    gap2: 'Stránky platební brány, banky a přihlášení provozuje někdo jiný a jejich přístupnost neovlivníme. Zaplatit jde i převodem podle údajů zapsaných textem.',
    gap3: 'Soubory, které úřad dostane od jiných lidí, zveřejňujeme tak, jak přišly.',
    how: 'Jak jsme to zjistili',
    howText:
      'Posoudili jsme to sami: každou stránku zkouší automatický test (axe) ve světlém i tmavém vzhledu, na telefonu i na počítači, a formuláře zkoušíme bez myši.',
    contact: 'Narazili jste na překážku?',
    contactText:
      'Napište nám nebo zavolejte. Řekněte, na které stránce jste byli a co nešlo. Odpovíme do 30 dnů a do té doby vám pomůžeme jinak.',
    enforce: 'Když vám nepomůžeme',
    enforceText:
      'Pokud na váš podnět podle § 9 zákona neodpovíme nebo s odpovědí nebudete spokojeni, obraťte se na Digitální a informační agenturu, která na přístupnost dohlíží.',
    dia: 'Digitální a informační agentura',
    help: 'Co vám tu pomůže',
    help1: 'Všechno jde ovládat klávesnicí. První odkaz na stránce přeskočí nabídku.',
    help2: 'Stránku můžete zvětšit až čtyřikrát, nic se neztratí.',
    help3: 'Vzhled se sám přepne do tmavého podle nastavení vašeho zařízení.',
    help4: 'Formuláře se ukládají samy, můžete kdykoli přestat a vrátit se.',
  },
  about: {
    description: 'Kdo portál provozuje a jak zachází s vašimi údaji: {town}.',
    intro: 'Portál provozuje {town}. Slouží k podávání žádostí úřadu a ke sledování toho, jak je úřad vyřizuje.',
    office: 'Úřad',
    officeHours: 'Úřední hodiny: {text}',
    web: 'Web města:',
    ico: 'IČO: {ico}',
    data: 'Jaké údaje o vás máme',
    data1: 'To, co napíšete do formuláře, a přílohy, které k němu dáte.',
    data2: 'Jméno, datum narození a adresu z vašeho přihlášení, aby se nemusely opisovat.',
    data3: 'Kdy jste co podali, zaplatili a kdy vám úřad odpověděl.',
    why: 'Proč a jak dlouho',
    whyText:
      'Údaje potřebujeme k vyřízení vaší věci, ukládá nám to zákon. Spis uchováváme po dobu, kterou stanoví spisový řád. Rozepsané formuláře mažeme po uplynutí doby, kterou u nich uvádíme.',
    cookies: 'Cookies a sledování',
    cookiesText:
      'Používáme jen dvě nezbytné cookies: jedna drží přihlášení, druhá jazyk. Nikdo vás tu nesleduje a stránky nic nenačítají odjinud.',
    device: 'Co zůstává ve vašem zařízení',
    deviceText:
      'Když vypadne internet nebo přihlášení, uložíme rozepsané odpovědi ve vašem prohlížeči. Smažou se, jakmile je odešleme úřadu nebo se odhlásíte.',
    rights: 'Vaše práva',
    rightsText:
      'Můžete chtít vědět, co o vás máme, nechat to opravit, nebo si stěžovat u Úřadu pro ochranu osobních údajů. Stačí nám napsat.',
    software: 'Program',
    softwareText: 'Portál běží na systému Vyřízeno s otevřenou licencí EUPL-1.2. Vzhled vychází z designového systému gov.cz.',
  },
} satisfies Texts;

// A Czech sentence for every code the server can refuse with: what happened and what to do next.
import type { ProblemBody } from '../server/contract/portal.ts';
import { clock, day } from './czech.ts';
import { ApiProblem } from './http.ts';
import { paperProblems } from './problems-paper.cs.ts';

type Wording = string | ((problem: ProblemBody) => string);

const wordings: Readonly<Record<string, Wording>> = {
  offline: 'Server neodpovídá. Vaše práce zůstala na této stránce; zkuste to za chvíli znovu.',
  'login-required': 'Přihlášení vypršelo. Přihlaste se v novém okně a pokračujte – nic se neztratilo.',
  'csrf-token': 'Stránka patří ke staršímu přihlášení. Přihlaste se v novém okně a akci zopakujte.',
  'origin-missing': 'Prohlížeč neposlal údaje, podle kterých poznáme vlastní stránku. Obnovte stránku a zkuste to znovu.',
  'foreign-origin': 'Požadavek přišel z cizí stránky. Otevřete Vyřízeno přímo v prohlížeči a zkuste to znovu.',
  'too-many-requests': 'Požadavků bylo příliš mnoho najednou. Počkejte minutu a zkuste to znovu.',
  'officers-only': 'Tuto akci smí provést jen úřední osoba. Přihlaste se úředním účtem.',
  'role-required': 'K této části nemáte roli. Požádejte správce, aby vám ji přidal.',
  'not-permitted': 'Na tuto akci nemáte oprávnění. Požádejte vedoucího, aby vám přidal roli.',
  forbidden: 'Na tuto akci nemáte oprávnění. Požádejte vedoucího, aby vám přidal roli.',
  'not-found': 'Tento záznam neexistuje nebo k němu nemáte přístup. Vraťte se na seznam.',
  'session-not-found': 'Toto přihlášení už neexistuje. Obnovte stránku.',
  'directory-changed': 'Adresář mezitím odpověděl jinak. Načtěte stránku znovu a podívejte se, kolik lidí by odešlo teď.',
  'representation-not-found': 'Takové zastupování tu není. Načtěte seznam znovu.',
  'representation-ended': 'Toto zastupování už skončilo. Načtěte seznam znovu.',
  'mandate-to-self': 'Zástupce a zastoupený jsou tatáž osoba. Zkontrolujte spisové značky.',
  'mandate-period-wrong': 'Zkontrolujte dny: konec nesmí být před začátkem ani v minulosti.',
  'mandate-scope-empty': 'Vyberte, co zástupce smí a čeho se to týká.',
  'evidence-already-there': 'Listina už je přiložená a vyměnit nejde. Novou zapište s novým zastupováním.',
  'evidence-not-found': 'K tomuto zastupování žádná listina přiložená není.',
  'evidence-missing': 'Napište, čím je zastupování doloženo. Bez dokladu ho zapsat nejde.',
  'ico-wrong': 'Zkontrolujte IČO a název. Takové IČO být nemůže, nebo název chybí.',
  'person-not-found': 'Případ s touto spisovou značkou tu není, nebo nemá podatele. Zkontrolujte ji.',
  'applicant-changed-meanwhile': 'Podatel případu se mezitím změnil. Načtěte případ znovu.',
  'task-not-found': 'Tento úkol neexistuje. Vraťte se na seznam úkolů.',
  'case-not-found': 'Tento případ neexistuje nebo k němu nemáte přístup. Zkontrolujte spisovou značku.',
  'situation-not-found': 'Tato životní situace neexistuje. Vraťte se na seznam.',
  'task-already-completed': (problem) =>
    `${completedBy(textOf(problem, 'name', ''))}${timeOf(problem)}. Otevřete případ nebo přejděte na další úkol.`,
  'task-claimed-by-other': (problem) => `Úkol už má ${textOf(problem, 'name', 'někdo jiný')}. Vyberte jiný úkol, nebo požádejte o předání.`,
  'task-not-claimed': 'Nejdřív si úkol převezměte, pak ho můžete dokončit.',
  'form-missing': 'Formulář v této verzi životní situace chybí. Ozvěte se tomu, kdo ji spravuje.',
  'field-unknown': 'Formulář se mezitím změnil. Obnovte stránku; rozepsané údaje zůstaly uložené.',
  'task-not-yours': 'Tento úkol patří jiné skupině. Požádejte vedoucího o přidělení.',
  'case-suspended': 'Případ je pozastavený. Vedoucí nebo analytik ho musí nejdřív nechat pokračovat.',
  'case-not-suspended': 'Případ už běží. Obnovte stránku.',
  'case-moved': 'Případ se mezitím pohnul. Podívejte se znovu, co by zásah udělal.',
  'no-longer-waiting': 'Krok už na to nečeká, pravděpodobně ho mezitím někdo vyřídil. Obnovte stránku.',
  'reason-missing': 'Chybí důvod. Napište, proč do případu zasahujete.',
  'reason-too-long': 'Důvod je příliš dlouhý. Zkraťte ho a zkuste to znovu.',
  'operations-missing': 'Zásah nic nemění. Vyberte, co se má stát.',
  'element-unknown': 'Tento krok v diagramu případu není. Obnovte stránku.',
  'variables-missing': 'Vyberte údaj, který opravujete.',
  'effect-has-its-data': 'Odesílání už má svoje údaje. Zopakujte ho, nebo ho vyřiďte ručně.',
  'other-version': 'Případ už běží pod jinou verzí. Obnovte stránku.',
  'migration-impossible': 'Případ podle tohoto plánu převést nejde. Doplňte cíle kroků, na kterých stojí.',
  'nothing-to-revert': 'Není co vrátit: převod je starší než den, nebo už byl vrácen.',
  'revert-too-late': 'Od převodu uplynul víc než den, vrátit už ho nejde.',
  'acts-done': 'Převod už vydal písemnost nebo předpis, vrátit ho nejde.',
  'effect-begun': 'Od převodu se něco odeslalo, vrátit ho nejde.',
  'no-cases': 'Výběru neodpovídá žádný běžící případ. Změňte ho a zkuste to znovu.',
  'marks-unknown': (problem) => `Tyto spisové značky neexistují: ${listOf(problem, 'marks')}. Opravte je.`,
  'same-person': 'O tom, o co jste požádali sami, musí rozhodnout někdo jiný.',
  'approval-decided-before': 'O žádosti už někdo rozhodl. Obnovte stránku.',
  'run-not-found': 'Tento předpisový běh neexistuje. Vraťte se na seznam.',
  'run-not-so-far': 'Běh je mezitím v jiném stavu. Obnovte stránku.',
  'run-not-asked': 'O schválení teď nikdo nežádá. Obnovte stránku.',
  'run-open-already': 'Pro tento poplatek a rok už je jeden běh rozpracovaný. Dokončete ho, nebo ho zahoďte.',
  'run-out-of-date': (problem) =>
    `Od náhledu se změnily povinnosti (počet: ${textOf(problem, 'count', '')}). Náhled zahoďte a připravte znovu.`,
  'run-empty': 'V běhu není co předepsat.',
  'run-year-wrong': 'Předepsat jde loňský, letošní nebo příští rok.',
  'sheet-not-found': 'Tento tiskový soubor neexistuje, nebo už je označený jako vytištěný.',
  'duty-not-of-situation': 'Tato životní situace žádnou roční povinnost nezakládá.',
  'duty-not-found': 'Taková povinnost neexistuje.',
  'duty-ended': 'Povinnost skončila už dřív. Založte novou.',
  'duty-known-already': 'Povinnost s tímto číslem už v evidenci je.',
  'duty-not-reckoned': (problem) => `Z nových údajů nejde poplatek spočítat: ${textOf(problem, 'reason', '')}`,
  'columns-missing': (problem) => `V souboru chybí sloupce: ${listOf(problem, 'columns')}.`,
  'batch-not-found': 'Tato dávka neexistuje. Obnovte stránku.',
  'batch-ended': 'Dávka už mezitím skončila. Obnovte stránku.',
  'case-ended': 'Případ je už uzavřený a nelze ho měnit.',
  'deadline-events-contradict': 'Takový záznam odporuje tomu, co už o lhůtě víme. Zkontrolujte den a pořadí událostí.',
  'deadline-reason-missing': 'Napište důvod úpravy lhůty, aspoň pár slov.',
  'deadline-unknown': 'Takovou lhůtu tento případ nemá.',
  'deadline-event-unknown': 'Tahle událost se k lhůtě nehodí. Vyberte jinou.',
  'deadline-record-unknown': 'Záznam už neplatí, někdo ho mezitím zrušil.',
  'not-waiting-for-delivery': 'Případ teď na žádné doručení nečeká.',
  'delivery-in-future': 'Den doručení ještě nenastal.',
  ...paperProblems,
  'form-invalid': 'Formulář má chyby. Opravte označená pole a odešlete ho znovu; nic se neztratilo.',
  'draft-changed-elsewhere': 'Koncept mezitím změnil někdo jiný. Vyberte, která podoba má platit; vaše zůstala uložená v tomto prohlížeči.',
  'file-too-large': 'Soubor je příliš velký. Zmenšete ho a nahrajte znovu.',
  'file-empty': 'Soubor je prázdný. Vyberte jiný.',
  'file-type-not-allowed': 'Tento typ souboru sem nepatří. Nahrajte PDF nebo obrázek.',
  'file-name-invalid': 'Název souboru obsahuje nepovolené znaky. Přejmenujte soubor a nahrajte ho znovu.',
  'files-too-large': 'Soubory jsou dohromady příliš velké. Některý odeberte nebo zmenšete.',
  'body-too-large': 'Posílaná data jsou příliš velká. Zkraťte je nebo rozdělte.',
  'file-not-found': 'Soubor už neexistuje. Nahrajte ho znovu.',
  'document-not-found': 'Dokument ve spisu není. Obnovte stránku.',
  'file-unreadable': 'Soubor není tabulka CSV ani JSON. Uložte ho z původního programu znovu v jednom z nich.',
  'history-too-long': (problem) => `V souboru je víc než ${textOf(problem, 'most', '5000')} záznamů. Rozdělte ho a nahrajte po částech.`,
  'no-statements-here': 'Město nemá nastavenou banku, výpis proto nejde načíst. Požádejte správce, aby ji nastavil.',
  'statement-in-another-format': (problem) =>
    `Pohyby ze dne ${day(textOf(problem, 'day', ''))} už přinesl výpis v jiném formátu. Nahrajte jen dny, které ještě chybí.`,
  'too-many-files': 'Souborů je příliš mnoho. Některý odeberte.',
  'note-empty': 'Poznámka je prázdná. Napište text a uložte ji znovu.',
  'note-too-long': 'Poznámka je příliš dlouhá. Zkraťte ji a uložte znovu.',
  'incident-not-found': 'Incident už neexistuje, pravděpodobně ho někdo vyřešil. Obnovte seznam.',
  'effect-not-found': 'Tento účinek už neexistuje. Obnovte stránku.',
  'connector-changed': 'Nastavení mezitím změnil někdo jiný. Načtěte stránku znovu a svou změnu zadejte do nového stavu.',
  'town-changed': 'Údaje města mezitím změnil někdo jiný. Načtěte stránku znovu a svou změnu zadejte do nového stavu.',
  'town-revision-not-found': 'Tato dřívější podoba údajů už není k dispozici. Obnovte stránku.',
  'town-account-unconfirmed': 'Na dosavadní účet ještě mají přijít peníze. Potvrďte, že o tom víte, a uložte znovu.',
  'connector-not-found': 'Takový konektor město nezná. Vraťte se na seznam konektorů.',
  'connector-revision-not-found': 'Tato dřívější podoba nastavení už není k dispozici. Obnovte stránku.',
  'outside-work-not-stuck': 'Tato práce už nestojí, nejspíš ji vyřešil někdo jiný. Obnovte seznam.',
  'record-act-not-refused': 'O tomto úkonu spisové služby už někdo rozhodl. Obnovte seznam.',
  'record-must-be-registered':
    'Zápis dokumentu nejde přeskočit: bez čísla jednacího by písemnost nikdy neodešla. Zkuste to znovu, nebo ho zapište ručně.',
  'record-number-taken': 'Toto číslo jednací už má jiný dokument města. Ověřte ho ve spisové službě.',
  'journal-too-long': 'Podací deník tohoto roku je na tisk příliš dlouhý. Stáhněte ho jako CSV.',
  'comparison-empty': 'V eSSL podle naší evidence není žádný takový spis, není co porovnat.',
  'comparison-too-long': 'To je na jedno porovnání moc spisů. Zvolte kratší období.',
  'difference-gone': 'Tenhle rozdíl už není, nebo o něm někdo rozhodl. Obnovte stránku.',
  'difference-not-sendable': 'Tenhle rozdíl znovu poslat nejde, musí se vyřešit ve spisové službě.',
  'difference-sent': 'Už se to posílá znovu. Počkejte, až se spis znovu porovná.',
  'record-number-missing': 'Napište číslo jednací, které dokument ve spisové službě dostal.',
  'records-news-seen': 'Tuto zprávu spisové služby už vzal na vědomí někdo jiný.',
  'effect-not-failed': 'Účinek už neselhává, pravděpodobně ho někdo zopakoval. Obnovte seznam.',
  'prescription-not-found': 'K tomuto variabilnímu symbolu není žádný předpis. Zkontrolujte číslo.',
  'already-paid': 'Předpis s tímto symbolem je už zaplacený. Platbu raději vraťte.',
  'prescription-cancelled': 'Předpis s tímto symbolem byl zrušen. Platbu raději vraťte.',
  'payment-not-found': 'Platba už neexistuje. Obnovte seznam.',
  'payment-already-cleared': 'Platbu už mezitím někdo vyřídil. Obnovte seznam.',
  'payer-not-found': 'Tento plátce neexistuje. Vraťte se na hledání.',
  'needs-second-person': 'Nad limitem města musí souhlasit druhá osoba. Požádejte účetní, ať úkon zadá ke schválení.',
  'approval-does-not-fit': 'Schválení se vztahuje k jinému úkonu nebo částce. Zadejte žádost znovu.',
  'approval-used-before': 'Toto schválení už jednou posloužilo. Zadejte novou žádost.',
  'approval-not-found': 'Tato žádost neexistuje. Obnovte seznam.',
  'approval-without-act': 'Tento druh žádosti se schvaluje na své vlastní stránce.',
  'asked-before': 'Stejná žádost už čeká na druhou osobu. Najdete ji ve Schvalování.',
  'transfer-not-in-trouble': 'Tento převod už někdo vyřešil. Načtěte stránku znovu.',
  'transfer-has-no-payment': 'Platba, kterou by šlo přeúčtovat, tu už není. Zapište, jak to dopadlo.',
  'transfer-pays-debts': 'Peníze převodu už leží na předpisech nebo se vracejí. Nejdřív je na kontě plátce uvolněte.',
  'held-item-not-found': 'Tento pohyb na účtu už není mezi těmi, které čekají. Načtěte stránku znovu.',
  'held-item-not-waiting': 'Tento pohyb už někdo zaúčtoval nebo odložil. Načtěte stránku znovu.',
  'held-item-no-credit': 'Odchozí pohyb není platba. Nechte ho mezi ostatními pohyby.',
  'foreign-account': 'Účet je vedený v cizí měně a v účetnictví není. Zaúčtuje se až převod na účet v korunách.',
  'crowns-missing': 'Napište, kolik korun banka připsala.',
  'crowns-differ': 'Výpis říká jinou částku v korunách. Načtěte stránku znovu a zaúčtujte tu.',
  'crowns-over': 'Tolik korun na výpisu není. Zkontrolujte částku podle banky.',
  'amount-not-positive': 'Částka musí být větší než nula.',
  'amount-not-whole': 'Částku napište v korunách a haléřích.',
  'fee-not-positive': 'Předepsat jde jen částku větší než nula. Zkontrolujte výpočet poplatku.',
  'not-enough-free': 'Tolik peněz už volných není. Obnovte stránku.',
  'more-than-owed': 'Předpis tolik nedluží. Obnovte stránku a částku upravte.',
  'prescription-twice': 'Stejný předpis je v rozdělení dvakrát.',
  'allocation-not-found': 'Toto zúčtování už neplatí. Obnovte stránku.',
  'account-missing': 'Platba přišla bez čísla účtu. Napište účet, na který se má vrátit.',
  'payment-step-not-allowed': 'Tento krok platba v jejím stavu nedovoluje. Obnovte stránku.',
  'payment-returned': 'Peníze se už vracejí plátci, vzít je zpět nejde.',
  'return-request-settled': 'O žádosti už někdo rozhodl, nebo ji plátce vzal zpět. Obnovte stránku.',
  'return-waits-for-second': 'Vrácení čeká na druhou osobu. Nejdřív ho ve Schvalování zamítněte nebo vezměte zpět.',
  'return-not-found': 'O tomto vrácení už nikdo nežádá: žádost byla vyřízena, nebo ji plátce vzal zpět. Obnovte stránku.',
  'refund-not-found': 'Tato vratka neexistuje. Obnovte stránku.',
  'refund-failed-before': 'Vratka se nepodařila, zadejte ji znovu.',
  'refund-paid-before': 'Vratka už odešla.',
  'rule-without-account': 'Platba nemá číslo účtu, pravidlo z ní naučit nejde.',
  'rule-several-payers': 'Pravidlo se učí jen z platby pro jednoho plátce.',
  'rule-revoked-before': 'Pravidlo už mezitím někdo zrušil. Obnovte stránku.',
  'instalments-empty': 'Není co rozložit: vybrané dluhy jsou zaplacené.',
  'instalments-sum': 'Součet splátek se liší od dluhu, pravděpodobně mezitím přišla platba. Otevřete návrh znovu.',
  'instalments-order': 'Splátky musí následovat po sobě.',
  'instalments-past': 'První splátka nemůže být v minulosti.',
  'instalments-planned': 'Některý z dluhů už splátkový kalendář má.',
  'instalments-ended': 'Splátkový kalendář už skončil. Obnovte stránku.',
  'cash-desk-unknown': 'Tato pokladna neexistuje. Obnovte stránku.',
  'cash-desk-held': (problem) =>
    `Pokladnu má otevřenou ${textOf(problem, 'name', 'někdo jiný')}. Vyberte jinou, nebo počkejte na uzávěrku.`,
  'cash-shift-open': 'Jednu pokladnu už máte otevřenou. Nejdřív ji uzavřete.',
  'cash-shift-missing': 'Pokladnu nemáte otevřenou. Nejdřív ji otevřete.',
  'cash-difference-reason': 'Hotovost se liší od účetnictví. Napište důvod rozdílu.',
  'cash-denomination-unknown': 'Výčetka obsahuje neznámou hodnotu. Zkontrolujte počty kusů.',
  'cash-hand-over': 'Odvést nejde víc, než je v zásuvce.',
  'cash-whole-crowns': 'Hotově se platí v celých korunách. Upravte částku, nebo vezměte kartu.',
  'cash-limit': 'Platba nad 270 000 Kč nesmí být v hotovosti (zákon č. 254/2004 Sb.). Nabídněte převod.',
  'cash-too-little': 'Přijatá hotovost je menší než placená částka.',
  'cash-not-enough': 'V pokladně tolik hotovosti není. Vraťte peníze převodem.',
  'cash-storno-late': 'Stornovat jde jen doklad téže směny a dne. Peníze vraťte výdajovým dokladem.',
  'cash-storno-out': 'Stornovat jde jen příjmový doklad.',
  'cash-storno-before': 'Doklad už je stornovaný. Obnovte stránku.',
  'receipt-not-found': 'Tento doklad neexistuje.',
  'shift-not-found': 'Tato směna neexistuje nebo ještě není uzavřená.',
  'dunning-changed': 'Něco z výběru mezitím někdo zaplatil nebo vydal. Připravte výběr znovu.',
  'dunning-nothing': 'Není co vydat: výběr je vyřízený nebo ještě nenastal jeho čas.',
  'dunning-way': 'Tato forma k vybranému stupni nepatří.',
  'month-not-over': 'Měsíc ještě neskončil.',
  'month-closed-before': 'Měsíc už je uzavřený. Obnovte stránku.',
  'month-unreadable': 'Měsíc má tvar rok-měsíc, například 2026-03.',
  'month-shift-open': 'V tomto měsíci zůstala otevřená směna pokladny. Uzavřete ji.',
  'export-not-found': 'Tento export neexistuje. Obnovte stránku.',
  'mark-unknown': 'Případ s touto spisovou značkou neexistuje. Zkontrolujte ji.',
  'message-not-found': 'Tato zpráva neexistuje. Vraťte se na seznam.',
  'message-not-in-case': 'Zpráva už v tomto spisu není. Obnovte seznam.',
  'message-already-told': 'Řízení podle zprávy už šlo dál, ze spisu ji vyjmout nejde. Napište do spisu poznámku.',
  'message-in-records': 'Zprávu už převzala spisová služba. Přesuňte ji nejdřív tam.',
  'message-not-dismissed': 'Zpráva už mezi odloženými není. Obnovte seznam.',
  'message-founds-nothing': 'Touto životní situací nejde datovou zprávou začít. Obnovte stránku.',
  'message-already-sorted': 'Zprávu už mezitím někdo zařadil. Obnovte seznam.',
  'publication-refused': 'Nová verze nebyla zveřejněna, protože kontrola našla chyby. Koncept zůstal uložený.',
  'same-content': (problem) => `Koncept je stejný jako verze ${textOf(problem, 'number', 'poslední')}. Není co zveřejnit.`,
  'nothing-to-publish': 'Návrh zatím není uložen, není co zveřejnit. Změňte ho a zkuste to znovu.',
  'version-not-found': 'Tato verze neexistuje. Vraťte se na seznam životních situací.',
  'draft-not-saved': 'Koncept se nepodařilo uložit, proto nebyl zveřejněn. Vaše podoba je uložená v tomto prohlížeči.',
  'not-waiting-for-message': 'Případ na takovou zprávu právě nečeká. Zkontrolujte spisovou značku, nebo zprávu odložte.',
  'request-invalid': 'Některý údaj má nesprávný tvar. Zkontrolujte ho a zkuste to znovu.',
  'json-malformed': 'Server údaje nepřečetl. Obnovte stránku a zkuste to znovu.',
  'json-only': 'Server údaje nepřečetl. Obnovte stránku a zkuste to znovu.',
  'compressed-body': 'Server údaje nepřečetl. Obnovte stránku a zkuste to znovu.',
  'command-id-reused': 'Tato akce už jednou proběhla. Obnovte stránku, abyste viděli její výsledek.',
  'internal-error': 'Na serveru nastala chyba. Zkuste to za chvíli znovu; když to nepomůže, ozvěte se správci.',
  unavailable: 'Služba je právě nedostupná. Zkuste to za chvíli znovu.',
};

const byStatus: Readonly<Record<number, string>> = {
  401: 'login-required',
  403: 'forbidden',
  404: 'not-found',
  413: 'file-too-large',
  415: 'file-type-not-allowed',
  503: 'unavailable',
};

function textOf(problem: ProblemBody, key: string, otherwise: string): string {
  const value = problem[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}
function listOf(problem: ProblemBody, key: string): string {
  const value = problem[key];
  return Array.isArray(value) ? value.join(', ') : '';
}
/** Surnames ending in -á are women's; others leave the form of the verb open. */
function completedBy(name: string): string {
  if (name === '') return 'Úkol už dokončil někdo jiný';
  return name.endsWith('á') ? `Úkol už dokončila ${name}` : `Úkol už dokončil(a) ${name}`;
}
function timeOf(problem: ProblemBody): string {
  const at = problem['at'];
  if (typeof at !== 'string') return '';
  return ` v ${clock(at)}`;
}

/** Whether the code has a sentence of its own. */
export function hasWording(code: string): boolean {
  return wordings[code] !== undefined;
}

export function problemText(problem: ProblemBody): string {
  const wording = wordings[problem.code] ?? wordings[byStatus[problem.status] ?? ''];
  if (wording === undefined) return `Akce se nepodařila (${problem.code}). Zkuste to znovu; když to nepomůže, pošlete správci tento kód.`;
  return typeof wording === 'string' ? wording : wording(problem);
}

/** Text for whatever was caught at a page's door. A defect of our own is thrown on. */
export function failureText(failure: unknown): string {
  if (failure instanceof ApiProblem) return problemText(failure.problem);
  throw failure;
}

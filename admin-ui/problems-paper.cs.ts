// Czech sentences for refusals about letters on paper: what happened and what to do next.
import type { ProblemBody } from '../server/contract/portal.ts';
import { day } from './czech.ts';

const on = (problem: ProblemBody): string => (typeof problem['on'] === 'string' ? day(problem['on']) : '');

export const paperProblems = {
  'paper-letter-not-found': 'Tato zásilka už tu není. Obnovte stránku.',
  'paper-batch-not-found': 'Tento tisk tu není. Obnovte stránku a vytiskněte zásilky znovu.',
  'paper-letter-not-awaited': 'Případ šel dál a písemnost se už neposílá. Zásilku nevypravujte.',
  'paper-letter-posted': 'Zásilka už byla předána poště, možná ji právě zapsal kolega. Obnovte stránku.',
  'paper-letter-delivered': 'Zásilka už je zapsaná jako doručená. Obnovte stránku.',
  'paper-letter-returned': 'Zásilka se vrátila. Pošlete ji znovu, nebo zapište, že jste ji předali osobně či vyvěsili.',
  'paper-letter-not-printed': 'Zásilka ještě nebyla vytištěna. Nejdřív ji vytiskněte.',
  'paper-letter-not-posted': 'Zásilka ještě nebyla předána poště. Nejdřív zapište podání.',
  'paper-letter-no-address': 'Některá z vybraných zásilek nemá adresu. Doplňte ji a tisk zopakujte.',
  'paper-letter-changed': 'Se zásilkou mezitím pracoval někdo jiný. Obnovte stránku.',
  'posted-in-future': 'Den podání ještě nenastal.',
  'posting-number-wrong': 'Podací číslo nesedí. Opište ho z podacího lístku, například RR123456785CZ.',
  'outcome-in-future': 'Tento den ještě nenastal. Zkontrolujte datum.',
  'outcome-before-posting': (problem: ProblemBody): string => `Zásilka byla podána až ${on(problem)}. Zkontrolujte datum.`,
  'outcome-unclear': 'Den doručení z těchto údajů nejde spočítat. Zkontrolujte data.',
  'picked-up-before-stored': 'Zásilka nemohla být vyzvednuta dřív, než byla uložena. Zkontrolujte datum.',
  'receipt-needed': 'Uložení, odmítnutí a fikce se zapisují jen u zásilky do vlastních rukou s doručenkou.',
  'fiction-not-yet': (problem: ProblemBody): string => `Fikce nastane až ${on(problem)}. Zapište ji od toho dne.`,
  'address-lines-wrong': 'Adresa má jeden až pět řádků, každý nejvýš 60 znaků.',
  'paper-note-not-newest': 'Vzít zpět jde jen poslední zápis. Obnovte stránku.',
  'paper-note-stays': 'Tento zápis vzít zpět nejde. Den doručení opravte na kartě Lhůty v případu.',
  'delivery-of-which-letter': 'Případ čeká na doručení více písemností. Vyberte, která byla doručena.',
} as const;

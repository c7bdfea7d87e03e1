// A journal row in plain Czech for officers.
import { findNode } from '../catalog/index.ts';
import type { ProcessModel } from '../engine/process-model.ts';
import type { ChainedEntry } from '../store/journal.ts';
import { stepsOf } from './case-view.ts';

const COMMANDS: Readonly<Record<string, string>> = {
  'start-case': 'Podání bylo odesláno',
  'complete-task': 'Úkol dokončen',
  'claim-task': 'Úkol převzat',
  'release-task': 'Úkol uvolněn',
  'assign-task': 'Úkol přidělen',
  'return-task': 'Úkol se vrátil do fronty, kdo ho měl, už v úřadu nepracuje',
  withdraw: 'Podání vzato zpět',
  'resend-record': 'Spisové službě se znovu posílá, co v ní chybělo',
  'complete-register': 'Čísla jednací spisu byla doplněna do podacího deníku',
  'change-applicant': 'Podatel je po spojení identit veden pod jedním záznamem',
  wake: 'Uplynul čas',
  'record-answer': 'Odesláno',
  'receive-message': 'Došla zpráva',
  'file-message': 'Datová zpráva zařazena do spisu',
  'take-message-out': 'Datová zpráva vyjmuta ze spisu',
  'letter-delivered': 'Písemnost doručena',
  'found-by-message': 'Případ založen datovou zprávou',
  'receive-payment': 'Přijata platba',
  'match-payment': 'Platba spárována ručně',
  'begin-card-payment': 'Zahájena platba kartou',
  'note-card-state': 'Změna stavu platby kartou',
  'retry-element': 'Krok zkoušen znovu',
  'retry-effect': 'Odeslání zkoušeno znovu',
  'add-note': 'Přidána poznámka',
  'change-deadline': 'Lhůta upravena ručně',
  'note-delivery': 'Zapsáno doručení písemnosti',
  'post-letter': 'Zásilka předána poště',
  'note-paper-outcome': 'Zapsáno, co se stalo se zásilkou',
  'take-back-paper-note': 'Zápis o zásilce vzat zpět',
  'alert-deadline': 'Upozornění na lhůtu',
  modify: 'Úřední zásah do průběhu',
  'cancel-case': 'Případ ukončen úřadem',
  suspend: 'Zpracování pozastaveno',
  resume: 'Zpracování obnoveno',
  'set-variables': 'Opraveny údaje případu',
  'answer-incident': 'Zaseklý krok vyřízen ručně',
  'answer-effect': 'Odeslání vyřízeno ručně',
  migrate: 'Převedeno na jinou verzi životní situace',
  'revert-migration': 'Převod na jinou verzi vzat zpět',
};

const OTHER_SIDES: Readonly<Record<string, string>> = {
  isds: 'datové schránky',
  letter: 'písemnost',
  mail: 'e-mail',
  gopay: 'platební brána',
  bank: 'banka',
  post: 'pošta',
  books: 'evidence plateb',
  comgate: 'platební brána',
};

/** What a case is told, in an officer's words. */
const TOLD: Readonly<Record<string, string>> = {
  platba: 'předpis je zaplacen',
  'platba:corrected': 'předpis je opraven na to, co už přišlo',
  'platba:cancelled': 'předpis je zrušen',
  'platba:written-off': 'předpis je odepsán',
  'castecna-platba': 'předpis je zaplacen zčásti',
  'po-splatnosti': 'předpis je po splatnosti',
  vratka: 'peníze byly vráceny',
  'platba-odvolana': 'platba byla odvolána',
  'rocni-predpis': 'předepsán roční poplatek',
  'dopis-dorucen': 'písemnost je doručena',
  'podani-dodano': 'podání je dodáno úřadu',
  'podani-dolozeno': 'uložena doručenka podání',
  'dosla-zprava': 'zpráva od účastníka',
  'dosel-email': 'e-mail do spisu',
  'datova-zprava': 'zpráva do spisu',
};

/** Who it is on the other side, by the connector or one of its effects: `isds.send` → datové schránky. */
export const otherSide = (id: string): string => OTHER_SIDES[id.split('.')[0] ?? ''] ?? id;

interface Detail {
  readonly element?: string;
  readonly effect?: string;
  readonly refused?: string;
  readonly message?: string;
  readonly how?: string;
  /** Of letters on paper. */
  readonly what?: string;
  readonly way?: string;
}
const PAPER: Readonly<Record<string, string>> = {
  ordinary: 'obyčejně',
  registered: 'doporučeně',
  'own-hands': 'do vlastních rukou',
  posted: 'podání na poště',
  stored: 'uložena na poště',
  returned: 'vrátila se nedoručená',
  pickup: 'vyzvednuta na poště',
  refused: 'adresát ji odmítl převzít',
  notice: 'veřejnou vyhláškou',
  'in-person': 'předána osobně',
};
const paperWords = ({ what, way, how }: Detail): string | undefined => PAPER[what ?? ''] ?? PAPER[way ?? ''] ?? PAPER[how ?? ''];

export function journalText(entry: ChainedEntry, model: ProcessModel): string {
  const name = (id: string): string => findNode(model, id)?.name || id;
  const steps = stepsOf(entry);
  const detail = entry.detail as Detail;
  const about = [
    detail.element ? name(detail.element) : undefined,
    detail.effect === undefined ? undefined : otherSide(detail.effect),
    detail.message === undefined ? undefined : (TOLD[`${detail.message}:${detail.how}`] ?? TOLD[detail.message] ?? detail.message),
    paperWords(detail),
    detail.how === 'fiction' ? 'fikcí' : undefined,
    detail.refused ? `odmítnuto: ${detail.refused}` : undefined,
  ]
    .filter(Boolean)
    .join(', ');
  const opened = steps
    .filter((step) => step.k === 'entered' && !steps.some((other) => other.k === 'completed' && other.x === step.x))
    .map((step) => name(step.e));
  const stuck = steps.filter((step) => step.k === 'incident').map((step) => `zastaveno na „${name(step.e)}“ (${step.code ?? ''})`);
  return [
    `${COMMANDS[entry.kind] ?? entry.kind}${about ? ` – ${about}` : ''}`,
    ...(opened.length > 0 ? [`dál: ${[...new Set(opened)].join(', ')}`] : []),
    ...stuck,
  ].join('; ');
}

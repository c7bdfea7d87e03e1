// What the status codes of ISDS mean for us. Known codes by name, unknown ones by range; the texts of ISDS may change and are never compared.
import { OutsideFailure } from '../connector.ts';

export interface IsdsStatus {
  /** Four digits. */
  readonly code: string;
  readonly message: string;
}

/** Business refusals a diagram can react to. */
export type IsdsRefusalCode = 'box-not-available' | 'attachment-refused' | 'message-too-large' | 'message-not-found' | 'isds-refused';

const refusals: Readonly<Record<string, IsdsRefusalCode>> = {
  '1007': 'box-not-available',
  '1201': 'box-not-available',
  '1204': 'box-not-available',
  '1232': 'box-not-available',
  '1233': 'box-not-available',
  '2011': 'box-not-available',
  '5001': 'box-not-available',
  '1214': 'attachment-refused',
  '1288': 'attachment-refused',
  '1289': 'attachment-refused',
  '1293': 'attachment-refused',
  '1294': 'attachment-refused',
  '2010': 'attachment-refused',
  '2032': 'attachment-refused',
  '1200': 'message-too-large',
  '1296': 'message-too-large',
  '1211': 'message-not-found',
  '1219': 'message-not-found',
  '1299': 'message-not-found',
};

/** For an officer: what happened and, where there is something to do, what. */
const sentences: Readonly<Record<string, string>> = {
  '1004': 'Účet datové schránky nemá k této operaci oprávnění; nastaví ho správce schránky na portálu ISDS.',
  '1007': 'Identifikátor datové schránky je chybný.',
  '1101': 'Hledání schránky nemá uvedený její typ.',
  '1152': 'Hledaný text je příliš krátký nebo chybí.',
  '1153': 'Hledaný text obsahuje nepovolené znaky.',
  '1154': 'Druh hledání schránky není platný.',
  '1155': 'Rozsah hledání schránky není platný.',
  '1156': 'Stránka výsledků hledání není platná.',
  '1200': 'Zpráva je příliš velká.',
  '1201': 'Schránka odesílatele je znepřístupněná.',
  '1204': 'Schránka příjemce je znepřístupněná.',
  '1211': 'Zpráva patří jiné schránce.',
  '1214': 'Příloha má nepovolený formát, nebo její obsah neodpovídá příponě.',
  '1219': 'Zpráva v této schránce není, nebo už byl její obsah smazán.',
  '1229': 'Zpráva ještě není podepsaná; zkusí se to později.',
  '1232': 'Ani odesílatel, ani příjemce není orgán veřejné moci a příjemce nepřijímá poštovní datové zprávy.',
  '1233': 'Ani odesílatel, ani příjemce není orgán veřejné moci a příjemce nepřijímá poštovní datové zprávy.',
  '1281': 'Velká zpráva se čte jinou službou než obyčejná.',
  '1286': 'Úložiště nahraných příloh je plné.',
  '1288': 'Otisk nahrané přílohy nesouhlasí.',
  '1289': 'Otisk nahrané přílohy nesouhlasí.',
  '1293': 'Nahraná příloha patří jiné schránce.',
  '1294': 'Nahraná příloha už v úložišti není.',
  '1296': 'Přílohy jsou dohromady příliš velké.',
  '1297': 'Na velkou zprávu jsou přílohy příliš malé.',
  '1299': 'Příloha s tímto pořadím ve zprávě není.',
  '2006': 'Datové schránky takovou operaci neznají; adresa služby v nastavení je možná chybná.',
  '2010': 'Příloha zprávy není v pořádku.',
  '2011': 'Identifikátor datové schránky je chybný.',
  '2017': 'Datum v požadavku je chybné.',
  '2032': 'Zpráva nemá žádnou přílohu.',
  '2046': 'Antivirová kontrola nestihla zprávu prověřit; zkusí se to znovu.',
  '3005': 'Datovým schránkám došla časová razítka; zkusí se to později.',
  '3006': 'Označování zprávy trvá dlouho; zkusí se to později.',
  '3008': 'K účtu datové schránky běží příliš mnoho požadavků najednou; zkusí se to později.',
  '3009': 'Datové schránky odmítají další požadavky, je jich příliš mnoho; zkusí se to později.',
  '5001': 'Datová schránka s tímto identifikátorem neexistuje.',
  '9502': 'Autorita časových razítek datových schránek má poruchu; zkusí se to znovu.',
};

/** By the first digit, for codes that we do not know. */
const ranges: Readonly<Record<string, string>> = {
  '1': 'Datové schránky požadavek odmítly.',
  '2': 'Datové schránky nerozumějí našemu požadavku; je to závada programu.',
  '3': 'Datové schránky požadavek teď nevyřídí; zkusí se to později.',
  '5': 'Datové schránky požadavek odmítly.',
  '9': 'Některá část datových schránek má poruchu; zkusí se to znovu.',
};

export function isSuccess(status: IsdsStatus): boolean {
  return status.code.startsWith('0');
}

/** The business no, or undefined when the status is a failure to be tried again or reported. */
export function refusalOf(status: IsdsStatus): IsdsRefusalCode | undefined {
  if (isLater(status)) return undefined;
  return refusals[status.code] ?? (status.code.startsWith('1') ? 'isds-refused' : undefined);
}

/** Our sentence, and of an unknown code the words of ISDS too. */
export function sentenceOf({ code, message }: IsdsStatus): string {
  const known = sentences[code];
  if (known !== undefined) return `${known.replace(/\.$/, '')} (stav ${code}).`;
  const theirs = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 200);
  const ours = (ranges[code[0] ?? ''] ?? 'Datové schránky odpověděly neznámým stavem.').replace(/\.$/, '');
  return `${ours} (stav ${code}${theirs === '' ? '' : `: ${theirs}`}).`;
}

/** Of 1xxx and 2xxx, what time mends: a seal not made yet, a store that empties itself, an antivirus running late. */
const later: ReadonlySet<string> = new Set(['1229', '1286', '2046']);

function isLater({ code }: IsdsStatus): boolean {
  return later.has(code);
}

export function failureOf(status: IsdsStatus): OutsideFailure {
  const text = sentenceOf(status);
  const { code } = status;
  if (isLater(status)) return new OutsideFailure('isds-not-yet', text);
  // Our own malformed request: no repetition mends it.
  if (code.startsWith('2') && !(code in refusals)) return new OutsideFailure('isds-request-rejected', text, { retryable: false });
  if (code.startsWith('3')) return new OutsideFailure('isds-too-many-requests', text, { untouched: code === '3008' || code === '3009' });
  if (/^[125]/.test(code))
    return new OutsideFailure(`isds-${(refusalOf(status) ?? 'refused').replace(/^isds-/, '')}`, text, { retryable: false });
  return new OutsideFailure('isds-component-failed', text);
}

// The list of boxes in the simulated ISDS: who has one and whether it can be written to; and who is logged in.
import { childText, firstElement } from '../soap.ts';
import { answer, field, ownerInfo } from './simulator-answers.ts';
import type { OperationCall } from './simulator-call.ts';
import type { SimulatedBox } from './simulator-state.ts';

export function findDataBox2({ core, request }: OperationCall): string {
  const wanted = firstElement(request, 'dbOwnerInfo');
  const id = childText(wanted, 'dbID');
  const type = childText(wanted, 'dbType');
  if (!id && !type) return answer('FindDataBox2', '1101');
  const fits = (asked: string | undefined, value: string | undefined): boolean => asked === undefined || asked === value;
  const found = core.boxes.filter(
    (box) =>
      fits(id, box.id) &&
      fits(type, box.type) &&
      fits(childText(wanted, 'ic'), box.ico) &&
      fits(childText(wanted, 'pnLastName'), box.lastName) &&
      fits(childText(wanted, 'pnGivenNames'), box.givenNames) &&
      fits(childText(wanted, 'biDate'), box.birthDate) &&
      fits(childText(wanted, 'firmName'), box.lastName ? undefined : box.name),
  );
  const content = `<q:dbResults>${found.map((box) => ownerInfo(box, core.boxState(box.id))).join('')}</q:dbResults>`;
  return answer('FindDataBox2', found.length === 0 ? '0002' : '0000', content);
}

export function checkDataBox({ core, request }: OperationCall): string {
  const id = childText(request, 'dbID') ?? '';
  return core.box(id) ? answer('CheckDataBox', '0000', field('q', 'dbState', core.boxState(id))) : answer('CheckDataBox', '5001');
}

const SHORTEST = 3;
const MOST_ON_PAGE = 100;

/** All words must be somewhere in the name, the address, the IČO or the id; letters are compared without accents. */
export function isdsSearch3({ core, box, request }: OperationCall): string {
  const refuse = (code: string): string => answer('ISDSSearch3', code);
  const words = plain(childText(request, 'searchText') ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const page = Number(childText(request, 'page') || 0);
  const pageSize = Number(childText(request, 'pageSize') || 50);
  if (words.join(' ').length < SHORTEST) return refuse('1152');
  if (!(page >= 0) || !(pageSize >= 1 && pageSize <= MOST_ON_PAGE)) return refuse('1156');
  const type = childText(request, 'searchType') || 'GENERAL';
  const scope = childText(request, 'searchScope') || 'ALL';
  const found = core.boxes.filter(
    (candidate) =>
      (scope === 'ALL' || scope.split('_')[0] === candidate.type) && words.every((word) => searched(candidate, type).includes(word)),
  );
  const shown = found.slice(page * pageSize, (page + 1) * pageSize);
  const isMarked = childText(request, 'highlighting') === 'true';
  const rows = shown.map((hit) => {
    const text = (value: string): string => (isMarked ? marked(value, words) : value);
    return `<q:dbResult>${[
      field('q', 'dbID', hit.id),
      field('q', 'dbType', hit.type),
      field('q', 'dbName', text(hit.name)),
      field('q', 'dbAddress', text(hit.address)),
      field('q', 'dbBiDate', hit.birthDate),
      field('q', 'dbICO', hit.ico),
      field('q', 'dbIdOVM', hit.type === 'OVM' ? hit.ico : undefined),
      field('q', 'dbSendOptions', core.boxState(hit.id) !== 1 ? 'DISABLED' : [hit.type, box.type].includes('OVM') ? 'DZ' : 'NONE'),
    ].join('')}</q:dbResult>`;
  });
  const counts =
    field('q', 'totalCount', found.length) +
    field('q', 'currentCount', shown.length) +
    field('q', 'position', page * pageSize) +
    field('q', 'lastPage', (page + 1) * pageSize >= found.length);
  return answer('ISDSSearch3', found.length === 0 ? '0002' : '0000', `${counts}<q:dbResults>${rows.join('')}</q:dbResults>`);
}

function searched(box: SimulatedBox, type: string): string {
  const fields: Readonly<Record<string, string>> = { ADDRESS: box.address, ICO: box.ico ?? '', IDOVM: box.ico ?? '', DBID: box.id };
  return plain(fields[type] ?? `${box.name} ${box.address} ${box.ico ?? ''} ${box.id}`);
}

/** Small letters without accents, of the same length as before: positions of hits are kept. */
function plain(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => letter.normalize('NFD')[0] ?? '')
    .join('')
    .toLowerCase();
}

function marked(text: string, words: readonly string[]): string {
  const at = words.map((word) => [plain(text).indexOf(word), word.length] as const).filter(([start]) => start >= 0);
  const [first] = at.sort(([a], [b]) => a - b);
  if (!first) return text;
  const [start, length] = first;
  return `${text.slice(0, start)}|$*HL_START*$|${text.slice(start, start + length)}|$*HL_END*$|${text.slice(start + length)}`;
}

export function ownerOfLogin({ core, box }: OperationCall): string {
  return answer('GetOwnerInfoFromLogin2', '0000', ownerInfo(box, core.boxState(box.id)));
}

const userFields = 'adCode adCity adDistrict adStreet adNumberInStreet adNumberInMunicipality adZipCode adState'.split(' ');

export function userOfLogin({ box }: OperationCall): string {
  const content =
    field('q', 'aifoIsds', false) +
    field('q', 'pnGivenNames', box.givenNames) +
    field('q', 'pnLastName', box.lastName) +
    userFields.map((name) => field('q', name, undefined)).join('') +
    field('q', 'biDate', box.birthDate) +
    field('q', 'isdsID', box.user) +
    field('q', 'userType', 'PRIMARY_USER') +
    field('q', 'userPrivils', 255) +
    field('q', 'ic', box.ico) +
    field('q', 'firmName', box.lastName ? undefined : box.name) +
    ['caStreet', 'caCity', 'caZipCode', 'caState'].map((name) => field('q', name, undefined)).join('');
  return answer('GetUserInfoFromLogin2', '0000', `<q:dbUserInfo>${content}</q:dbUserInfo>`);
}

/** Passwords of the simulator never end. */
export function passwordInfo(): string {
  return answer('GetPasswordInfo', '0000', field('q', 'pswExpDate', undefined));
}

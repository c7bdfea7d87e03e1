// The list of boxes in the simulated ISDS: who has one and whether it can be written to.
import { childText, firstElement } from '../soap.ts';
import { answer, field, ownerInfo } from './simulator-answers.ts';
import type { OperationCall } from './simulator-call.ts';

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

// Large messages (VoDZ) in the simulated ISDS: a store of uploaded attachments, messages that name them, downloads in parts or whole.
import { createHash } from 'node:crypto';
import { binaryOf, childElements, childText, escapeXml, firstElement } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import { isAllowedName, rewrittenName } from './file-names.ts';
import { answer, field } from './simulator-answers.ts';
import type { OperationCall } from './simulator-call.ts';
import { readEnvelope } from './simulator-sending.ts';
import type { SimulatedFile, Upload } from './simulator-state.ts';
import { messageFor } from './simulator-messages.ts';

const DAY = 86_400_000;
/** Times the largest message. */
const QUOTA = 10;

export function uploadAttachment({ core, box, request, parts }: OperationCall): string {
  const file = firstElement(request, 'dmFile');
  const content = binaryOf(firstElement(file, 'dmEncodedContent'), parts);
  const name = rewrittenName(file?.getAttribute('dmFileDescr') ?? '');
  if (!file || !content) return answer('UploadAttachment', '2010');
  if (!isAllowedName(name)) return answer('UploadAttachment', '1214');
  const mine = [...core.uploads.values()].filter((upload) => upload.box === box.id && core.now() - upload.at < DAY);
  const stored = mine.reduce((sum, upload) => sum + Buffer.byteLength(upload.file.content, 'base64'), 0);
  if (content.length > core.limits.largest) return answer('UploadAttachment', '1296');
  if (stored + content.length > QUOTA * core.limits.largest) return answer('UploadAttachment', '1286');
  const id = String(50_001 + core.uploads.size);
  const hashes = [hashOf('sha256', content), hashOf('sha3-256', content)] as const;
  const mime = file.getAttribute('dmMimeType') ?? '';
  core.uploads.set(id, { id, box: box.id, at: core.now(), hashes, file: { name, mime, content: content.toString('base64') } });
  const told = `<q:dmAttHash1 AttHashAlg="SHA-256">${hashes[0]}</q:dmAttHash1><q:dmAttHash2 AttHashAlg="SHA3-256">${hashes[1]}</q:dmAttHash2>`;
  return answer('UploadAttachment', '0000', field('q', 'dmAttID', id) + told);
}

export async function createBigMessage({ core, box, request, parts }: OperationCall): Promise<string> {
  const refuse = (code: string, message?: string): string => answer('CreateBigMessage', code, '', message);
  const envelope = readEnvelope(firstElement(request, 'dmEnvelope'));
  if (!envelope.ok) return refuse(envelope.code, envelope.message);
  const given = firstElement(request, 'dmFiles');
  const files: SimulatedFile[] = [];
  for (const named of childElements(given, 'dmExtFile')) {
    const found = uploaded({ core, box }, named);
    if (typeof found === 'string') return refuse(found);
    files.push({ ...found.file, kind: named.getAttribute('dmFileMetaType') ?? '' });
  }
  if (files.length === 0) return refuse('2032');
  for (const file of childElements(given, 'dmFile')) {
    const content = binaryOf(firstElement(file, 'dmEncodedContent'), parts);
    if (!content) return refuse('2010');
    const name = rewrittenName(file.getAttribute('dmFileDescr') ?? '');
    files.push({
      name,
      mime: file.getAttribute('dmMimeType') ?? '',
      kind: file.getAttribute('dmFileMetaType') ?? '',
      content: content.toString('base64'),
    });
  }
  if (files.filter(({ kind }) => kind === 'main').length !== 1) return refuse('2010', 'Zpráva musí mít právě jeden hlavní dokument.');
  const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content, 'base64'), 0);
  if (bytes < core.limits.bigFrom) return refuse('1297');
  if (bytes > core.limits.largest) return refuse('1296');
  const sent = await core.send(box.id, { envelope: envelope.envelope, files, isBig: true });
  return 'id' in sent ? answer('CreateBigMessage', '0000', field('q', 'dmID', sent.id)) : refuse(sent.code);
}

/** The stored attachment, or the status that refuses it. */
function uploaded({ core, box }: Pick<OperationCall, 'core' | 'box'>, named: Element): Upload | string {
  const found = core.uploads.get(named.getAttribute('dmAttID') ?? '');
  if (!found || core.now() - found.at >= DAY) return '1294';
  if (found.box !== box.id) return '1293';
  const said = [1, 2].map((index) => [named.getAttribute(`dmAttHash${index}`)?.toLowerCase(), named.getAttribute(`dmAttHash${index}Alg`)]);
  if (said[0]?.[0] !== found.hashes[0] || said[0][1] !== 'SHA-256') return '1288';
  return said[1]?.[0] !== found.hashes[1] || said[1][1] !== 'SHA3-256' ? '1289' : found;
}

export function downloadAttachment(call: OperationCall): string {
  const refuse = (code: string): string => answer('DownloadAttachment', code);
  const known = messageFor(call, 'recipient') ?? messageFor(call, 'sender');
  if (!known) return refuse('1219');
  if (!known.message.isBig) return refuse('1281');
  const file = known.message.files[Number(childText(call.request, 'attNum') ?? NaN)];
  if (!file) return refuse('1299');
  const content = call.binary(Buffer.from(file.content, 'base64'));
  const attributes = `dmFileMetaType="${file.kind}" dmMimeType="${escapeXml(file.mime)}" dmFileDescr="${escapeXml(file.name)}"`;
  return answer('DownloadAttachment', '0000', `<q:dmFile ${attributes}><q:dmEncodedContent>${content}</q:dmEncodedContent></q:dmFile>`);
}

function hashOf(name: string, content: Buffer): string {
  return createHash(name).update(content).digest('hex');
}

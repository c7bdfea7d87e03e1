// The official schema of ISDS as a judge: xmllint over one body of a request or an answer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const specs = join(process.env['SPECS_DIR'] ?? join('..', 'shared', 'specs'), 'isds');
export const hasSpecs = existsSync(specs);
export const hasXmllint = hasProgram('xmllint', '--version');
if (!hasSpecs) console.warn(`SKIPPED: official ISDS schema and samples not found in ${specs} (set SPECS_DIR)`);
if (hasSpecs && !hasXmllint) console.warn('SKIPPED: xmllint (libxml2-utils) is not installed, messages are not validated by the schema');

export function hasProgram(name: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(name, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const boxes = /FindDataBox2|ISDSSearch3|CheckDataBox|FromLogin2|GetPasswordInfo/;

/** '' when the element is valid, else what xmllint says. */
export function schemaFault(body: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'isds-'));
  const file = join(folder, 'body.xml');
  const schema = boxes.test(/<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? '') ? 'dbTypes.xsd' : 'dmBaseTypes.xsd';
  try {
    writeFileSync(file, body);
    execFileSync('xmllint', ['--huge', '--nonet', '--noout', '--schema', join(specs, 'wsdl', schema), file], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The element inside Body of a SOAP message without parts. */
export function bodyOf(envelope: string): string {
  return /<(?:[\w-]+:)?Body>([\s\S]*)<\/(?:[\w-]+:)?Body>/.exec(envelope)?.[1] ?? '';
}

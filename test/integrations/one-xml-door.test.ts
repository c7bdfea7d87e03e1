// XML from outside comes in by one door, untrusted-xml.ts. Statements of the bank have a reader of their own (its head says why), which refuses the same.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readXml } from '../../server/integrations/bank/xml-tree.ts';
import { parseUntrustedXml } from '../../server/integrations/untrusted-xml.ts';
import { readHouse } from '../../tools/architecture/read-house.ts';

/** Packages that read XML, and who may know them and why. */
const parsers: Readonly<Record<string, readonly string[]>> = {
  '@xmldom/xmldom': [
    'server/integrations/untrusted-xml.ts', // the door
    'server/integrations/xml-signature.ts', // only writes out what the door has read
    'server/integrations/nia/decrypt-assertion.ts', // only writes out what the door has read
  ],
  // Each gets text that the door has read before.
  'xml-crypto': ['server/integrations/xml-signature.ts'],
  'xml-encryption': ['server/integrations/nia/decrypt-assertion.ts', 'server/integrations/nia/simulator-response.ts'],
  '@node-saml/node-saml': ['server/integrations/nia/second-verdict.ts', 'server/integrations/nia/login.ts'],
};
const neverKnown = /^(xml2js|fast-xml-parser|sax|saxes|saxen|soap|libxmljs2?|jsdom|linkedom|cheerio|htmlparser2|xpath|ltx)(\/|$)/;
const server = readHouse().filter(({ file }) => file.startsWith('server/'));

test('only the door makes a document of text', () => {
  const makers = server.filter(({ file }) => /\bDOMParser\b/.test(readFileSync(file, 'utf8'))).map(({ file }) => file);
  expect(makers).toEqual(['server/integrations/untrusted-xml.ts']);
});

test('no file of the server knows a reader of XML that it is not known to need', () => {
  const found = server.flatMap(({ file, imports }) =>
    imports
      .filter(({ from, typesOnly }) => !typesOnly && (neverKnown.test(from) || (from in parsers && !parsers[from]?.includes(file))))
      .map(({ from }) => `${file}: ${from}`),
  );
  expect(found).toEqual([]);
});

const hostile: readonly (readonly [string, string])[] = [
  ['a DOCTYPE', '<!DOCTYPE a><a/>'],
  ['a doctype in small letters', '<!doctype a><a/>'],
  ['an entity that reads a file', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['an entity bomb', `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`],
  ['an unknown entity', '<a>&x;</a>'],
  ['a processing instruction', '<a><?xml-stylesheet href="x"?></a>'],
  ['depth', '<a>'.repeat(60) + '</a>'.repeat(60)],
  ['an end before the end', '<a><b></a>'],
  ['nothing', ''],
];

test.each(hostile)('both readers refuse %s', (_name, text) => {
  expect(() => parseUntrustedXml(text)).toThrow();
  expect(() => readXml(text)).toThrow();
});

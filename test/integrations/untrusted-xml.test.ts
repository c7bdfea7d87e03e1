// What the XML door lets in and what it refuses.
import { describe, expect, it } from 'vitest';
import { parseUntrustedXml, XmlRefused } from '../../server/integrations/untrusted-xml.ts';

const reasonOf = (text: string, limits = {}): string => {
  try {
    parseUntrustedXml(text, limits);
  } catch (error) {
    if (error instanceof XmlRefused) return error.reason;
    throw error;
  }
  return 'accepted';
};

describe('XML from outside', () => {
  it.each([
    ['<a>x</a>', 'accepted'],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<a b="1"/>', 'accepted'],
    ['\uFEFF<?xml version="1.0"?><a/>', 'accepted'],
    ['<!DOCTYPE a><a/>', 'doctype'],
    ['<!doctype a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'doctype'],
    ['<a><?php 1 ?></a>', 'processing-instruction'],
    ['<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>', 'processing-instruction'],
    ['<a>&unknown;</a>', 'malformed'],
    ['<a><b></a>', 'malformed'],
    ['<a/><b/>', 'malformed'],
    ['<a/>trailing', 'malformed'],
    ['<p:a/>', 'malformed'],
    ['<a x="1" x="2"/>', 'malformed'],
    ['', 'malformed'],
    ['not xml', 'malformed'],
  ])('%j is %s', (text, expected) => {
    expect(reasonOf(text)).toBe(expected);
  });

  it('is refused when larger than the caller allows', () => {
    expect(reasonOf(`<a>${'x'.repeat(100)}</a>`, { maxBytes: 50 })).toBe('too-large');
  });

  it.each([
    ['open elements', '<a>'.repeat(80_000)],
    ['elements with a > in an attribute', '<a b="/>">'.repeat(25_000)],
    ['closed elements', '<a>'.repeat(30_000) + '</a>'.repeat(30_000)],
  ])('is refused when nested deeper than the caller allows, at once: %s', (_what, text) => {
    const started = performance.now();
    expect(reasonOf(text)).toBe('too-deep');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each(['<'.repeat(200_000), '<a "'.repeat(60_000), '<!--'.repeat(60_000), `<a>${'<![CDATA['.repeat(20_000)}`])(
    'that never ends is refused at once',
    (text) => {
      const started = performance.now();
      expect(reasonOf(text)).toMatch(/malformed|doctype/);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );

  it('counts depth, not elements: comments, CDATA and empty elements do not nest', () => {
    const text = `<a>${'<!-- <x> --><b/><c d=">"></c><![CDATA[<y><y>]]>'.repeat(100)}</a>`;
    expect(reasonOf(text, { maxDepth: 2 })).toBe('accepted');
    expect(reasonOf(text, { maxDepth: 1 })).toBe('too-deep');
  });

  it('keeps namespaces and text as they were sent', () => {
    const root = parseUntrustedXml('<p:a xmlns:p="urn:x">ž &amp; &#x10D;</p:a>').documentElement;
    expect([root?.namespaceURI, root?.localName, root?.textContent]).toEqual(['urn:x', 'a', 'ž & č']);
  });
});

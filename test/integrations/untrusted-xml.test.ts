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

  it('is refused when nested deeper than the caller allows, quickly', () => {
    const started = performance.now();
    expect(reasonOf('<a>'.repeat(20_000) + '</a>'.repeat(20_000))).toBe('too-deep');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('keeps namespaces and text as they were sent', () => {
    const root = parseUntrustedXml('<p:a xmlns:p="urn:x">ž &amp; &#x10D;</p:a>').documentElement;
    expect([root?.namespaceURI, root?.localName, root?.textContent]).toEqual(['urn:x', 'a', 'ž & č']);
  });
});

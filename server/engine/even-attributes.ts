// White space that XML allows and our reader does not: around the sign of equality, and at the ends of an id (XML 1.0, 3.1 and 3.3.3).

const UNEVEN = /\s=|=\s|\bid=(?:"(?:\s|[^"]*\s")|'(?:\s|[^']*\s'))/;
const TAG = /<[\p{L}_](?:[^<>"']|"[^"<]*"|'[^'<]*')*>/gu;
const ATTRIBUTE = /([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')/g;

/** The same document with attributes written evenly; a file that already has them so is given back as it is. */
export function evenAttributes(xml: string): string {
  if (!UNEVEN.test(xml)) return xml;
  return xml.replace(TAG, (tag) =>
    tag.replace(ATTRIBUTE, (_, name: string, value: string) => `${name}=${name === 'id' ? trimmed(value) : value}`),
  );
}

function trimmed(quoted: string): string {
  const quote = quoted.slice(0, 1);
  return `${quote}${quoted.slice(1, -1).trim()}${quote}`;
}

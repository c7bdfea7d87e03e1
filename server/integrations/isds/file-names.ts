// Names of attachments: which ISDS takes, and how it rewrites them. Operating rules of ISDS of 2026-06-26, annex on formats.

const extensions: ReadonlySet<string> = new Set(
  (
    'pdf xml fo zfo html htm odt ods odp txt rtf doc docx xls xlsx ppt pptx jpg jpeg jfif png tif tiff gif mpeg mpg mpeg1 mpeg2 wav mp2 mp3 isdoc isdocx edi ' +
    'dwg shp dbf shx prj qix sbn sbx dgn gml gfs xsd cer crt der pk7 p7b p7c p7f p7m p7s tst tsr zip asics scs asice sce ddd'
  ).split(' '),
);

const MAX_LENGTH = 255;

/** The rewriting that the server does; names are sent and compared only after it. */
export function rewrittenName(name: string): string {
  return name
    .replace(/[<>]/g, '_')
    .replace(/[\u200B-\u200F\u2060-\u206F\uFEFF]/g, '')
    .replace(/\s/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/[„“”«»‟″]/g, '"');
}

export function extensionOf(name: string): string {
  return name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : '';
}

export function isAllowedName(name: string): boolean {
  return name.length <= MAX_LENGTH && extensions.has(extensionOf(name));
}

// Fonts of printed documents: Roboto with all of Latin and Cyrillic, embedded in every PDF.
import { join } from 'node:path';

export const REGULAR = 'Regular';
export const BOLD = 'Bold';
export const ITALIC = 'Italic';

const FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', '@expo-google-fonts', 'roboto');
const FILES: readonly (readonly [string, string])[] = [
  [REGULAR, join('400Regular', 'Roboto_400Regular.ttf')],
  [BOLD, join('700Bold', 'Roboto_700Bold.ttf')],
  [ITALIC, join('400Regular_Italic', 'Roboto_400Regular_Italic.ttf')],
];

export function registerFonts(doc: PDFKit.PDFDocument): void {
  for (const [name, file] of FILES) doc.registerFont(name, join(FOLDER, file));
}

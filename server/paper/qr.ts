// A QR code in a document: vector squares, so that it prints sharp at any size. Error level M, as QR Platba asks for print (qr-platba.cz, Short Payment Descriptor 1.0).
import qrcode from 'qrcode';

type Doc = PDFKit.PDFDocument;

/** Points; 110 = 38.8 mm: a payment of 180 characters has modules over 0.6 mm, which phones read from paper. */
export const QR_SIZE = 110;
/** Modules of quiet zone around the code (ISO/IEC 18004, 9.1). */
const QUIET = 4;

/** The quiet zone is inside of `size`. Throws when the text is too long for any code. */
export function drawQr(doc: Doc, words: string, place: { readonly x: number; readonly y: number; readonly size?: number }): void {
  const { modules } = qrcode.create(words, { errorCorrectionLevel: 'M' });
  const side = (place.size ?? QR_SIZE) / (modules.size + 2 * QUIET);
  doc.fillColor('#000');
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      // A hair more than its own square: printers would show white lines between neighbours.
      if (modules.get(row, column)) doc.rect(place.x + (column + QUIET) * side, place.y + (row + QUIET) * side, side + 0.05, side + 0.05);
  doc.fill();
}

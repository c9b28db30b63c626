/**
 * What people paste, as they meant it: Unicode NFC, full-width digits, letters and spaces as plain ones,
 * no control characters but line breaks, no blanks at the ends. Full-width punctuation stays: it is Chinese.
 */
export function normalise(text: string): string {
  // Codes, days and numbers are what was meant already, and most of what programs send.
  return PLAIN.test(text) ? text : whole(text)
}

const PLAIN = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/

function whole(text: string): string {
  return text
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! - 0xfee0))
    .replace(/[\u00A0\u3000]/g, ' ')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F\u200B\uFEFF]/g, '')
    .normalize('NFC')
    .trim()
}

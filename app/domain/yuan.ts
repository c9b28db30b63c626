/* Amounts as people type and read them. The bidder's browser reads them too, so nothing is imported here. */

/** Whole fen. No sum of ours comes near 2^53 fen (90 trillion yuan), so a number is exact. */
export type Fen = number

const MOST_YUAN_DIGITS = 12

/** Why a text is no amount: codes of words. */
export type MoneyFault = 'forms.required' | 'forms.money' | 'forms.money-decimals' | 'forms.money-negative' | 'forms.money-large'

/**
 * Reads what somebody typed as an amount in yuan: `12000`, `12,000.50`, `￥１２，０００．５`, `12000 元`.
 *
 * @returns the amount in fen, or why it is none: nothing is ever rounded or guessed
 */
export function parseYuan(text: string): { fen: Fen } | { fault: MoneyFault } {
  const plain = text.normalize('NFKC').replace(/[\s\u200B\uFEFF]/g, '').replace(/。/g, '.').replace(/^(?:¥|CNY|RMB|人民币)/i, '').replace(/(?:元整?|CNY)$/i, '')
  if (plain === '') return { fault: text.trim() === '' ? 'forms.required' : 'forms.money' }
  if (/^[-−–]/.test(plain)) return { fault: 'forms.money-negative' }
  const parts = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(plain)
  if (!parts) return { fault: 'forms.money' }
  const [, yuan = '', decimals = ''] = parts
  if (decimals.length > 2) return { fault: 'forms.money-decimals' }
  const digits = yuan.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  if (digits.length > MOST_YUAN_DIGITS) return { fault: 'forms.money-large' }
  return { fen: Number(digits) * 100 + Number(decimals.padEnd(2, '0')) }
}

/** `1234550` fen as `12,345.50`. The unit stands beside it, in the reader's language. */
export function formatYuan(fen: Fen): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.abs(fen)
  const yuan = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${yuan}.${String(whole % 100).padStart(2, '0')}`
}

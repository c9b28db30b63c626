import { z } from 'zod'
import { text } from '../accounts/text.ts'
import { parsePercent, type BasisPoints } from '../percent.ts'

/** Whoever holds a share of an agency: an organisation by its code, or a person by name alone. Persons' names are never public. */
export type Shareholder = { name: string; uscc: string | null; share: BasisPoints }

const MOST = 20
const WHOLE = 10_000
const USCC = /(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/

/**
 * Reads one shareholder a line, the share last: `王一 30%`, `91220101MA0000001X 某某投资有限公司 51%`.
 *
 * @returns the first fault as the name of its sentence, or the list in the order of writing
 */
export function readShareholders(written: string): Shareholder[] | { fault: 'agencies.shareholder-line' | 'agencies.shareholder-sum' | 'agencies.too-many-shareholders' } {
  const lines = written.normalize('NFKC').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  if (lines.length > MOST) return { fault: 'agencies.too-many-shareholders' }
  const read: Shareholder[] = []
  for (const line of lines) {
    const [, who = '', percent = ''] = /^(.*\S)\s+([\d.]+\s?%?)$/.exec(line) ?? []
    const share = parsePercent(percent)
    const uscc = USCC.exec(who.toUpperCase())?.[0] ?? null
    const name = uscc ? who.toUpperCase().replace(uscc, '').trim() : who
    if ('fault' in share || share.basisPoints === 0 || (name === '' && uscc === null)) return { fault: 'agencies.shareholder-line' }
    read.push({ name, uscc, share: share.basisPoints })
  }
  return read.reduce((sum, { share }) => sum + share, 0) > WHOLE ? { fault: 'agencies.shareholder-sum' } : read
}

/** The same in one way of writing, so that two records of the same holders read the same. */
export function writeShareholders(shareholders: readonly Shareholder[]): string {
  return shareholders.map(({ name, uscc, share }) => [uscc, name, `${share / 100}%`].filter(Boolean).join(' ')).join('\n')
}

/** The field of a form; nothing written is nobody recorded. */
export const ShareholdersField = text({ least: 0, most: 2000, lines: true })
  .optional()
  .transform((written, context) => {
    const read = readShareholders(written ?? '')
    if (Array.isArray(read)) return writeShareholders(read) || null
    context.issues.push({ code: 'custom', message: read.fault, input: written })
    return z.NEVER
  })

/** What stands in a record, read again. */
export function shareholdersIn(recorded: string | null): Shareholder[] {
  const read = readShareholders(recorded ?? '')
  return Array.isArray(read) ? read : []
}

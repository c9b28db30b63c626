import { z } from 'zod'
import type { Day } from '../calendar.ts'

/**
 * 项目代码 of the national on-line platform: year, division (GB/T 2260), industry (GB/T 4754, two digits), kind, serial.
 * Some registers append `-000` for the whole of a project: the same project, so its code is kept without; any other suffix is a part
 * of its own. Since 2021 newer codes begin with two digits of the year and two of the month (`2103-…`);
 * both beginnings are read.
 */
export type ProjectCode = { code: string; begun: { year: number; month: number | null }; divisionCode: string; sector: string; kind: string; serial: string; suffix: string | null }

export type ProjectCodeFault =
  | 'projects.code-required'
  | 'projects.code-parts'
  | 'projects.code-signs'
  | 'projects.code-year'
  | 'projects.code-future'
  | 'projects.code-division'
  | 'projects.code-sector'
  | 'projects.code-kind'
  | 'projects.code-serial'
  | 'projects.code-suffix'

/** The suffix of a project as a whole. */
const WHOLE = '000'
/** The platform and its codes were announced in 2014; nothing older can carry one. */
const FIRST_YEAR = 2014
const LENGTHS = [4, 6, 2, 2, 6] as const
const LENGTH_FAULTS = ['projects.code-year', 'projects.code-division', 'projects.code-sector', 'projects.code-kind', 'projects.code-serial'] as const

/** A code as somebody pasted it, as it is written: plain digits, plain hyphens, no blanks. */
export function normaliseProjectCode(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B\uFEFF]/g, '').replace(/[\u2010-\u2015\u2212\u30FC\u4E00]/g, '-')
}

/**
 * Reads a project code and names the part that is wrong.
 *
 * @param text what was typed; a code without hyphens is read too
 * @param today the Beijing day: a code cannot come from the future
 */
export function parseProjectCode(text: string, today: Day): { project: ProjectCode } | { fault: ProjectCodeFault } {
  const plain = normaliseProjectCode(text)
  if (plain === '') return { fault: 'projects.code-required' }
  if (!/^[0-9-]+$/.test(plain)) return { fault: 'projects.code-signs' }
  const parts = /^\d{20}(\d{3})?$/.test(plain) ? cut(plain) : plain.split('-')
  if (parts.length < 5 || parts.length > 6) return { fault: 'projects.code-parts' }
  for (const [place, length] of LENGTHS.entries()) if (parts[place]!.length !== length) return { fault: LENGTH_FAULTS[place]! }
  const [head, divisionCode, sector, kind, serial, suffix = null] = parts as [string, string, string, string, string, string?]
  const begun = beginning(head, today)
  if (typeof begun === 'string') return { fault: begun }
  if (divisionCode.startsWith('00') && divisionCode !== '000000') return { fault: 'projects.code-division' }
  if (sector === '00') return { fault: 'projects.code-sector' }
  if (kind === '00') return { fault: 'projects.code-kind' }
  if (serial === '000000') return { fault: 'projects.code-serial' }
  if (suffix !== null && suffix.length !== 3) return { fault: 'projects.code-suffix' }
  const code = (suffix === WHOLE ? parts.slice(0, -1) : parts).join('-')
  return { project: { code, begun, divisionCode, sector, kind, serial, suffix: suffix === WHOLE ? null : suffix } }
}

function cut(digits: string): string[] {
  const [head, ...rest] = [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10, 12), digits.slice(12, 14), digits.slice(14, 20), digits.slice(20)]
  return [head, ...rest].filter((part) => part !== '')
}

function beginning(head: string, today: Day): ProjectCode['begun'] | 'projects.code-year' | 'projects.code-future' {
  const year = Number(head)
  const thisYear = Number(today.slice(0, 4))
  if (year >= FIRST_YEAR && year <= thisYear) return { year, month: null }
  const [shortYear, month] = [2000 + Number(head.slice(0, 2)), Number(head.slice(2))]
  if (shortYear >= 2020 && month >= 1 && month <= 12) {
    return `${shortYear}-${String(month).padStart(2, '0')}` > today.slice(0, 7) ? 'projects.code-future' : { year: shortYear, month }
  }
  return year > thisYear ? 'projects.code-future' : 'projects.code-year'
}

/** A day after every day: what is wrong with a code whatever the day is. */
export const END_OF_TIME = '9999-12-31'

/** A form's or an API's field: what is wrong with it on any day; whether it comes from the future, and from a real place, is the verb's to judge. */
export const ProjectCodeText = z
  .string('projects.code-required')
  .transform((text) => normaliseProjectCode(text.slice(0, 100)))
  .superRefine((text, context) => {
    const read = parseProjectCode(text, END_OF_TIME)
    if ('fault' in read) context.addIssue({ code: 'custom', message: read.fault })
  })

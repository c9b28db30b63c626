import { checkDraw } from './draw-checks.ts'
import type { Findings } from './findings.ts'
import { repeatedName } from './json.ts'
import { checkLedger, type Kept } from './ledger-checks.ts'
import { Bundle } from './shape.ts'

/**
 * Checks a bundle from nothing but itself and what the reader kept.
 *
 * Where a field is bound by a hash or a signature over many, the fault names the part that is bound together:
 * what else agrees with the log cannot be the changed one.
 */
export function verifyBundle(text: string, kept: Kept = { keys: [] }): Findings {
  const findings: Findings = { passed: [], faults: [] }
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    findings.faults.push({ field: '', wrong: `This is not JSON: ${(error as Error).message}` })
    return findings
  }
  const twice = repeatedName(text)
  if (twice !== undefined) {
    findings.faults.push({ field: `/${twice}`, wrong: 'One object names this field twice, or it is a name that programs drop: readers would not see what is checked.' })
    return findings
  }
  const parsed = Bundle.safeParse(given)
  if (!parsed.success) {
    findings.faults.push(...parsed.error.issues.map((issue) => ({ field: pointer(issue), wrong: issue.message })))
    return findings
  }
  findings.passed.push('The bundle has every field it needs and no other.')
  checkLedger(parsed.data, findings, kept)
  checkDraw(parsed.data, findings)
  return findings
}

function pointer({ path, ...issue }: { path: PropertyKey[]; keys?: string[] }): string {
  const unknown = issue.keys?.length === 1 ? issue.keys : []
  return [...path, ...unknown].map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

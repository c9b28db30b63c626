import { listDivisionNames } from '#db/repositories/divisions.ts'
import { countUnread } from '#db/repositories/outbox.ts'
import { countEnded, listEnded, listNational, listToCheck, type ToCheck } from '#db/views/exchange-check.ts'
import { can, memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { prefixOf } from '../divisions/division.ts'
import type { CheckedLine, EndedLine, ExchangeCounts } from './checked-line.ts'
import { mendOf } from './mend.ts'
import { SENT_STATES, type NationalTable } from './national-row.ts'
import { FAULTS, faultsOf, type FaultName } from './row-faults.ts'

const PAGE = 20
/** So many services are checked at a look, which takes a second or two (docs/decisions/040); the page says so and leads on to those before. */
const MOST = 5_000
/** So many are in the list of faults to work through, which nobody waits for at a screen. */
const MOST_IN_FILE = 20_000

export const SHOWN = ['faulty', 'refused', 'ended'] as const
export type Shown = (typeof SHOWN)[number]
export type ExchangeCheck = {
  counts: ExchangeCounts
  /** What may be filtered by, with how many services each finds. */
  faults: { fault: FaultName; count: number }[]
  divisions: { code: string; name: string; count: number }[]
  /** Events that the tables have not heard of yet. */
  waiting: number
  /** Set where there are more services than were checked: how many were, and the serial number below which the rest stands. */
  checkedAtMost: { most: number; below: number } | null
  lines: CheckedLine[]
  ended: EndedLine[]
  next: string | null
  mayName: boolean
}

/**
 * What the national side would refuse of the tables as they are now, and what it has refused: of the member's division, the
 * newest first. Every rule is applied anew, so that what was mended is gone at the next look.
 *
 * @param show some of the rows; all valid ones where it is left out
 * @param below the serial number below which to check; the newest ones where it is left out
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function showExchange({ db, clock, actor }: Context, { show, division, fault, before, below }: { show?: Shown; division?: string; fault?: FaultName; before?: number; below?: number }): Promise<ExchangeCheck> {
  const divisionPrefix = prefixOf(memberWho(actor, 'check:exchange').divisionCode)
  const narrower = division?.startsWith(divisionPrefix) ? prefixOf(division) : divisionPrefix
  const [at, endedCount, backlog] = await Promise.all([clock.read(db), countEnded(db, narrower), countUnread(db)])
  const counts = { valid: 0, faulty: 0, refused: 0, ended: endedCount }
  const found = new Map<FaultName, number>()
  const inDivision = new Map<string, number>()
  const rest: Checked[] = []
  let [checked, last] = [0, 0]
  for await (const service of listToCheck(db, { divisionPrefix, ...(below !== undefined && { before: below }), limit: MOST + 1 })) {
    if (++checked > MOST) break
    last = service.lsh
    const faults = faultsOf(service, at)
    inDivision.set(service.division, (inDivision.get(service.division) ?? 0) + 1)
    if (!service.division.startsWith(narrower)) continue
    const names = new Set(faults.map((one) => one.fault))
    counts.valid += 1
    if (names.size) counts.faulty += 1
    if (service.refusals.length) counts.refused += 1
    for (const name of names) found.set(name, (found.get(name) ?? 0) + 1)
    const isWanted = (show === 'faulty' ? names.size > 0 : show !== 'refused' || service.refusals.length > 0) && (!fault || names.has(fault))
    if (isWanted && rest.length <= PAGE && (before === undefined || service.lsh < before)) rest.push({ service, faults })
  }
  const ended = show === 'ended' ? await listEnded(db, { divisionPrefix: narrower, ...(before !== undefined && { before }), limit: PAGE + 1 }) : []
  const lines = show === 'ended' ? [] : rest.slice(0, PAGE)
  const hasMore = show === 'ended' ? ended.length > PAGE : rest.length > PAGE
  const end = show === 'ended' ? ended.slice(0, PAGE).at(-1)?.lsh : lines.at(-1)?.service.lsh
  const names = await listDivisionNames(db, [...inDivision.keys()])
  return {
    counts,
    faults: FAULTS.flatMap((name) => (found.has(name) ? [{ fault: name, count: found.get(name)! }] : [])),
    divisions: [...names].map(([code, name]) => ({ code, name, count: [...inDivision].reduce((sum, [inside, count]) => (inside.startsWith(prefixOf(code)) ? sum + count : sum), 0) })),
    waiting: backlog.find(({ reader }) => reader === 'exchange')?.waiting ?? 0,
    checkedAtMost: checked > MOST ? { most: MOST, below: last } : null,
    lines: lines.map(({ service, faults }) => lineOf(service, faults, names)),
    ended: ended.slice(0, PAGE).map(({ lsh, row, why, endedAt, next }) => ({ lsh, service: row.zjfwsxmc, number: row.zjfwsxslbm, why, endedAt, next })),
    next: hasMore && end !== undefined ? String(end) : null,
    mayName: can(actor, 'name:national-code'),
  }
}

type Checked = { service: ToCheck; faults: ReturnType<typeof faultsOf> }

function lineOf(service: ToCheck, faults: ReturnType<typeof faultsOf>, names: ReadonlyMap<string, string>): CheckedLine {
  const { lsh, row, steps, sent, refusals, caseId, itemKey, division } = service
  return {
    lsh,
    service: row.zjfwsxmc,
    serviceCode: row.zjfwsxbm,
    number: row.zjfwsxslbm,
    caseNumber: row.spsxslbm,
    caseId,
    projectCode: row.xmdm,
    itemKey,
    division: names.get(division) ?? division,
    agency: row.zjjgmc === null ? null : { uscc: row.zjjgdm ?? '', name: row.zjjgmc },
    steps: steps.length,
    sent: SENT_STATES[sent],
    refusals,
    faults: faults.map((one) => ({ ...one, mend: mendOf(one) })),
  }
}

const ROWS_A_PART = 2000

/** One of the two tables as the exchange reads it, part by part, invalid rows too; of the member's division. */
export async function* exportNational({ db, actor }: Context, table: NationalTable): AsyncGenerator<Record<string, string | number | null>[]> {
  const divisionPrefix = prefixOf(memberWho(actor, 'check:exchange').divisionCode)
  for (let after = 0; ; ) {
    const rows = await listNational(db, table, { divisionPrefix, after, limit: ROWS_A_PART })
    if (rows.length === 0) return
    yield rows
    after = Number(rows.at(-1)!.lsh)
  }
}

/** Every fault of the member's division as a list to work through. */
export async function exportFaults({ db, clock, actor }: Context): Promise<CheckedLine[]> {
  const divisionPrefix = prefixOf(memberWho(actor, 'check:exchange').divisionCode)
  const faulty: Checked[] = []
  const at = await clock.read(db)
  for await (const service of listToCheck(db, { divisionPrefix, limit: MOST_IN_FILE })) {
    const faults = faultsOf(service, at)
    if (faults.length) faulty.push({ service, faults })
  }
  const names = await listDivisionNames(db, faulty.map(({ service }) => service.division))
  return faulty.map(({ service, faults }) => lineOf(service, faults, names))
}

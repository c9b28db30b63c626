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
/** So many services are checked at once; a city has fewer in a year, and the page says where it stopped. */
const MOST = 20_000

export const SHOWN = ['faulty', 'refused', 'ended'] as const
export type Shown = (typeof SHOWN)[number]
export type ExchangeCheck = {
  counts: ExchangeCounts
  /** What may be filtered by, with how many services each finds. */
  faults: { fault: FaultName; count: number }[]
  divisions: { code: string; name: string; count: number }[]
  /** Events that the tables have not heard of yet. */
  waiting: number
  /** Set where there are more services than were checked. */
  checkedAtMost: number | null
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
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function showExchange({ db, clock, actor }: Context, { show, division, fault, before }: { show?: Shown; division?: string; fault?: FaultName; before?: number }): Promise<ExchangeCheck> {
  const divisionPrefix = prefixOf(memberWho(actor, 'check:exchange').divisionCode)
  const narrower = division?.startsWith(divisionPrefix) ? prefixOf(division) : divisionPrefix
  const [at, found, endedCount, backlog] = await Promise.all([clock.read(db), listToCheck(db, { divisionPrefix, limit: MOST + 1 }), countEnded(db, narrower), countUnread(db)])
  const all = found.slice(0, MOST).map((service) => ({ service, faults: faultsOf(service, at) }))
  const here = all.filter(({ service }) => service.division.startsWith(narrower))
  const wanted = here.filter(({ service, faults }) => (show === 'faulty' ? faults.length > 0 : show !== 'refused' || service.refusals.length > 0) && (!fault || faults.some((one) => one.fault === fault)))
  const rest = wanted.filter(({ service }) => before === undefined || service.lsh < before)
  const ended = show === 'ended' ? await listEnded(db, { divisionPrefix: narrower, ...(before !== undefined && { before }), limit: PAGE + 1 }) : []
  const lines = show === 'ended' ? [] : rest.slice(0, PAGE)
  const hasMore = show === 'ended' ? ended.length > PAGE : rest.length > PAGE
  const last = show === 'ended' ? ended.slice(0, PAGE).at(-1)?.lsh : lines.at(-1)?.service.lsh
  const names = await listDivisionNames(db, all.map(({ service }) => service.division))
  return {
    counts: { valid: here.length, faulty: here.filter(({ faults }) => faults.length).length, refused: here.filter(({ service }) => service.refusals.length).length, ended: endedCount },
    faults: FAULTS.map((name) => ({ fault: name, count: here.filter(({ faults }) => faults.some((one) => one.fault === name)).length })).filter(({ count }) => count > 0),
    divisions: [...names].map(([code, name]) => ({ code, name, count: all.filter(({ service }) => service.division.startsWith(prefixOf(code))).length })),
    waiting: backlog.find(({ reader }) => reader === 'exchange')?.waiting ?? 0,
    checkedAtMost: found.length > MOST ? MOST : null,
    lines: lines.map(({ service, faults }) => lineOf(service, faults, names)),
    ended: ended.slice(0, PAGE).map(({ lsh, row, why, endedAt, next }) => ({ lsh, service: row.zjfwsxmc, number: row.zjfwsxslbm, why, endedAt, next })),
    next: hasMore && last !== undefined ? String(last) : null,
    mayName: can(actor, 'name:national-code'),
  }
}

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
  const [at, found] = await Promise.all([clock.read(db), listToCheck(db, { divisionPrefix, limit: MOST })])
  const names = await listDivisionNames(db, found.map(({ division }) => division))
  return found.map((service) => lineOf(service, faultsOf(service, at), names)).filter(({ faults }) => faults.length > 0)
}

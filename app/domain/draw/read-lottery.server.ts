import { memberWho, type Member } from '#app/domain/accounts/actor.ts'
import { newId } from '#app/domain/chance.server.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/guard/find-demands.server.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { insertBeacon, insertReading, listReadings, type ReadingRow } from '#db/repositories/beacons.ts'
import { lockTender } from '#db/repositories/tenders.ts'
import { listAwaiting } from '#db/views/awaited-values.ts'
import { awaitedValue } from './awaited.ts'
import { attemptOf, isSameReading, lotteryBeacon, mustFit, type Reading } from './reading.ts'

export type ReadOutcome = 'first' | 'accepted' | 'disputed'

/**
 * An officer of the regulator types what a national lottery drew. Two officers do it, each without seeing what the other
 * typed: equal readings become the value of the tender, unequal ones are both published and both read again. The ledger
 * has every reading, a first one as a hash until the second is there.
 *
 * Refuses `tenders.no-such-tender`, `beacon.not-awaited`, `beacon.same-officer`, and what {@link mustFit} refuses.
 */
export async function readLottery(context: Context, { number, ...typed }: Reading & { number: string }): Promise<{ outcome: ReadOutcome }> {
  const officer = memberWho(context.actor, 'read:lottery')
  return transact(context.db, async (trx) => {
    const tender = isTenderNumber(number) ? await lockTender(trx, { number }) : undefined
    if (!tender?.publication || !tender.divisionCode.startsWith(prefixOf(officer.divisionCode))) throw new Refusal('missing', 'tenders.no-such-tender')
    const at = await context.clock.read(trx)
    const [awaiting] = await listAwaiting(trx, { id: tender.id, source: 'lottery' })
    const awaited = awaiting && awaitedValue(awaiting)
    if (!awaiting?.coveredAt || awaited?.source !== 'lottery') throw new Refusal('conflict', 'beacon.not-awaited')
    const readings = await listReadings(trx, tender.id)
    const attempt = attemptOf(readings)
    const first = readings.find((reading) => reading.attempt === attempt)
    if (first?.accountId === officer.accountId) throw new Refusal('conflict', 'beacon.same-officer')
    const reading = mustFit(typed, awaited, at)

    const telling = { at, act: 'read:lottery', subject: number, divisionCode: tender.divisionCode }
    const ledger = await tell(trx, context, { ...telling, kind: 'lottery.read', facts: { game: awaited.game, attempt, ...roleOf(officer) }, concealed: { reading: JSON.stringify(reading) } })
    await insertReading(trx, { ...reading, id: newId(), tenderId: tender.id, attempt, accountId: officer.accountId, organisationId: officer.organisationId, duty: officer.duty, readAt: at, ledgerEntryId: ledger.entry })
    if (!first) return { outcome: 'first' }

    const both = [publicly(first), { entry: ledger.entry, duty: officer.duty, ...reading }]
    if (!isSameReading(first, reading)) {
      await tell(trx, context, { ...telling, kind: 'beacon.disputed', facts: { source: 'lottery', game: awaited.game, attempt, readings: both } })
      return { outcome: 'disputed' }
    }
    const beacon = lotteryBeacon(awaited.game, reading, awaiting.from)
    const accepted = await tell(trx, context, { ...telling, kind: 'beacon.accepted', facts: { beacon, attempt, expected: awaited.day, readings: both } })
    await insertBeacon(trx, { tenderId: tender.id, beacon, coveredAt: awaiting.coveredAt, takenAt: at, broughtBy: null, ledgerEntryId: accepted.entry })
    return { outcome: 'accepted' }
  })
}

export type ReadingPage = { number: string; title: string; game: 'ssq' | 'dlt'; day: string; at: Date; attempt: number; state: 'open' | 'too-early' | 'yours-is-in' | 'other-is-in'; disputed: Reading[] }

/**
 * What an officer needs who reads for a tender, and nothing of what the other one typed in this attempt.
 *
 * Refuses `tenders.no-such-tender`, `beacon.not-awaited`.
 */
export async function showReading(context: Context, { number }: { number: string }): Promise<ReadingPage> {
  const officer = memberWho(context.actor, 'read:lottery')
  const [at, waiting] = await Promise.all([context.clock.read(context.db), isTenderNumber(number) ? listAwaiting(context.db, { number, source: 'lottery', divisionPrefix: prefixOf(officer.divisionCode) }) : []])
  const [awaiting] = waiting
  const awaited = awaiting && awaitedValue(awaiting)
  if (!awaiting || awaited?.source !== 'lottery') throw new Refusal('missing', 'beacon.not-awaited')
  const readings = await listReadings(context.db, awaiting.id)
  const attempt = attemptOf(readings)
  const first = readings.find((reading) => reading.attempt === attempt)
  const state = first ? (first.accountId === officer.accountId ? 'yours-is-in' : 'other-is-in') : at < awaited.at || !awaited.covered ? 'too-early' : 'open'
  return { number, title: awaiting.title, game: awaited.game, day: awaited.day, at: awaited.at, attempt, state, disputed: readings.filter((reading) => reading.attempt < attempt).map(({ issue, day, numbers, pause }) => ({ issue, day, numbers, pause })) }
}

/** Of whoever read the ledger has office and duty: names of persons are not for a record that nothing can be struck from. */
function roleOf({ uscc, duty }: Member): { office: string | null; duty: string } {
  return { office: uscc, duty }
}

function publicly({ ledgerEntryId, duty, issue, day, numbers, pause }: ReadingRow) {
  return { entry: ledgerEntryId, duty, issue, day, numbers, pause }
}

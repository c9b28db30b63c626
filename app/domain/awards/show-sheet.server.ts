import type { Knex } from 'knex'
import { envelopeOf } from '#app/domain/bids/envelope.ts'
import { openPart, recoverKey } from '#app/domain/bids/seal.ts'
import { endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { Tender } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { insertReveal, listSheets, saveSheetBodies, saveShown, type KeptSheet } from '#db/repositories/judges.ts'
import { findOpeningEntry, listOpened } from '#db/repositories/openings.ts'
import { lockOwnSeat, mustBeByMerit, mustBeJudged, type MeritTender } from './own-seat.server.ts'
import { isWholeSheet, type ScoreSheet } from './score-sheet.ts'

/**
 * A judge has the own sheet shown, once every judge has committed. With the last of them all sheets become public together.
 * Asking twice changes nothing.
 *
 * Refuses `tenders.no-such-tender`, `merit.stepped-down`, `merit.not-all-committed`, `changes.suspended`, `merit.not-now`.
 */
export async function showSheet(context: Context, { number }: { number: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    const { tender, judge, judges } = await lockOwnSeat(trx, context, { number })
    if (tender.judging.revealedAt || judge.sheet?.shownAt) return
    if (judges.length < tender.judging.wanted || judges.some(({ sheet }) => !sheet)) throw new Refusal('conflict', 'merit.not-all-committed')
    const at = await context.clock.read(trx)
    mustBeJudged(tender, at)
    await saveShown(trx, judge.id, at)
    if (judges.every((one) => one.id === judge.id || one.sheet!.shownAt)) await revealAll(trx, context, tender, at)
  })
}

/**
 * Shows every committed sheet when the time for scoring is over, whoever still has not asked for it: a judge who dislikes how the others
 * marked cannot hold the result back by silence (招标投标法实施条例 53).
 *
 * Refuses `tenders.no-such-tender`.
 */
export async function revealSheets(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'reveal' }, (trx, tender, at) => revealAll(trx, context, mustBeByMerit(tender), at))
}

/** Opens, checks against its hash, and publishes every sheet. The value that breaks ties appears only after this. */
async function revealAll(trx: Knex.Transaction, context: Context, tender: MeritTender, at: Date): Promise<Tender> {
  const { number, procedure } = tender.publication
  const bids = (await listOpened(trx, tender.id)).flatMap(({ bid, outcome }) => (outcome === 'valid' ? [bid] : []))
  const kept = await listSheets(trx, tender.id)
  const sheets = await Promise.all(kept.map(async (one) => ({ ...one, sheet: await openSheet(context, number, one) })))
  for (const { seat, sheet } of sheets) if (!isWholeSheet(sheet, bids, procedure.criteria)) throw new Error(`The sheet of seat ${seat} does not fit its tender.`)
  const value = endOf(at, procedure.drawDelay, await calendarOf(trx, tender.divisionCode)).at
  const { decidesAfter: explained } = tender.opening!
  const decidesAfter = explained > value ? explained : value
  const reveal = { opening: (await findOpeningEntry(trx, tender.id))!, sheets: sheets.length, decidesAfter: decidesAfter.toISOString() }
  const ledger = await tell(trx, context, {
    at,
    act: 'reveal:sheets',
    kind: 'sheets.revealed',
    subject: number,
    divisionCode: tender.divisionCode,
    facts: { reveal },
    payload: sheets.map(({ seat, hash, sheet }) => ({ seat, hash: hash.toString('hex'), sheet })) as Json,
    event: { type: 'marketplace.sheets.revealed.v1', data: { tender: number, project: tender.projectCode, ...reveal } },
  })
  await saveSheetBodies(trx, sheets.map(({ judgeId, sheet }) => ({ judgeId, body: canonical(sheet) })), at)
  await insertReveal(trx, { tenderId: tender.id, revealedAt: at, decidesAfter, ledgerEntryId: ledger.entry })
  return { ...tender, judging: { ...tender.judging, revealedAt: at, decidesAfter } }
}

/** What is under a sheet's seal. A sheet that is not the one that was committed to stops everything, since nobody but the house could have changed it. */
async function openSheet({ keyring }: Context, number: string, { seat, hash, sealed }: Pick<KeptSheet, 'seat' | 'hash' | 'sealed'>): Promise<ScoreSheet> {
  const part = envelopeOf(sealed).parts[0]!
  const key = await recoverKey(part, { id: PLATFORM, privateKey: sealingKey(keyring, number).privateKey })
  const opened = key ? await openPart(part, key) : { fault: 'key-not-recovered' }
  if (!('content' in opened) || !sha256(canonical(opened.content)).equals(hash)) throw new Error(`The sheet of seat ${seat} is not the one that was committed to.`)
  return opened.content as ScoreSheet
}

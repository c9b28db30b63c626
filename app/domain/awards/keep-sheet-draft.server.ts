import { envelopeOf } from '#app/domain/bids/envelope.ts'
import { openPart, recoverKey, sealBid } from '#app/domain/bids/seal.ts'
import type { Context } from '#app/domain/context.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { findSheetDraft, saveSheetDraft } from '#db/repositories/sheet-drafts.ts'
import { lockOwnSeat } from './own-seat.server.ts'
import type { SheetFault } from './score-sheet.ts'
import { readDraft, type SheetDraft } from './sheet-draft.ts'

const DRAFT_FORMAT = 'mingdan-score-sheet-draft/v1'

/**
 * Keeps a judge's unfinished sheet, so that the page can be left and come back to. It binds nobody and is told to nobody: neither ledger nor
 * audit nor outbox hears of it. It lies under the tender's own key, like the sheet that it becomes, and takes the place of what was kept before.
 *
 * A held tender takes it too: nothing that was typed should be lost by a hold.
 *
 * @param values the form, by field; whatever is no field of the sheet is left out
 * @returns what is too long to be kept, at its field, or nothing where it is kept
 * Refuses `tenders.no-such-tender`, `merit.stepped-down`, `merit.sheet-committed`, `merit.not-declared`, `merit.not-open`.
 */
export async function keepSheetDraft(context: Context, { number, values }: { number: string; values: Record<string, string> }): Promise<{ faults: SheetFault[] } | null> {
  return transact(context.db, async (trx) => {
    const { tender, judge } = await lockOwnSeat(trx, context, { number })
    const savedAt = await context.clock.read(trx)
    if (judge.sheet) throw new Refusal('conflict', 'merit.sheet-committed')
    if (!judge.declaredAt) throw new Refusal('conflict', 'merit.not-declared')
    if (!tender.opening || tender.judging.revealedAt) throw new Refusal('conflict', 'merit.not-open')
    const { procedure, sealing } = tender.publication
    const bids = (await listOpened(trx, tender.id)).flatMap(({ bid, outcome }) => (outcome === 'valid' ? [bid] : []))
    const read = readDraft(values, bids, procedure.criteria)
    if ('faults' in read) return read
    const sealed = await sealBid({ plan: { format: DRAFT_FORMAT, seat: judge.seat, values: read.values } }, { tender: number, rules: procedure.rules, bid: judge.id, uscc: '', holders: sealing!.holders })
    await saveSheetDraft(trx, { judgeId: judge.id, savedAt, sealed })
    return null
  })
}

/**
 * What the judge of one seat has kept, for the page of that judge alone.
 *
 * @returns null where nothing is kept, or where what lies there was not sealed for this seat of this tender
 */
export async function openSheetDraft({ db, keyring }: Pick<Context, 'db' | 'keyring'>, { number, judge }: { number: string; judge: string }): Promise<SheetDraft | null> {
  const kept = await findSheetDraft(db, judge)
  if (!kept) return null
  const part = envelopeOf(kept.sealed).parts[0]!
  if (part.header.bid !== judge || part.header.tender !== number) return null
  const key = await recoverKey(part, { id: PLATFORM, privateKey: sealingKey(keyring, number).privateKey })
  const opened = key && (await openPart(part, key))
  if (!opened || !('content' in opened)) return null
  const { format, values } = opened.content as { format?: unknown; values: Record<string, string> }
  return format === DRAFT_FORMAT ? { savedAt: kept.savedAt, values } : null
}

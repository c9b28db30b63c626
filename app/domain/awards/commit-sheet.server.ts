import { newSalt } from '#app/domain/chance.server.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import type { Context } from '#app/domain/context.ts'
import { canonical, sha256 } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { insertSheet } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { deleteSheetDraft } from '#db/repositories/sheet-drafts.ts'
import { lockOwnSeat } from './own-seat.server.ts'
import { readMarks, SHEET_FORMAT, type ScoreSheet, type SheetFault } from './score-sheet.ts'

/**
 * A judge commits to a whole score sheet before seeing anybody else's. The ledger gets the hash of its canonical JSON, and the
 * database the sheet under the tender's own key, which is written nowhere; so a dump shows no mark, and nothing can be changed any more.
 * What was kept of it before is removed.
 *
 * @param values the form, by field; see {@link readMarks}
 * @returns what is wrong at which field, or nothing where the sheet is committed. A second committing changes nothing.
 * Refuses `tenders.no-such-tender`, `merit.stepped-down`, `changes.suspended`, `merit.not-declared`, `merit.not-open`.
 */
export async function commitSheet(context: Context, { number, values }: { number: string; values: Record<string, string> }): Promise<{ faults: SheetFault[] } | null> {
  return transact(context.db, async (trx) => {
    const { tender, judge, judges } = await lockOwnSeat(trx, context, { number })
    const at = await context.clock.read(trx)
    if (judge.sheet) return null
    if (statusAt(tender, at) === 'suspended') throw new Refusal('conflict', 'changes.suspended')
    if (!judge.declaredAt) throw new Refusal('conflict', 'merit.not-declared')
    if (statusAt(tender, at) !== 'opened') throw new Refusal('conflict', 'merit.not-open')
    const { procedure, sealing } = tender.publication
    const bids = (await listOpened(trx, tender.id)).flatMap(({ bid, outcome }) => (outcome === 'valid' ? [bid] : []))
    const read = readMarks(values, bids, procedure.criteria)
    if ('faults' in read) return read

    const sheet: ScoreSheet = { format: SHEET_FORMAT, tender: number, seat: judge.seat, marks: read.marks, salt: newSalt().toString('hex') }
    const hash = sha256(canonical(sheet))
    const sealed = await sealBid({ plan: sheet }, { tender: number, rules: procedure.rules, bid: judge.id, uscc: '', holders: sealing!.holders })
    const isLast = judges.length === procedure.judges && judges.every((one) => one.id === judge.id || one.sheet)
    const ledger = await tell(trx, context, {
      at,
      act: 'judge:tender',
      kind: 'sheet.committed',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { seat: judge.seat, sheet: hash.toString('hex') },
      event: { type: 'marketplace.sheet.committed.v1', data: { tender: number, seat: judge.seat, all: isLast } },
    })
    await insertSheet(trx, { judgeId: judge.id, tenderId: tender.id, committedAt: at, hash, sealed, ledgerEntryId: ledger.entry })
    await deleteSheetDraft(trx, judge.id)
    return null
  })
}

import type { Context } from '#app/domain/context.ts'
import { openBid, pricedOf, type Opened } from '#app/domain/bids/opened.ts'
import { sharesShown } from '#app/domain/bids/keep-release.server.ts'
import { lowMarks } from '#app/domain/bids/ranking.ts'
import { listEligible } from '#app/domain/bids/release-shares.server.ts'
import { endOf } from '#app/domain/calendar.ts'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { PLATFORM, sealingKey } from '#app/domain/ledger/sealing-key.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { doStep } from '#app/domain/tenders/do-step.server.ts'
import type { OpeningOutcome, Tender } from '#app/domain/tenders/tender.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findPool } from '#db/repositories/draws.ts'
import { saveSheetsDue } from '#db/repositories/judges.ts'
import { insertOpening } from '#db/repositories/openings.ts'
import { findTender, settleTender } from '#db/repositories/tenders.ts'
import { findPosition } from '#db/views/ledger-proofs.ts'

/** What a discount leaves of the whole, in hundredths of a percent. */
const WHOLE = 10_000

/**
 * Opens the eligible bids of a frozen tender, once, and publishes their content keys. Nothing happens before a signed
 * checkpoint covers the freeze: by then every bid that counts is fixed, and no key has been touched.
 *
 * Where bids are sealed in shares it waits for enough holders; a share that is not the promised one names its holder, and a bid whose key
 * cannot be put together is invalid for that reason.
 *
 * Prices are valid or not from here on. Abnormally low ones are marked, and their bidders have the procedure's time to
 * explain; the value that may break a tie appears only after that. With too few valid prices the tender fails, publicly.
 *
 * @returns the tender as it stands afterwards
 * Refuses `tenders.no-such-tender`.
 */
export async function openBids(context: Context, { id }: { id: string }): Promise<Tender> {
  return doStep(context, { id, step: 'open' }, async (trx, tender, at) => {
    const { number, procedure, drawsAfter } = tender.publication
    if (!procedure.sealed) return tender
    const pool = (await findPool(trx, id))!
    if (!(await findPosition(trx, pool.ledgerEntryId))?.checkpoint) return tender

    // In shares the platform shows its own last: the step is not due before enough others have.
    const bids = await listEligible(trx, id, pool)
    const shares = tender.publication.sealing!.threshold === undefined ? null : await sharesShown(trx, context, { tender, at, pool, bids })
    const labelOf = new Map(pool.leaves.flatMap(({ bid, label, standing }) => (standing === 'eligible' && label ? [[bid, label]] : [])))
    const holder = { id: PLATFORM, privateKey: sealingKey(context.keyring, number).privateKey }
    const opened: Opened[] = []
    for (const { id: bid, body } of bids) {
      opened.push(await openBid({ id: bid, body, uscc: labelOf.get(bid)! }, { tender: number, procedure, ceilingFen: tender.ceilingFen, ...(shares ? { shares: shares.get(bid) ?? [] } : { holder }) }))
    }
    const valid = pricedOf(opened)
    const marks = lowMarks(valid, procedure.quote.kind === 'money' ? tender.ceilingFen : WHOLE, procedure.lowQuote)
    const marked = opened.map((each) => ({ ...each, lowMarks: marks.get(each.bid) ?? [] }))

    const outcome: OpeningOutcome = valid.length < procedure.minimumBidders ? 'too-few-valid' : 'to-rank'
    const calendar = await calendarOf(trx, tender.divisionCode)
    const explained = marks.size ? endOf(at, procedure.lowQuote.explanation, calendar).at : at
    // Whether a price is valid is ruled before the value that breaks ties; an opening that came late takes a later value.
    const value = at < drawsAfter! ? drawsAfter! : endOf(at, procedure.drawDelay, calendar).at
    const decidesAfter = explained > value ? explained : value

    const opening = { freeze: pool.ledgerEntryId, outcome, valid: valid.length, invalid: marked.length - valid.length, low: marks.size, decidesAfter: decidesAfter.toISOString() }
    const ledger = await tell(trx, context, {
      at,
      act: 'open:bids',
      kind: outcome === 'to-rank' ? 'bids.opened' : 'tender.failed',
      subject: number,
      divisionCode: tender.divisionCode,
      facts: { opening, ...(outcome === 'too-few-valid' && { outcome, minimumBidders: procedure.minimumBidders }) },
      payload: marked.map(({ bid, outcome: found, reason, keys, lowMarks: low, holders }) => ({ bid, outcome: found, reason, keys, low, ...(holders?.length && { holders }) })) as Json,
      event: { type: outcome === 'to-rank' ? 'marketplace.tender.opened.v1' : 'marketplace.tender.failed.v1', data: { tender: number, project: tender.projectCode, ...opening } },
    })
    await insertOpening(trx, { tenderId: id, openedAt: at, decidesAfter, outcome, valid: valid.length, invalid: opening.invalid, ledgerEntryId: ledger.entry }, marked)
    if (procedure.method === 'merit' && outcome === 'to-rank') await saveSheetsDue(trx, { tenderId: id, dueAt: endOf(at, procedure.scoring, calendar).at })
    if (outcome === 'too-few-valid') await settleTender(trx, id, at)
    if (tender.judging) return (await findTender(trx, { id }))!
    return { ...tender, opening: { openedAt: at, decidesAfter, explainUntil: decidesAfter, outcome, valid: valid.length, invalid: opening.invalid } }
  })
}

import { dayOf, endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { awaitedValue } from '#app/domain/draw/awaited.ts'
import { missingIn } from './draft.ts'
import { drawsAfterOf } from './draws-after.ts'
import { announceBy, questionsUntil } from './life.ts'
import { plannedOf } from './planned.ts'
import { procedureUnder } from './procedure-under.ts'
import { showDraft } from './show-tender.server.ts'
import type { ShownTender } from './tender-view.ts'

/**
 * One's own draft as the public would see it if it were published now: with the dates and the procedure of today's policy,
 * and without a number, which only publishing gives. Nothing is written.
 *
 * Refuses `tenders.no-such-tender`, `tenders.not-a-draft`.
 */
export async function previewTender(context: Context, { id }: { id: string }): Promise<ShownTender> {
  const shown = await showDraft(context, { id })
  if (shown.state !== 'draft') throw new Refusal('conflict', 'tenders.not-a-draft')
  const { tender, at } = shown
  const [policies, calendar] = await Promise.all([policiesOf(context.db, tender.divisionCode, dayOf(at)), calendarOf(context.db, tender.divisionCode)])
  // What does not add up yet has no procedure; the draft's own page says what is missing.
  if (tender.method === 'merit' && missingIn({ ...tender, namedAgency: '' }).some(({ field }) => field === 'criteria')) throw new Refusal('conflict', 'merit.not-yet')
  const procedure = procedureUnder(policies, { method: tender.method, quote: tender.quote, tie: tender.tie, twoKeys: tender.twoKeys, auctionRule: tender.auctionRule, sizes: tender.sizes, merit: tender.merit, ceilingFen: tender.ceilingFen, demo: shown.demo })
  const closesAt = endOf(at, procedure.application, calendar).at
  const drawsAfter = drawsAfterOf(procedure, closesAt, calendar)
  const planned = plannedOf({ drawsAfter, procedure })
  return {
    ...shown,
    // The public never learns the name of a natural person's project.
    project: shown.owner === null ? { ...shown.project, name: null } : shown.project,
    isMine: false,
    state: 'open',
    due: null,
    awaited: planned && { ...awaitedValue(planned), late: false },
    tender: {
      ...tender,
      publication: {
        number: '',
        publishedAt: at,
        closesAt,
        questionsUntil: questionsUntil({ publishedAt: at, closesAt }, procedure.life, calendar),
        drawsAfter,
        announceBy: announceBy({ closesAt, drawsAfter }, procedure, calendar),
        procedure,
        clearance: { act: 'publish:tender', listingId: tender.listingId, listingCode: shown.listing.code, listingVersion: 1, divisionCode: tender.divisionCode, day: dayOf(at), route: 'marketplace', obliged: false, ceilingFen: tender.ceilingFen, yearTotalFen: 0 },
        drawSource: procedure.method === 'direct' ? null : procedure.randomness.source,
        drawCommitment: null,
        sealing: null,
      },
    },
  }
}

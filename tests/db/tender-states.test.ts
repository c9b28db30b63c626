import { randomBytes, randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { LIFE_BEFORE } from '#app/domain/tenders/life.ts'
import { meritProcedure } from '#app/domain/tenders/merit-procedure.ts'
import { directProcedure, pricedProcedure, randomProcedure } from '#app/domain/tenders/procedure.ts'
import { dueStep, TENDER_STATE_NAMES, TENDER_STATES } from '#app/domain/tenders/tender.ts'
import { findTender, insertTender, listDueSteps, settleTender, TENDER_STATES_IN_SQL, tendersWithOutcomes } from '#db/repositories/tenders.ts'
import { agency, owner, project } from '#tests/support/factories.ts'
import { anEntry, aListing } from '#tests/support/tenders.ts'
import { test } from '#tests/support/database.ts'

const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 2, n))
const DRAWN = ['draft', 'discarded', 'published', 'asked', 'asked and answered', 'failed at close', 'closed', 'frozen', 'drawn in vain', 'declined by all', 'awarded', 'awarded after a decline'] as const
/** A direct selection has no freeze and no draw. */
const NAMED = ['offered', 'not accepted', 'accepted', 'accepted and declined'] as const
/** Sealed prices are opened between the freeze and the order. */
const PRICED = ['sealed and frozen', 'opened', 'opened in vain', 'ranked and awarded'] as const
/** Of a shortlist somebody is picked between the draw and the award. */
const LISTED = ['listed', 'picked', 'picked in vain'] as const
/** Rounds run from minute 14 to minute 18, between the freeze and the opening. */
const AUCTIONED = { auctioned: 'frozen', 'auctioned and ended': 'frozen', 'auctioned in vain': 'frozen', 'auctioned and awarded': 'awarded', 'cancelled while auctioned': 'frozen', 'cancelled when auctioned': 'frozen', 'suspended before its auction': 'frozen' } as const
/** What ended at once, whatever it had reached. */
const CANCELLED_AT_ONCE: readonly string[] = ['cancelled while open', 'cancelled while auctioned', 'cancelled before its judges']
/** What ends or holds a life beside the rows of its steps; each is as far as one of the lives above. */
const CHANGED = { 'suspended while open': 'published', 'suspended and resumed': 'published', 'suspended when frozen': 'frozen', 'suspended when awarded': 'awarded', 'suspended when listed': 'listed', extended: 'published', 'cancelled while open': 'published', 'cancelled when frozen': 'frozen', 'cancelled and drawn': 'drawn in vain', 'cancelled and listed': 'listed', 'objected to': 'awarded', 'objected to and answered': 'awarded', ...AUCTIONED } as const
/** Where judges mark, nothing is opened before they have declared, and nothing is ranked before all sheets are shown. */
const JUDGED = ['waits for judges', 'all declared', 'waits for sheets', 'all committed', 'all shown'] as const
/** The same, held or ended by others than its steps; each is as far as one of those above. */
const JUDGED_CHANGED = { 'suspended while judged': 'waits for sheets', 'suspended when committed': 'all committed', 'cancelled before its judges': 'waits for judges', 'cancelled while judged': 'waits for sheets', 'cancelled when shown': 'all shown' } as const
const LIVES = [...DRAWN, ...NAMED, ...PRICED, ...JUDGED, ...LISTED, ...(Object.keys(JUDGED_CHANGED) as (keyof typeof JUDGED_CHANGED)[]), ...(Object.keys(CHANGED) as (keyof typeof CHANGED)[])]
const MERIT = { judges: 1, criteria: [{ code: 'price', name: 'price', weight: 40, kind: 'price' as const }, { code: 'c1', name: '方案', weight: 60, kind: 'judged' as const }] }
const TERMS = { minimumBidders: 2, application: { n: 8, unit: 'min' as const }, drawDelay: { n: 10, unit: 'min' as const }, bidsPerAgency: 20, life: LIFE_BEFORE, quote: { kind: 'money' as const }, lowQuote: { ofMean: 0.5, ofNext: 0.5, ofCeiling: 0.45, explanation: { n: 1, unit: 'min' as const } } }

test('every life of a tender has the same state in the noun and in SQL, at every instant', async ({ database }) => {
  const db = database.owner
  const member = await owner(db)
  const { code } = await project(db, member)
  const listing = await aListing(db)
  const bidders = await agency(db)
  const lives = new Map<string, (typeof LIVES)[number]>()
  for (const life of LIVES) {
    const changed = Object.hasOwn(CHANGED, life) ? CHANGED[life as keyof typeof CHANGED] : null
    const named = NAMED.some((each) => each === life)
    const priced = PRICED.findIndex((each) => each === life)
    const judged = JUDGED.findIndex((each) => each === (Object.hasOwn(JUDGED_CHANGED, life) ? JUDGED_CHANGED[life as keyof typeof JUDGED_CHANGED] : life))
    const sealed = priced >= 0 || judged >= 0
    const listed = LISTED.some((each) => each === (changed ?? life))
    const auctioned = Object.hasOwn(AUCTIONED, life)
    const reached = listed ? DRAWN.indexOf('drawn in vain') : changed ? DRAWN.indexOf(changed as (typeof DRAWN)[number]) : sealed ? DRAWN.indexOf(life === 'ranked and awarded' ? 'drawn in vain' : 'frozen') : named ? DRAWN.indexOf(life === 'offered' ? 'published' : 'failed at close') : LIVES.indexOf(life)
    const id = randomUUID()
    lives.set(id, life)
    await db.transaction(async (trx) => {
      await insertTender(trx, {
        id, ownerId: member.organisationId, projectCode: code, listingId: listing.id, divisionCode: member.divisionCode,
        title: life, requirements: '—', serviceDays: 5, ceilingFen: 100, method: named ? 'direct' : judged >= 0 ? 'merit' : sealed ? 'lowest-price' : listed ? 'credit-shortlist' : 'random', quote: { kind: 'money' }, tie: 'draw', twoKeys: false, auctionRule: null, sizes: listed ? { big: 5, small: 2 } : null, merit: judged >= 0 ? MERIT : null, conditions: { need: 'all', of: [], practitioners: null }, republishesId: null, contact: '', deliverables: '',
        namedAgencyId: named ? bidders.organisationId : null, directReason: named ? '—' : '', copiedFromId: null, changedAt: minute(0), version: 1, handedOver: null,
        draftedAt: minute(0), draftedBy: member.accountId, discardedAt: life === 'discarded' ? minute(1) : null,
        publication: reached < 2 ? null : {
          number: `MD-220100-2026-9${String(LIVES.indexOf(life)).padStart(5, '0')}`, publishedAt: minute(2), publishedBy: null, closesAt: minute(10), questionsUntil: minute(6), drawsAfter: named ? null : minute(20), announceBy: null,
          procedure: judged >= 0 ? meritProcedure({ ...TERMS, merit: MERIT, scoring: { n: 12, unit: 'min' }, planCharacters: 8000, plans: 'sealed' }) : sealed ? pricedProcedure('lowest-price', TERMS) : named ? directProcedure({ application: { n: 8, unit: 'min' }, bidsPerAgency: 20 }) : randomProcedure({ minimumBidders: 2, application: { n: 8, unit: 'min' }, drawDelay: { n: 10, unit: 'min' }, bidsPerAgency: 20 }),
          clearance: {} as never, drawSource: named ? null : 'local', drawCommitment: named ? null : '00'.repeat(32), sealing: sealed ? { suite: 'intl-1', holders: [] } : null,
        },
        publicationEntry: reached < 2 ? null : await anEntry(trx),
        closing: null, frozenAt: null, releaseBy: null, releases: 0, auction: null, opening: null, judging: null, beaconAt: null, drawnAt: null, shortlist: null, openQuestions: 0, openObjections: 0, cancellation: null, suspension: null, awardedAt: null, publicityEndsAt: null, declineUntil: null, objectionsUntil: null,
      })
      const ledger_entry_id = await anEntry(trx)
      const outcome = life === 'failed at close' || life === 'not accepted' ? 'too-few-bidders' : named ? 'accepted' : sealed ? 'to-open' : auctioned ? 'to-auction' : 'to-draw'
      if (life === 'asked' || life === 'asked and answered') {
        await trx('agencies').insert({ organisation_id: member.organisationId, committed_at: minute(0) }).onConflict().ignore()
        await trx('tender_questions').insert({ id: randomUUID(), tender_id: id, asker_id: member.organisationId, words: '何时踏勘？', asked_at: minute(3), answer_by: minute(8), answered_at: life === 'asked' ? null : minute(4), ledger_entry_id })
      }
      const at = LIVES.indexOf('failed at close')
      if (reached >= at) await trx('tender_closings').insert({ tender_id: id, closed_at: minute(10), outcome, eligible: 2, excluded: 0, verdicts: '[]', ledger_entry_id })
      if (reached >= at + 2) await trx('draw_pools').insert({ tender_id: id, root: Buffer.alloc(32), leaves: '[]', frozen_at: minute(11), ledger_entry_id })
      if (auctioned) await trx('tender_auctions').insert({ tender_id: id, starts_at: minute(14), ends_at: minute(18) })
      if (priced >= 1 || judged >= 2 || ['auctioned and ended', 'auctioned in vain', 'auctioned and awarded'].includes(life)) await trx('tender_openings').insert({ tender_id: id, opened_at: minute(12), decides_after: minute(21), outcome: life.endsWith('in vain') ? 'too-few-valid' : 'to-rank', valid: 2, invalid: 0, ledger_entry_id })
      if (judged >= 1) {
        const judge = await agency(trx)
        const seat = randomUUID()
        await trx('tender_judges').insert({ id: seat, tender_id: id, seat: 1, organisation_id: judge.organisationId, invited_at: minute(11), declared_at: minute(11), due_at: judged >= 2 ? minute(24) : null })
        if (judged >= 3) await trx('score_sheets').insert({ judge_id: seat, tender_id: id, committed_at: minute(13), hash: randomBytes(32), sealed: '{}', ledger_entry_id })
        if (judged >= 4) await trx('sheet_reveals').insert({ tender_id: id, revealed_at: minute(14), decides_after: minute(24), ledger_entry_id })
      }
      if (reached >= at + 3) await trx('draws').insert({ tender_id: id, drawn_at: minute(21), beacon: '{}', secret: Buffer.alloc(32), bundle: '{}', ledger_entry_id })
      if (listed) await trx('shortlists').insert({ tender_id: id, small: 2, pick_by: minute(24) })
      const awards = { 'declined by all': [true], awarded: [false], 'awarded after a decline': [true, false], 'ranked and awarded': [false], picked: [false], accepted: [false], 'accepted and declined': [true] }[(changed ?? life) as string] ?? []
      for (const [index, declined] of awards.entries()) {
        const place = index + 1
        const bidder = await agency(trx)
        const bid_id = randomUUID()
        await trx('bids').insert({ id: bid_id, tender_id: id, agency_id: bidder.organisationId, body: '{}', hash: randomBytes(32), received_at: minute(3), receipt: '', ledger_entry_id })
        if (!named) await trx('draw_positions').insert({ tender_id: id, place, bid_id, position: Buffer.alloc(32) })
        await trx('awards').insert({ tender_id: id, bid_id, place, awarded_at: minute(20 + place), decline_until: minute(23), publicity_ends_at: minute(24 + place), ledger_entry_id })
        if (listed) await trx('shortlist_picks').insert({ tender_id: id, bid_id, picked_at: minute(21), ledger_entry_id })
        if (changed && life.startsWith('objected')) {
          const objection_id = randomUUID()
          await trx('tender_objections').insert({ id: objection_id, tender_id: id, agency_id: bidder.organisationId, words: '—', objected_at: minute(22), answer_by: minute(23), ledger_entry_id })
          if (life === 'objected to and answered') await trx('objection_answers').insert({ objection_id, words: '—', answered_at: minute(23), complaint_until: minute(60), ledger_entry_id })
        }
        if (declined) await trx('award_declines').insert({ bid_id, declined_at: minute(22), reason: 'other', words: '—', ledger_entry_id })
      }
      if (life === 'picked in vain') {
        const bid_id = randomUUID()
        await trx('bids').insert({ id: bid_id, tender_id: id, agency_id: (await agency(trx)).organisationId, body: '{}', hash: randomBytes(32), received_at: minute(3), receipt: '', ledger_entry_id })
        await trx('shortlist_picks').insert({ tender_id: id, bid_id, picked_at: minute(24), ledger_entry_id })
      }
      if (life.startsWith('cancelled')) await trx('tender_cancellations').insert({ tender_id: id, reason: '—', after_value: !CANCELLED_AT_ONCE.includes(life), cancelled_at: minute(4), ledger_entry_id })
      if (life.startsWith('suspended')) {
        await trx('tender_suspensions').insert({ tender_id: id, ordinal: 1, reason: '—', basis: '—', suspended_at: minute(4), until: minute(24), ledger_entry_id })
        if (life === 'suspended and resumed') await trx('suspension_endings').insert({ tender_id: id, ordinal: 1, ended_at: minute(5), reason: '—', ledger_entry_id })
      }
      if (life === 'extended') await trx('tender_extensions').insert({ tender_id: id, ordinal: 1, cause: 'owner', reason: '—', from_closes_at: minute(10), closes_at: minute(15), from_draws_after: minute(20), draws_after: minute(25), extended_at: minute(9), ledger_entry_id })
      if (changed ? ['drawn in vain', 'awarded'].includes(changed) || life === 'cancelled and listed' || CANCELLED_AT_ONCE.includes(life) || life === 'auctioned in vain' : ['failed at close', ...LIVES.slice(LIVES.indexOf('drawn in vain'))].includes(life) && !['offered', 'sealed and frozen', 'opened', 'listed', ...JUDGED, ...Object.keys(JUDGED_CHANGED)].includes(life)) await settleTender(trx, id, minute(21))
    })
  }

  const tenders = new Map(await Promise.all([...lives.keys()].map(async (id) => [id, (await findTender(db, { id }))!] as const)))
  for (const at of [minute(5), new Date(minute(10).getTime() - 1), minute(10), minute(15), minute(20), minute(24), new Date(minute(25).getTime() - 1), minute(25), minute(26), minute(30)]) {
    const due = await listDueSteps(db, at, 100)
    const inSql = new Map<string, string[]>([...lives.keys()].map((id) => [id, []]))
    for (const state of TENDER_STATE_NAMES) {
      const sql = TENDER_STATES_IN_SQL[state]
      const ids = await tendersWithOutcomes(db).whereIn('tenders.id', [...lives.keys()]).whereRaw(sql.replaceAll(':at', '?'), Array(sql.split(':at').length - 1).fill(at)).pluck('tenders.id')
      for (const id of ids as string[]) inSql.get(id)!.push(state)
    }
    for (const [id, life] of lives) {
      const tender = tenders.get(id)!
      expect(inSql.get(id), `${life} at ${at.toISOString()}`).toEqual(TENDER_STATE_NAMES.filter((state) => TENDER_STATES[state](tender, at)))
      // Before its deadline a tender with outcome rows is no life that the product can make.
      if (inSql.get(id)!.length) expect(due.find((each) => each.id === id)?.step ?? null, `${life} at ${at.toISOString()}`).toBe(dueStep(tender, at))
    }
  }
})

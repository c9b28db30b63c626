import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { PolicyName } from '#app/domain/divisions/policy.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { overdueCause, type OverdueCause } from '#app/domain/tenders/result-overdue.ts'
import { dueStep, statusAt, TENDER_STATE_NAMES, type Publication, type Tender, type TenderState } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps, TENDER_STATES_IN_SQL, tendersWithOutcomes } from '#db/repositories/tenders.ts'
import { OVERDUE_RESULTS } from '#db/views/overdue-results.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import type { TestClock, TestContext, TestDatabase } from '#tests/support/database.ts'
import { setPeriods } from '#tests/support/tenders.ts'
import { sitting } from './judging.ts'
import { MOST, TIMES, type Model } from './model.ts'
import { dueIn, stateOf } from './steps.ts'

/** One tender in the system, and everybody who may do something with it. */
export type World = {
  database: TestDatabase
  clock: TestClock
  as: (member: Member) => TestContext
  tender: Tender & { publication: Publication }
  number: string
  owner: Member
  agencies: Member[]
  office: Member
  /** Who was asked to judge, in that order. */
  judges: Member[]
  /** The states that all walks of a method have met. */
  seen: Set<TenderState>
  sequence: () => Promise<unknown>
}

/** The code with which an act is refused, or null where it is done. */
export const codeOf = (act: Promise<unknown>): Promise<string | null> => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

const s = (n: number) => ({ n, unit: 's' }) as const

/** The division's policy, in seconds: those of {@link TIMES}. */
export async function setTimes({ owner }: TestDatabase): Promise<void> {
  await setPeriods(owner, { application: s(TIMES.application), drawDelay: s(TIMES.drawDelay), lowQuoteExplanation: s(TIMES.explain), scoring: s(TIMES.scoring), auctionDelay: s(TIMES.delay), auctionRound: s(TIMES.round), auctionOutage: s(TIMES.outage), noticeObjectionBeforeClose: s(TIMES.questionsEnd), publicity: s(TIMES.publicity), decline: s(TIMES.decline) })
  const others: Partial<Record<PolicyName, unknown>> = { changeBeforeClose: s(TIMES.change), extensionAtMost: s(TIMES.farthest), regulatorHold: s(TIMES.hold), directAcceptance: s(TIMES.application), auctionRounds: TIMES.rounds, auctionQuotes: MOST.quotes, ownerPicks: s(TIMES.pick), resultAnnounced: s(TIMES.announce) }
  await setPolicy(owner, others)
}

/** The agencies of an order that was drawn or ranked, by their numbers; null while there is none. */
export async function orderIn({ database, tender, agencies }: World): Promise<number[] | null> {
  const places = (await database.owner('draw_positions as p').join('bids', 'bids.id', 'p.bid_id').where({ 'p.tender_id': tender.id }).orderBy('place').pluck('agency_id')) as string[]
  return places.length ? places.map((id) => agencies.findIndex(({ organisationId }) => organisationId === id)) : null
}

const STATES = TENDER_STATE_NAMES.map((name) => `case when ${TENDER_STATES_IN_SQL[name]} then '${name}' end`).join(', ')

/** State, next step and dates are the model's, in the noun and in SQL; so is whom the award that stands is for. */
export async function mustAgree(model: Model, { database: { owner: db }, clock, tender: { id }, agencies, seen }: World, after: string): Promise<void> {
  const state = stateOf(model)
  seen.add(state)
  const at = clock.now
  const [tender, [row], steps, winner, { rows: [late] }] = await Promise.all([
    findTender(db, { id }) as Promise<Tender>,
    tendersWithOutcomes(db).where('tenders.id', id).select(db.raw(`array_remove(array[${STATES}], null) as states`, { at } as never)).options({ name: 'states-of-one' }) as Promise<{ states: string[] }[]>,
    listDueSteps(db, at, 10_000),
    db('standing_awards').join('bids', 'bids.id', 'standing_awards.bid_id').where({ 'standing_awards.tender_id': id }).first('agency_id') as Promise<{ agency_id: string } | undefined>,
    db.raw<{ rows: { cause: string }[] }>(`select cause from (${OVERDUE_RESULTS}) as overdue where id = :id`, { at, id }).options({ name: 'overdue-of-one' }),
  ])
  const { closesAt, drawsAfter, questionsUntil, announceBy } = tender.publication!
  const [due, listed] = [dueIn(model), steps.find((each) => each.id === id)?.step ?? null]
  const award = model.awards.at(-1)
  const standing = award?.declined ? null : award
  expect({
    state: statusAt(tender, at), states: row?.states, due: dueStep(tender, at), listed, decidesAfter: tender.opening?.decidesAfter.getTime() ?? null, explainUntil: tender.opening?.explainUntil.getTime() ?? null,
    closesAt: closesAt.getTime(), announceBy: announceBy?.getTime(), overdue: overdueCause(tender, at), late: late?.cause ?? null, drawsAfter: drawsAfter?.getTime() ?? null, questionsUntil: questionsUntil?.getTime(), winner: winner?.agency_id ?? null,
    pickBy: tender.shortlist?.pickBy.getTime() ?? null, sheetsDue: tender.judging?.sheetsDue?.getTime() ?? null, judged: tender.judging?.decidesAfter?.getTime() ?? null,
    declineUntil: tender.declineUntil?.getTime() ?? null, objectionsUntil: tender.objectionsUntil?.getTime() ?? null, publicityEndsAt: tender.publicityEndsAt?.getTime() ?? null,
  }, after).toEqual({
    state, states: [state], due, listed: due, decidesAfter: model.opened?.decidesAfter ?? null, explainUntil: model.opened?.explainUntil ?? null,
    closesAt: model.closesAt, announceBy: model.announceBy, overdue: overdueIn(model), late: overdueIn(model), drawsAfter: model.drawsAfter, questionsUntil: model.questionsUntil, winner: standing ? agencies[standing.to]!.organisationId : null,
    pickBy: model.picking?.pickBy ?? null, sheetsDue: lastDue(model), judged: model.judging?.shown?.decidesAfter ?? null,
    declineUntil: standing?.declineUntil ?? null, objectionsUntil: standing?.bindsAt ?? null, publicityEndsAt: standing?.bindsAt ?? null,
  })
}

/** What a result waits for that should have been announced by now. */
function overdueIn(model: Model): OverdueCause | null {
  const state = stateOf(model)
  if (model.now < model.announceBy || model.cancelled) return null
  const seated = !model.judging || sitting(model.judging).filter(({ declared }) => declared).length >= model.judging.wanted
  if (state === 'closing' && model.questions.some(({ answers }) => answers === 0)) return 'answer'
  if (state === 'shortlisted') return 'pick'
  if ((state === 'frozen' || state === 'opened') && model.judging && !model.judging.shown) return !seated ? 'judges' : state === 'opened' ? 'sheets' : 'clock'
  return ['closing', 'closed', 'frozen', 'auction', 'opened'].includes(state) ? 'clock' : null
}

/** When the last sheet of those who sit is due. */
function lastDue({ judging }: Model): number | null {
  const due = judging ? sitting(judging).flatMap(({ dueAt }) => dueAt ?? []) : []
  return due.length ? Math.max(...due) : null
}


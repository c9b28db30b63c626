import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { commitSheet } from '#app/domain/awards/commit-sheet.server.ts'
import { declareJudge, stepBack } from '#app/domain/awards/declare-judge.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { replaceJudge } from '#app/domain/awards/replace-judge.server.ts'
import { showSheet } from '#app/domain/awards/show-sheet.server.ts'
import { listJudges } from '#db/repositories/judges.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { CHANGCHUN, unique } from '#tests/support/factories.ts'
import { aSheet } from '#tests/support/judges.ts'
import { act, AGENCIES, type Command, type Weighted } from './command.ts'
import { haveAllMarked, showAll, sitting } from './judging.ts'
import { seconds, tell, TIMES, type Judge, type Model } from './model.ts'
import { stateOf } from './steps.ts'
import type { World } from './world.ts'

const REASON = '与其中一家机构有往来。'

/** Why nothing is done about judges now, or null while they are seated and mark. */
function notNow(model: Model): string | null {
  const state = stateOf(model)
  return state === 'suspended' ? 'changes.suspended' : state === 'frozen' || state === 'opened' ? null : 'merit.not-now'
}

export const invite = (seat: number): Command =>
  act(`the owner asks somebody for seat ${seat}`, {
    refusal: (model) => {
      const { wanted, shown } = model.judging!
      return notNow(model) ?? (shown ? 'merit.not-now' : seat > wanted ? 'merit.seat' : sitting(model.judging!).some((judge) => judge.seat === seat) ? 'merit.seat-taken' : null)
    },
    really: async (world) => {
      const name = unique('评委')
      await inviteJudge(world.as(world.owner), { number: world.number, seat, judgeName: name, judgePhone: `139${String(world.judges.length).padStart(8, '0')}` })
      world.judges.push(await seated(world, seat, name))
    },
    done: (model) => {
      model.judging!.judges.push({ seat, declared: false, dueAt: model.opened ? model.now + seconds(TIMES.scoring) : null, reported: false, marks: null, shows: false, ended: false })
      tell(model, 'judge.invited')
    },
  })

/** The person who was asked, with an account; the way by a code is tested elsewhere. */
async function seated({ database: { owner: db }, tender, clock }: World, seat: number, name: string): Promise<Member> {
  const { organisationId } = (await listJudges(db, tender.id)).find((judge) => judge.seat === seat && !judge.ended)!
  const accountId = randomUUID()
  await db('accounts').insert({ id: accountId, display_name: name, locale: 'zh', created_at: clock.now })
  return { kind: 'member', accountId, displayName: name, organisationId, organisationName: name, uscc: null, divisionCode: CHANGCHUN, role: 'judge', duty: 'manager' }
}

type Deed = { refusal: (model: Model, judge: Judge) => string | null; really: (world: World, judge: Member) => Promise<unknown>; done: (model: Model, judge: Judge) => void }

/** Something by or about one of those who were ever asked, whoever it is. */
function about(nth: number, name: string, { refusal, really, done }: Deed): Command {
  const place = (all: readonly unknown[]) => nth % all.length
  const judgeOf = ({ judging }: Model) => judging!.judges[place(judging!.judges)]!
  const command = act(`judge ${nth} ${name}`, { refusal: (model) => refusal(model, judgeOf(model)), really: (world) => really(world, world.judges[place(world.judges)]!), done: (model) => done(model, judgeOf(model)) })
  return { ...command, toString: () => `judge ${nth} ${name}`, check: ({ judging }) => judging!.judges.length > 0 }
}

export const declare = (nth: number) =>
  about(nth, 'declares', {
    refusal: (model, judge) => (judge.ended ? 'merit.stepped-down' : judge.declared ? null : notNow(model)),
    really: ({ as, number }, judge) => declareJudge(as(judge), { number }),
    done: (model, judge) => {
      if (judge.declared) return
      Object.assign(judge, { declared: true, dueAt: model.opened ? model.now + seconds(TIMES.scoring) : null })
      tell(model, 'judge.declared')
    },
  })

export const back = (nth: number) =>
  about(nth, 'steps back', {
    refusal: (_, judge) => (judge.ended ? 'merit.stepped-down' : judge.marks ? 'merit.committed-already' : null),
    really: ({ as, number }, judge) => stepBack(as(judge), { number, reason: REASON }),
    done: (model, judge) => {
      judge.ended = true
      tell(model, 'judge.stepped-back')
    },
  })

/** @param marks points for one criterion by agency; for the other all have the same */
export const commit = (nth: number, marks: readonly number[]) =>
  about(nth, `marks ${marks.join(' ')}`, {
    refusal: (model, judge) => (judge.ended ? 'merit.stepped-down' : judge.marks ? null : stateOf(model) === 'suspended' ? 'changes.suspended' : !judge.declared ? 'merit.not-declared' : stateOf(model) === 'opened' ? null : 'merit.not-open'),
    really: async ({ as, number, agencies, tender, database: { owner: db } }, judge) => {
      const agencyOf = new Map(((await db('bids').where({ tender_id: tender.id }).select('id', 'agency_id')) as { id: string; agency_id: string }[]).map((bid) => [bid.id, agencies.findIndex(({ organisationId }) => organisationId === bid.agency_id)]))
      const values = aSheet(Object.fromEntries((await listOpened(db, tender.id)).map(({ bid }) => [bid, { c1: String(marks[agencyOf.get(bid)!]), c2: '20' }])))
      expect(await commitSheet(as(judge), { number, values })).toBeNull()
    },
    done: (model, judge) => {
      if (judge.marks) return
      judge.marks = marks
      tell(model, 'sheet.committed')
    },
  })

export const show = (nth: number) =>
  about(nth, 'shows the sheet', {
    refusal: (model, judge) => (judge.ended ? 'merit.stepped-down' : model.judging!.shown || judge.shows ? null : !haveAllMarked(model.judging!) ? 'merit.not-all-committed' : notNow(model)),
    really: ({ as, number }, judge) => showSheet(as(judge), { number }),
    done: (model, judge) => {
      if (model.judging!.shown || judge.shows) return
      judge.shows = true
      if (sitting(model.judging!).every(({ shows }) => shows)) showAll(model)
    },
  })

export const replace = (nth: number) =>
  about(nth, 'is replaced', {
    refusal: (model, { ended, marks, declared, dueAt }) => notNow(model) ?? (!ended && !marks && (!declared || (dueAt !== null && model.now >= dueAt)) ? null : 'merit.not-replaceable'),
    really: async ({ as, owner, number, database, tender }, judge) => {
      const { id } = (await listJudges(database.owner, tender.id)).find(({ organisationId }) => organisationId === judge.organisationId)!
      await replaceJudge(as(owner), { number, judge: id, reason: REASON })
    },
    done: (model, judge) => {
      judge.ended = true
      tell(model, 'judge.replaced')
    },
  })

/** What owner and judges have to do next: take the seats, declare, and mark. */
export function askedOfJudges(model: Model): Command | undefined {
  const { wanted, judges, shown } = model.judging!
  if (notNow(model) || shown) return undefined
  const free = Array.from({ length: wanted }, (_, place) => place + 1).find((seat) => !judges.some((judge) => judge.seat === seat && !judge.ended))
  if (free) return invite(free)
  const [shy, idle] = [judges.findIndex(({ ended, declared }) => !ended && !declared), judges.findIndex(({ ended, marks }) => !ended && !marks)]
  if (shy >= 0) return declare(shy)
  return idle >= 0 && model.opened ? commit(idle, [20, 35, 20, 35]) : undefined
}

const goOn: Command = { check: (model) => askedOfJudges(model) !== undefined, run: (model, world) => askedOfJudges(model)!.run(model, world), toString: () => 'what is asked next is done' }

const anybody = fc.nat({ max: 4 })
export const JUDGING: readonly Weighted[] = [
  { weight: 14, arbitrary: fc.constant(goOn) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }).map(invite) },
  { weight: 2, arbitrary: anybody.map(declare) },
  { weight: 1, arbitrary: anybody.map(back) },
  { weight: 4, arbitrary: fc.tuple(anybody, fc.array(fc.constantFrom(20, 29, 35), { minLength: AGENCIES, maxLength: AGENCIES })).map((given) => commit(...given)) },
  { weight: 4, arbitrary: anybody.map(show) },
  { weight: 2, arbitrary: anybody.map(replace) },
]

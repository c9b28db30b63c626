import fc from 'fast-check'
import { gradeAgency } from '#app/domain/agencies/grade-agency.server.ts'
import { pickFromShortlist } from '#app/domain/awards/pick-from-shortlist.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { aTender } from '#tests/support/tenders.ts'
import { cancel, lift, suspend } from './changes.ts'
import { act, anAgency, type Command } from './command.ts'
import { attendNow, bid, decline, sequenceNow, wait, waitForNext } from './commands.ts'
import type { Model } from './model.ts'
import { pick, stateOf } from './steps.ts'
import { offeringTo, walkMethod } from './walk.ts'

const [BIG, SMALL] = [3, 2]
const GRADES = ['A', 'B', 'C', 'D'] as const
type Grade = (typeof GRADES)[number]

const bids = (by: number) => bid(by, 0, ({ as, agencies, number }) => submitBid(as(agencies[by]!), { number, contribution: '' }))

const grade = (by: number, to: Grade): Command =>
  act(`agency ${by} is graded ${to}`, {
    refusal: ({ grades }) => (grades.get(by) === to ? 'credit.same-grade' : null),
    really: ({ as, office, agencies }) => gradeAgency(as(office), { agency: agencies[by]!.uscc!, grade: to, source: '2026 年度信用评价结果', reason: '年度评价公布。' }),
    done: ({ grades }) => void grades.set(by, to),
  })

const picks = (by: number): Command =>
  act(`the owner picks agency ${by}`, {
    refusal: (model) => {
      if (model.held) return 'changes.suspended'
      if (stateOf(model) !== 'shortlisted') return 'credit.not-to-pick'
      return model.now >= model.picking!.pickBy ? 'credit.pick-late' : model.order!.slice(0, SMALL).includes(by) ? null : 'credit.not-on-list'
    },
    really: ({ as, owner, agencies, number }) => pickFromShortlist(as(owner), { number, label: agencies[by]!.uscc!, reason: '同类项目业绩多，人员齐全。' }),
    done: (model) => pick(model, [by]),
  })

/** Everybody before whom so few stand with a better grade that the big list is not full; grades are those of the freeze, and without one it is C. */
function bigList({ standing, frozen }: Model): number[] {
  const rank = (by: number) => GRADES.indexOf((frozen!.grades.get(by) ?? 'C') as Grade)
  return [...standing.keys()].filter((by) => [...standing.keys()].filter((other) => rank(other) < rank(by)).length < BIG)
}

const frozen: Command[] = [waitForNext(0), waitForNext(0), attendNow(), sequenceNow()]
const toTheDraw: Command[] = [waitForNext(0), attendNow()]
const drawn: Command[] = [...frozen, ...toTheDraw]

walkMethod({
  name: 'credit-shortlist',
  rules: { least: SMALL + 1, decidedBy: 'draw', small: SMALL, inOrder: bigList, mayBeFirst: (_, model) => bigList(model) },
  publish: async (database, as) => {
    await setPolicy(database.owner, { bigListSize: BIG, smallListSize: SMALL })
    const stage = await aTender(database, as, { method: 'credit-shortlist', categoryCode: '0401' })
    return { ...stage, agencies: await offeringTo(database, stage.listing) }
  },
  commands: [
    { weight: 6, arbitrary: anAgency.map(bids) },
    { weight: 4, arbitrary: fc.tuple(anAgency, fc.constantFrom(...GRADES)).map((given) => grade(...given)) },
    { weight: 6, arbitrary: anAgency.map(picks) },
  ],
  bids: [bids(0), bids(1), bids(2), bids(3)],
  known: [
    // One is graded better after the freeze, which counts for nothing. Held while its owner picks, first lifted, then by its own date behind the end that the draw had fixed; the clock picks in the end.
    [grade(0, 'A'), grade(1, 'D'), ...frozen, grade(1, 'A'), ...toTheDraw, wait(10_000), suspend(25), wait(5000), picks(0), lift(), wait(10_000), suspend(25), wait(25_000), attendNow(), waitForNext(1), attendNow(), waitForNext(0), picks(0), attendNow()],
    // Picked, whoever of them is on the list; who is awarded declines, and so does the next of the small list.
    [grade(3, 'D'), grade(2, 'B'), ...drawn, picks(3), picks(0), picks(1), picks(2), cancel(), decline(0), decline(1), decline(2), decline(0), decline(1)],
    [...frozen, cancel(), ...toTheDraw, picks(0)],
  ],
  reaches: ['open', 'frozen', 'suspended', 'shortlisted', 'publicity', 'awarded', 'cancelled'],
})

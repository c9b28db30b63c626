import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { findVerdicts } from '#db/repositories/tender-closings.ts'
import { testApart as test, type MakeContext, type TestDatabase } from '#tests/support/database.ts'
import { aTender, contextsOf, drawn, offerAlso, withBidders, type Stage } from '#tests/support/tenders.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })

/** Two tenders of one project: the second one reviews or tests what the first one buys. */
async function twoOfOneProject(database: TestDatabase, people: ReturnType<typeof contextsOf>, categories: [string, string]): Promise<[Stage, Stage]> {
  const stages = [await aTender(database, people), await aTender(database, people)] as [Stage, Stage]
  for (const [place, stage] of stages.entries()) await database.owner('listings').where({ id: stage.listing.id }).update({ category_code: categories[place] })
  await database.owner('tenders').where({ id: stages[1].tender.id }).update({ project_code: stages[0].tender.projectCode })
  await extendTender(people(stages[1].owner), { number: stages[1].number, by: { n: 20, unit: 'd' }, reason: '项目进度调整，推迟截止。' })
  return stages
}

async function winnerOf(database: TestDatabase, stage: Stage, members: Member[]): Promise<Member> {
  const row = await database.owner('standing_awards').join('bids', 'bids.id', 'standing_awards.bid_id').where({ 'standing_awards.tender_id': stage.tender.id }).first<{ agency_id: string }>('bids.agency_id')
  return members.find(({ organisationId }) => organisationId === row!.agency_id)!
}

async function played({ context, database }: { context: MakeContext; database: TestDatabase }) {
  const people = contextsOf(context)
  const [design, review] = await twoOfOneProject(database, people, ['1401', '1201'])
  const members = await withBidders(database, people, design, 3)
  for (const member of members) await offerAlso(database.owner, member, review.listing)
  return { people, design, review, members }
}

test('who was awarded one job of a project may not do the one that judges it, and is told which award', async ({ context, database, clock }) => {
  const { people, design, review, members } = await played({ context, database })
  for (const member of members) expect((await askEligibility(people(member), { number: review.number }))!.reasons).toEqual([])
  await drawn(database, people, clock, design)
  const winner = await winnerOf(database, design, members)
  expect(await askEligibility(people(winner), { number: review.number })).toMatchObject({ reasons: ['second-role'], behind: { clash: { tender: design.number, law: 'testing' } } })
  await expect(submitBid(people(winner), { number: review.number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.ineligible-second-role', params: { tender: design.number } })
  for (const member of members.filter((one) => one !== winner)) await submitBid(people(member), { number: review.number, contribution: '' })

  // Whoever declines holds the job no longer; the next in the order does.
  await declineAward(people(winner), { number: design.number, reason: 'no-capacity', words: '近期任务已满，无法按期完成。' })
  expect((await askEligibility(people(winner), { number: review.number }))!.reasons).toEqual([])
  const next = await winnerOf(database, design, members)
  await expect(submitBid(people(next), { number: review.number, contribution: '' })).rejects.toEqual(refused('tenders.ineligible-second-role'))
})

test('a bid that came before the other award is on file, and excluded at the close with the reason', async ({ context, database, clock }) => {
  const { people, design, review, members } = await played({ context, database })
  for (const member of members) await submitBid(people(member), { number: review.number, contribution: '' })
  await drawn(database, people, clock, design)
  clock.advance(21 * 86_400_000)
  const closed = await closeTender({ ...people(review.owner), actor: SYSTEM }, { id: review.tender.id })
  expect(closed.closing).toMatchObject({ eligible: 2, excluded: 1 })
  const place = members.indexOf(await winnerOf(database, design, members))
  expect((await findVerdicts(database.owner, review.tender.id)).map(({ reasons }) => reasons)).toEqual(members.map((_, index) => (index === place ? ['second-role'] : [])))
})

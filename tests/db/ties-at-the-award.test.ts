import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { testApart as test, type TestDatabase } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aTender, contextsOf, sequencerOf, withBidders } from '#tests/support/tenders.ts'

type Clock = { set: (at: Date) => void }

/** Three bid and are frozen; what `between` does to their records then, the draw and its award find. */
async function drawn(database: TestDatabase, people: ReturnType<typeof contextsOf>, clock: Clock, between: (ids: string[]) => Promise<unknown>) {
  const stage = await aTender(database, people)
  const members = await withBidders(database, people, stage, 3)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  await between(members.map(({ organisationId }) => organisationId))
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  const winner = async () => {
    const { agency_id: id } = await database.owner('standing_awards').join('bids', 'bids.id', 'standing_awards.bid_id').where('standing_awards.tender_id', stage.tender.id).first('bids.agency_id')
    return members.find(({ organisationId }) => organisationId === id)!
  }
  return { stage, members, winner }
}

test('a winner that has come to be tied to another bidder since the close keeps its award, and the regulator of the place reads by what', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const [regulator, elsewhere] = [await make.regulator(database.owner), await make.regulator(database.owner, { divisionCode: '220200' })]
  const { stage, members, winner } = await drawn(database, people, clock, (ids) => database.owner('organisations').whereIn('id', ids).update({ legal_representative: '郑同一', phone: '0431-88886666' }))
  const won = await winner()
  const leads = (await findLeads(people(regulator), { kind: 'bidders-related' })).items
  expect(leads).toMatchObject([{ subject: stage.number, params: { count: 0, atAward: 2 } }])
  const { pairs } = leads[0]!.params as { pairs: { one: string; other: string; by: string[] }[] }
  const others = members.filter((each) => each !== won).map(({ organisationName }) => organisationName)
  expect(pairs.map(({ one, other, by }) => [one, other, by.join()])).toEqual(others.sort().map((other) => [won.organisationName, other, 'same-person,same-phone']))
  expect((await findLeads(people(elsewhere), { kind: 'bidders-related' })).items).toEqual([])

  // A suspicion is nobody else's to read: not in the ledger, nor in what is sent out.
  const published = JSON.stringify(await Promise.all(['ledger_entries', 'ledger_payloads', 'outbox'].map((table) => database.owner(table).select())))
  expect(published).not.toMatch(/same-person|same-phone/)

  // Who declines is in no order any more, and is still tied to who wins instead.
  await declineAward(people(won), { number: stage.number, reason: 'no-capacity', words: '人手不够，无法承担。' })
  const next = await winner()
  const checks = await database.owner('award_checks').where({ tender_id: stage.tender.id }).orderBy('checked_at', 'desc')
  expect(checks).toHaveLength(2)
  const bidOf = async (organisationId: string) => (await database.owner('bids').where({ tender_id: stage.tender.id, agency_id: organisationId }).first('id')).id
  expect(checks.flatMap(({ relations }) => relations)).toContainEqual({ bid: await bidOf(next.organisationId), to: await bidOf(won.organisationId), by: ['same-person', 'same-phone'] })
  expect((await findLeads(people(regulator), { kind: 'bidders-related' })).items).toMatchObject([{ params: { count: 0, atAward: 3, pairs: { length: 3 } } }])
})

test('a tie among those who did not win, and none at all, leave no lead at the award', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const regulator = await make.regulator(database.owner)
  const { stage, winner } = await drawn(database, people, clock, async () => undefined)
  await database.owner('organisations').whereNot({ id: (await winner()).organisationId }).whereIn('id', database.owner('bids').where({ tender_id: stage.tender.id }).select('agency_id')).update({ phone: '0431-88886666' })
  expect(await database.owner('award_checks')).toEqual([])
  expect((await findLeads(people(regulator), { kind: 'bidders-related' })).items).toEqual([])
})

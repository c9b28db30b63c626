import { expect } from 'vitest'
import { showAgencyDesk } from '#app/domain/desks/show-agency-desk.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { untilOf } from '#app/domain/notices/message.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { begun } from '#tests/support/auction-stage.ts'
import { test } from '#tests/support/database.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aTender, contextsOf, drawn, withBidders } from '#tests/support/tenders.ts'

test('owner and bidders hear when an auction begins as soon as that is fixed, and are led to it', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { stage, members, startsAt } = await begun(database, make, clock, 2)
  await deliverAll(context())
  for (const member of [stage.owner, ...members]) {
    const [newest] = (await findMessages(as(make, member), {})).messages
    expect(newest).toMatchObject({ kind: 'auction-set', subject: stage.number })
    expect(untilOf(newest!)).toEqual({ what: 'startsAt', at: startsAt.toISOString() })
  }
})

test('the owner of a small list hears until when to pick, and the bidders that it was drawn', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'credit-shortlist', categoryCode: '0401' })
  const [bidder] = await withBidders(database, make, stage, 5)
  await drawn(database, make, clock, stage)
  await deliverAll(context())
  const { pickBy } = (await findTender(database.owner, stage.tender))!.shortlist!
  const [newest] = (await findMessages(as(make, stage.owner), {})).messages
  expect([newest!.kind, untilOf(newest!)]).toEqual(['shortlist-to-pick', { what: 'pickBy', at: pickBy.toISOString() }])
  expect((await kindsOf(as(make, bidder!)))[0]).toBe('shortlist-drawn')
  // The desks of both say the same as long as nobody is picked.
  expect((await showOwnerDesk(as(make, stage.owner))).today).toContainEqual(expect.objectContaining({ kind: 'shortlist-to-pick', until: pickBy }))
  expect((await showAgencyDesk(as(make, bidder!))).today).toContainEqual(expect.objectContaining({ kind: 'bid-listed', until: pickBy }))
})

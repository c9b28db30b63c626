import { expect } from 'vitest'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { prepareNaming } from '#app/domain/tenders/prepare-naming.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { listDueSteps } from '#db/repositories/tenders.ts'
import { test } from '#tests/support/database.ts'
import { published, REASON, scene } from '#tests/support/direct-scene.ts'
import { authority, CHANGCHUN, owner } from '#tests/support/factories.ts'
import { contextsOf } from '#tests/support/tenders.ts'

test('a direct selection names its agency in public, promises no draw, and is awarded at the close to whoever accepted', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const { id, publication } = await published(make, told)
  const { number } = publication
  expect(publication).toMatchObject({ drawsAfter: null, drawSource: null, drawCommitment: null, procedure: { rules: 'direct/v1', minimumBidders: 1 } })
  const [entry] = await database.owner('ledger_entries').where({ subject: number, kind: 'tender.published' }).select('body')
  expect(JSON.parse(entry.body).facts).toMatchObject({ named: told.named.uscc, reason: REASON, closesAt: publication.closesAt.toISOString() })
  expect(JSON.parse(entry.body).facts.draw).toBeUndefined()

  expect((await askEligibility(make(told.other), { number }))!.reasons).toEqual(['not-named'])
  await expect(submitBid(make(told.other), { number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.ineligible-not-named' })
  await expect(submitBid(make(told.named), { number, contribution: '一' })).rejects.toMatchObject({ code: 'tenders.contribution-long' })
  const bid = await submitBid(make(told.named), { number, contribution: '' })

  clock.set(publication.closesAt)
  expect(await listDueSteps(database.owner, publication.closesAt, 10)).toContainEqual(expect.objectContaining({ id, step: 'close' }))
  const closed = await Promise.all(Array.from({ length: 8 }, () => attendTender(make(told.buyer), { id })))
  expect(closed.length).toBe(8)
  const shown = await showTender(make(told.other), { number })
  expect(shown).toMatchObject({ state: 'publicity', due: null, draw: null, named: { uscc: told.named.uscc }, awards: [{ place: 1, name: told.named.organisationName, declined: null }] })
  expect(shown.entries.map(({ kind }) => kind)).toEqual(['tender.published', 'tender.closed', 'award.made'])
  expect(await database.owner('awards').where({ tender_id: id })).toEqual([expect.objectContaining({ bid_id: bid.id, place: 1 })])
  expect(await listDueSteps(database.owner, publication.closesAt, 10)).not.toContainEqual(expect.objectContaining({ id }))
  const events = await database.owner('outbox').where({ subject: number }).orderBy('id').pluck('type')
  expect(events).toEqual(['marketplace.tender.published.v1', 'marketplace.tender.closed.v1', 'marketplace.tender.awarded.v1'])
  clock.set(new Date(shown.awards[0]!.publicityEndsAt))
  expect((await showTender(make(told.other), { number })).state).toBe('awarded')
})

test('who accepted may still decline; nobody is behind it, so the tender fails', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const { id, publication } = await published(make, told)
  await submitBid(make(told.named), { number: publication.number, contribution: '' })
  clock.set(publication.closesAt)
  await attendTender(make(told.buyer), { id })
  await declineAward(make(told.named), { number: publication.number, reason: 'no-capacity', words: '人员另有安排。' })
  const shown = await showTender(make(told.buyer), { number: publication.number })
  expect([shown.state, shown.awards[0]!.declined?.reason]).toEqual(['failed', 'no-capacity'])
})

test('what the named agency does not accept, or takes back, fails by itself and can be published again', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const { id, publication } = await published(make, told)
  await submitBid(make(told.named), { number: publication.number, contribution: '' })
  await withdrawBid(make(told.named), { number: publication.number })
  clock.set(publication.closesAt)
  await attendTender(make(told.buyer), { id })
  const shown = await showTender(make(told.buyer), { number: publication.number })
  expect(shown.state).toBe('failed')
  const again = await republishTender(make(told.buyer), { id })
  expect(again).toMatchObject({ method: 'direct', namedAgencyId: told.named.organisationId, directReason: REASON })
  const second = await publishTender(make(told.buyer), { id: again.id })
  expect(statusAt(second, clock.now)).toBe('open')
})

test('an agency that became ineligible before the close is not awarded, though it accepted', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const { id, publication } = await published(make, told)
  await submitBid(make(told.named), { number: publication.number, contribution: '' })
  await database.owner('agencies').where({ organisation_id: told.named.organisationId }).update({ expelled_at: clock.now })
  clock.set(publication.closesAt)
  await attendTender(make(told.buyer), { id })
  expect((await showTender(make(told.buyer), { number: publication.number })).state).toBe('failed')
})

test('an authority that buys may name nobody, neither in a draft nor at publication', async ({ database, context }) => {
  const make = contextsOf(context)
  const office = await authority(database.owner)
  const told = await scene(database, office)
  await expect(draftTender(make(office), told.wish)).rejects.toMatchObject({ code: 'drafts.direct-authority', field: 'method' })
  // An owner that becomes an office after drafting is one at publication.
  const later = await scene(database)
  const { id } = await draftTender(make(later.buyer), later.wish)
  await database.owner('organisation_roles').insert({ organisation_id: later.buyer.organisationId, role: 'authority', since: new Date('2026-01-05T01:00:00Z') })
  await expect(publishTender(make(later.buyer), { id })).rejects.toMatchObject({ code: 'drafts.direct-authority' })
})

test('ceiling and opening are the division’s to set, and hold at drafting and at publication', async ({ database, context }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  await expect(draftTender(make(told.buyer), { ...told.wish, ceiling: 50_000_01 })).rejects.toMatchObject({ code: 'drafts.direct-ceiling', field: 'method', params: { limit: '50,000.00' } })
  const { id } = await draftTender(make(told.buyer), told.wish)
  const policy = { division_code: CHANGCHUN, name: 'directSelection' }
  await database.owner('policy_parameters').insert({ ...policy, value: '"closed"', source: 'test', from_on: '2026-01-01' }).onConflict(['division_code', 'name', 'from_on']).merge()
  await expect(publishTender(make(told.buyer), { id })).rejects.toMatchObject({ code: 'drafts.direct-closed' })
  await expect(draftTender(make(told.buyer), told.wish)).rejects.toMatchObject({ code: 'drafts.direct-closed' })
  await database.owner('policy_parameters').where(policy).delete()
})

test('public money named for one kind is added up over the year: what is split counts as one, at drafting, at publication and on the form', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database, undefined, 'fiscal')
  const ask = async (ceilingFen: number) => (await prepareTender(make(told.buyer), { projectCode: told.wish.projectCode, listingCode: told.listing.code, ceilingFen })).forecast!.direct
  // Drafted while nothing was published yet: publication adds it up again.
  const { id: second } = await draftTender(make(told.buyer), told.wish)
  const { id, publication } = await published(make, told)
  expect(await ask(20_000_00)).toMatchObject({ sumFen: 50_000_00, fault: null })
  expect(await ask(20_000_01)).toMatchObject({ sumFen: 50_000_01, fault: { code: 'drafts.direct-year', params: { sum: '50,000.01', limit: '50,000.00' } } })
  await expect(draftTender(make(told.buyer), told.wish)).rejects.toMatchObject({ code: 'drafts.direct-year', field: 'method' })
  await expect(publishTender(make(told.buyer), { id: second })).rejects.toMatchObject({ code: 'drafts.direct-year' })
  // What the named agency did not accept bought nothing and counts no longer.
  clock.set(publication.closesAt)
  await attendTender(make(told.buyer), { id })
  await publishTender(make(told.buyer), { id: second })
  // A private owner's money is nobody's to add up.
  const own = await scene(database)
  await published(make, own)
  await published(make, own)
})

test('two halves of one direct purchase published at the same moment do not both pass', async ({ database, context }) => {
  const make = contextsOf(context)
  const told = await scene(database, undefined, 'fiscal')
  const halves = [await draftTender(make(told.buyer), told.wish), await draftTender(make(told.buyer), told.wish)]
  const ended = await Promise.allSettled(halves.map(({ id }) => publishTender(make(told.buyer), { id })))
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('who may be named offers the service here and is not related to the owner; the list is in order of name', async ({ database, context }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const ask = () => prepareNaming(make(told.buyer), { projectCode: told.wish.projectCode, listingCode: told.listing.code })
  expect((await ask()).map(({ uscc }) => uscc).sort()).toEqual([told.named.uscc, told.other.uscc].sort())
  await database.owner('organisations').whereIn('id', [told.buyer.organisationId, told.other.organisationId]).update({ phone: '0431-88880000' })
  expect((await ask()).map(({ uscc }) => uscc)).toEqual([told.named.uscc])
  await expect(draftTender(make(told.buyer), { ...told.wish, namedAgency: told.other.uscc! })).rejects.toMatchObject({ code: 'drafts.no-such-agency', field: 'namedAgency' })
  await expect(draftTender(make(told.buyer), { ...told.wish, namedAgency: '没有这样的机构' })).rejects.toMatchObject({ code: 'drafts.no-such-agency' })
  const byName = await draftTender(make(told.buyer), { ...told.wish, namedAgency: told.named.organisationName })
  expect(byName.namedAgencyId).toBe(told.named.organisationId)
  expect(await prepareNaming(make(await owner(database.owner)), { projectCode: told.wish.projectCode, listingCode: told.listing.code })).toEqual([])
})

import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { correctAgency } from '#app/domain/agencies/correct-agency.server.ts'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { findVerdicts } from '#db/repositories/tender-closings.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aTender, contextsOf, offering, withBidders } from '#tests/support/tenders.ts'

const record = (who: string, shareholders: string | null) => ({ legalRepresentative: `法人${who}`, phone: `04318123${who}`, address: `长春市南关区某街 ${who} 号`, agentName: null, contactName: '李联络', contactPhone: '13900002222', shareholders })

test('agencies with a holder in common are one ticket, the regulator reads why, and no holder’s name is public', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const regulator = await make.regulator(database.owner)
  const members = await withBidders(database, people, stage, 3)
  for (const [place, shareholders] of ['钱大股东 40%', '钱大股东 60%', '钱大股东 24.99%'].entries()) await correctAgency(people(members[place]!), record(String(4567 + place), shareholders))
  clock.set(stage.tender.publication.closesAt)
  await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  expect((await findVerdicts(database.owner, stage.tender.id)).map(({ reasons }) => reasons)).toEqual([[], ['related-bidder'], []])
  expect((await findLeads(people(regulator), { kind: 'bidders-related' })).items).toMatchObject([{ params: { pairs: [{ by: ['same-shareholder'] }] } }])
  const open = JSON.stringify([await database.owner('ledger_entries').pluck('body'), await database.owner('outbox'), await showAgency(context(), { uscc: members[0]!.uscc! })])
  expect(open).not.toContain('钱大股东')
})

test('the owner’s own company may not bid, nor an agency for which one of the owner’s people acts', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const { number, owner } = stage
  const [held, served, free] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  await correctAgency(people(held), record('4567', `${owner.uscc} 51%`))
  await database.owner('memberships').insert({ account_id: owner.accountId, organisation_id: served.organisationId, role: 'agency', duty: 'delegate', since: clock.now })
  expect((await askEligibility(people(held), { number }))!.reasons).toEqual(['same-shareholder'])
  expect((await askEligibility(people(served), { number }))!.reasons).toEqual(['same-account'])
  await expect(submitBid(people(served), { number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.ineligible-same-account' })
  expect((await askEligibility(people(free), { number }))!.reasons).toEqual([])
  // Taking the person away after the tender was published changes nothing for this one.
  clock.advance(1000)
  await database.owner('memberships').where({ organisation_id: served.organisationId, account_id: owner.accountId }).update({ until: clock.now })
  expect((await askEligibility(people(served), { number }))!.reasons).toEqual(['same-account'])
})

test('one account behind two bids puts neither out; the regulator of the place reads of it once the tender has closed', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const stage = await aTender(database, people)
  const [regulator, elsewhere] = [await make.regulator(database.owner), await make.regulator(database.owner, { divisionCode: '220200' })]
  const [one, other, third] = await withBidders(database, people, stage, 3)
  await database.owner('memberships').insert({ account_id: one!.accountId, organisation_id: other!.organisationId, role: 'agency', duty: 'delegate', since: clock.now })
  await submitBid(people({ ...other!, accountId: one!.accountId }), { number: stage.number, contribution: '' })
  expect((await findLeads(people(regulator), { kind: 'bids-one-hand' })).items).toEqual([])
  clock.set(stage.tender.publication.closesAt)
  expect((await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })).closing).toMatchObject({ eligible: 3 })
  const { items } = await findLeads(people(regulator), { kind: 'bids-one-hand' })
  expect(items).toMatchObject([{ subject: stage.number, params: { count: 1, pairs: [{ by: ['same-member', 'same-submitter'] }] } }])
  expect(JSON.stringify(items)).not.toContain(third!.organisationName)
  expect((await findLeads(people(elsewhere), { kind: 'bids-one-hand' })).items).toEqual([])
})

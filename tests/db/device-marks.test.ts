import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { newDeviceToken } from '#app/domain/accounts/device.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { cleanUp } from '#db/repositories/clean-up.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { aListing, contextsOf, drawn, offering, type Published } from '#tests/support/tenders.ts'

test('one browser behind two bids and the publication puts nobody out, is a lead once the tender has closed, and is gone after its time', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const [token, own] = [newDeviceToken(), newDeviceToken()]
  const by = (member: Parameters<typeof people>[0], device: string) => ({ ...people(member), device: () => device })
  const owner = await make.owner(database.owner)
  const listing = await aListing(database.owner)
  const { code } = await make.project(database.owner, owner)
  const publish = async () => {
    const { id } = await draftTender(people(owner), { projectCode: code, listingCode: listing.code, method: 'random', title: `公告${randomUUID()}`, requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
    return (await publishTender(by(owner, token), { id })) as Published
  }
  const tender = await publish()
  const { number, closesAt } = tender.publication
  const [one, other, third, fourth] = [await offering(database.owner, listing), await offering(database.owner, listing), await offering(database.owner, listing), await offering(database.owner, listing)]
  await submitBid(by(one, token), { number, contribution: '' })
  await submitBid(by(one, token), { number, contribution: 'again' })
  await submitBid(by(other, own), { number, contribution: '' })
  await submitBid(by(third, own), { number, contribution: '' })
  await submitBid(people(fourth), { number, contribution: '' })
  const marks = await database.owner<{ mark: Buffer; tender_id: string; organisation_id: string }>('device_marks')
  expect(marks).toHaveLength(4)
  // The same browser has another mark in another tender.
  const second = await publish()
  const [elsewhere] = await database.owner<{ mark: Buffer; tender_id: string }>('device_marks').where('tender_id', second.id)
  expect(marks.map(({ mark }) => mark.toString('hex'))).not.toContain(elsewhere!.mark.toString('hex'))

  const [regulator, foreign] = [await make.regulator(database.owner), await make.regulator(database.owner, { divisionCode: '220200' })]
  const leads = async (who: typeof regulator) => (await findLeads(people(who), { kind: 'bids-one-hand' })).items
  expect(await leads(regulator)).toEqual([])
  await drawn(database, people, clock, { owner, listing, tender, number })
  expect(clock.now >= closesAt).toBe(true)
  expect((await database.owner('tender_closings').where({ tender_id: tender.id }).first()).eligible).toBe(4)
  const found = await leads(regulator)
  expect(found).toMatchObject([{ subject: number, params: { count: 2 } }])
  const { pairs } = found[0]!.params as { pairs: { one: string; other: string; by: string[] }[] }
  expect(pairs.map(({ by: hands }) => hands.join()).sort()).toEqual(['owner-device', 'same-device'])
  expect(pairs.find(({ by: [hand] }) => hand === 'owner-device')).toMatchObject({ one: one.organisationName, other: owner.organisationName })
  expect(await leads(foreign)).toEqual([])

  // Neither cookie nor mark is anywhere but in its own table.
  const open = JSON.stringify([await database.owner('ledger_entries').pluck('body'), await database.owner('outbox'), await database.owner('audits'), await database.owner('bids').pluck('body'), await showBundle(context(), { number })])
  for (const secret of [token, own, ...marks.flatMap(({ mark }) => [mark.toString('hex'), mark.toString('base64'), mark.toString('base64url')])]) expect(open).not.toContain(secret)

  clock.advance(181 * 86_400_000)
  expect((await cleanUp(context().db, clock.now)).deviceMarks).toBe(5)
  expect(await leads(regulator)).toEqual([])
})

test('an owner who is a natural person has no name in the lead', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const device = newDeviceToken()
  const owner = await make.owner(database.owner)
  await database.owner('organisations').where({ id: owner.organisationId }).update({ kind: 'natural-person', name: '秘密人', uscc: null })
  const listing = await aListing(database.owner)
  const { code } = await make.project(database.owner, owner)
  const { id } = await draftTender(people(owner), { projectCode: code, listingCode: listing.code, method: 'random', title: '个人公告', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  const { publication } = (await publishTender({ ...people(owner), device: () => device }, { id })) as Published
  await submitBid({ ...people(await offering(database.owner, listing)), device: () => device }, { number: publication.number, contribution: '' })
  clock.set(publication.closesAt)
  await closeTender({ ...people(owner), actor: SYSTEM }, { id })
  const { items } = await findLeads(people(await make.regulator(database.owner)), { kind: 'bids-one-hand' })
  expect(items).toMatchObject([{ params: { pairs: [{ other: null, by: ['owner-device'] }] } }])
  expect(JSON.stringify(items)).not.toContain('秘密人')
})

import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { findAgencies } from '#app/domain/agencies/find-agencies.server.ts'
import { findMyOfferings } from '#app/domain/agencies/find-my-offerings.server.ts'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import { prepareOffering } from '#app/domain/agencies/prepare-offering.server.ts'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { withdrawOffering } from '#app/domain/agencies/withdraw-offering.server.ts'
import { showOperation } from '#app/domain/oversight/show-operation.server.ts'
import { test, testApart, type TestDatabase } from '#tests/support/database.ts'
import { agency, CHANGCHUN, operator, owner } from '#tests/support/factories.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })
const offerOf = (listingCode: string, serviceDivisions = ['220106']) => ({ listingCode, conditions: '提供用地红线图', process: '踏勘、编制、交付', promisedDays: 15, fee: '按合同', serviceDivisions })

async function codesOf(database: TestDatabase): Promise<string[]> {
  return database.owner('listings').where({ division_code: CHANGCHUN }).where('in_force_from', '<=', '2026-11-20').whereNull('in_force_until').orderBy('code').pluck('code')
}

test('an agency offers a listed service, and it stands on its public page and in the ledger', async ({ context, database }) => {
  const [code] = await codesOf(database)
  const member = await agency(database.owner)
  const { offering, ledger } = await offerService(context(member), offerOf(code!))
  const { agency: shown, offerings } = await showAgency(context(), { uscc: member.uscc!.toLowerCase() })
  expect(shown).toMatchObject({ uscc: member.uscc, name: member.organisationName })
  expect(offerings).toMatchObject([{ id: offering.id, listingCode: code, listed: true, areas: ['绿园区'], promisedDays: 15 }])
  const entry = await database.owner('ledger_entries').where({ id: ledger.entry }).first()
  expect(JSON.parse(entry.body)).toMatchObject({ kind: 'offering.published', subject: offering.id, facts: { agency: member.uscc, listing: code } })
})

test('nothing unlisted can be offered, and nothing twice', async ({ context, database }) => {
  const [code] = await codesOf(database)
  const member = await agency(database.owner)
  await expect(offerService(context(member), offerOf('NOT-LISTED-1'))).rejects.toEqual(refused('agencies.listing-unknown'))
  await expect(offerService(context(member), offerOf(code!, ['110101']))).rejects.toEqual(refused('agencies.listing-unknown'))
  await expect(offerService(context(member), offerOf(code!, ['220106', '110101']))).rejects.toEqual(refused('agencies.division-outside'))
  const both = await Promise.allSettled([offerService(context(member), offerOf(code!)), offerService(context(member), offerOf(code!))])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(offerService(context(member), offerOf(code!))).rejects.toEqual(refused('agencies.offering-exists'))
})

test('only agencies offer, and only while their agreement stands', async ({ context, database }) => {
  const [code] = await codesOf(database)
  await expect(offerService(context(), offerOf(code!))).rejects.toEqual(refused('accounts.sign-in-first'))
  await expect(offerService(context(await owner(database.owner)), offerOf(code!))).rejects.toEqual(refused('accounts.not-allowed'))
  const member = await agency(database.owner)
  await database.owner('agencies').where({ organisation_id: member.organisationId }).update({ expelled_at: new Date() })
  await expect(offerService(context(member), offerOf(code!))).rejects.toEqual(refused('agencies.not-admitted'))
})

test('an offering is withdrawn by its own agency only, once, and can be offered again', async ({ context, database }) => {
  const [code] = await codesOf(database)
  const [member, other] = [await agency(database.owner), await agency(database.owner)]
  const { offering } = await offerService(context(member), offerOf(code!))
  await expect(withdrawOffering(context(other), { offeringId: offering.id })).rejects.toMatchObject({ kind: 'missing', code: 'agencies.offering-unknown' })
  await expect(withdrawOffering(context(member), { offeringId: randomUUID() })).rejects.toMatchObject({ kind: 'missing' })
  await withdrawOffering(context(member), { offeringId: offering.id })
  await expect(withdrawOffering(context(member), { offeringId: offering.id })).rejects.toMatchObject({ kind: 'missing' })
  expect(await findMyOfferings(context(member))).toEqual([])
  await offerService(context(member), offerOf(code!))
})

test('the form finds services by words and says where one can serve', async ({ context, database }) => {
  const member = await agency(database.owner)
  const [code] = await codesOf(database)
  const prepared = await prepareOffering(context(member), { code })
  expect(prepared.chosen?.code).toBe(code)
  expect(prepared.divisions.map((one) => one.code)).toEqual(expect.arrayContaining(['220100', '220106']))
  expect((await prepareOffering(context(member), { words: '环境影响' })).found.length).toBeGreaterThan(0)
  expect((await prepareOffering(context(member), { code: "'; drop table listings; --" })).chosen).toBeNull()
})

test('an unknown agency is 404, whatever was typed', async ({ context }) => {
  for (const uscc of ['', '91110108740084270C', '😀', '%', 'x'.repeat(500)]) await expect(showAgency(context(), { uscc })).rejects.toEqual(refused('agencies.unknown'))
})

testApart('agencies are listed newest first, page by page, and by the service they offer', async ({ context, database }) => {
  const [code] = await codesOf(database)
  const members: Member[] = []
  for (let i = 0; i < 45; i++) members.push(await agency(database.owner, { at: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(i / 2))) }))
  await offerService(context(members[7]!), offerOf(code!))
  const seen: string[] = []
  let before: string | undefined
  do {
    const page = await findAgencies(context(), { before })
    seen.push(...page.agencies.map((one) => one.uscc))
    before = page.next ?? undefined
  } while (before)
  expect(seen.filter((uscc) => members.some((one) => one.uscc === uscc))).toHaveLength(45)
  expect(new Set(seen).size).toBe(seen.length)
  const found = await findAgencies(context(), { service: code })
  expect(found.agencies.map((one) => one.uscc)).toContain(members[7]!.uscc)
  expect(found.agencies.every((one) => one.offerings > 0)).toBe(true)
  expect((await findAgencies(context(), { service: 'NO-SUCH' })).agencies).toEqual([])
  expect((await findAgencies(context(), { before: 'NO-SUCH' })).agencies).toEqual([])
})

testApart('the operator sees how the house stands, and others do not', async ({ context, database }) => {
  const member = await agency(database.owner, { at: new Date('2026-11-19') })
  const [code] = await codesOf(database)
  await offerService(context(member), offerOf(code!))
  const shown = await showOperation(context(await operator(database.owner)))
  expect(shown).toMatchObject({ admittedThisWeek: 1, overdueTenders: 0 })
  expect(shown.unsequenced).toBeGreaterThan(0)
  expect(shown.newest[0]).toMatchObject({ uscc: member.uscc, licenceId: null })
  await expect(showOperation(context(member))).rejects.toEqual(refused('accounts.not-allowed'))
  await expect(showOperation(context())).rejects.toEqual(refused('accounts.sign-in-first'))
})

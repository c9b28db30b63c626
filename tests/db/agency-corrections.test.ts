import { expect } from 'vitest'
import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import { correctAgency } from '#app/domain/agencies/correct-agency.server.ts'
import { showCheck, showQueue } from '#app/domain/agencies/show-check.server.ts'
import { showMyAgency } from '#app/domain/agencies/show-my-agency.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aTender, contextsOf, offering, withBidders } from '#tests/support/tenders.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })
const record = (fields: { legalRepresentative?: string; phone?: string; shareholders?: string } = {}) => ({ legalRepresentative: '王新任', phone: '043181234567', address: '长春市南关区某街 9 号', agentName: null, contactName: '李联络', contactPhone: '13900002222', shareholders: null, ...fields })
const check = { verdict: 'passed' as const, reasons: [], note: '' }

test('a correction holds at once, keeps what stood before, and tells the ledger which fields and no data', async ({ context, database }) => {
  const member = await make.agency(database.owner)
  await correctAgency(context(member), record())
  expect(await showMyAgency(context(member))).toMatchObject({ agency: { phone: '043181234567' }, inner: { legalRepresentative: '王新任', contactPhone: '13900002222' } })
  await correctAgency(context(member), record({ phone: '043187654321' }))
  await expect(correctAgency(context(member), record({ phone: '043187654321' }))).rejects.toEqual(refused('agencies.nothing-corrected'))
  const kept = await database.owner('agency_corrections').where({ agency_id: member.organisationId }).orderBy('corrected_at')
  expect(kept).toHaveLength(2)
  expect(kept.find(({ changed }) => changed.length === 1)).toMatchObject({ changed: ['phone'], phone: '043181234567', legal_representative: '王新任' })
  const entries = await database.owner('ledger_entries').where({ kind: 'agency.corrected' })
  expect(entries).toHaveLength(2)
  const told = JSON.stringify([entries.map(({ body }) => body), await database.owner('outbox')])
  for (const secret of ['王新任', '李联络', '13900002222']) expect(told).not.toContain(secret)
  expect(await database.owner('audits').where({ act: 'keep:agency' })).not.toHaveLength(0)
  await expect(correctAgency(context(await make.owner(database.owner)), record())).rejects.toMatchObject({ refusal: true })
  await expect(database.app('agency_corrections').update({ phone: '1' })).rejects.toThrow(/permission denied/)
})

test('another legal representative puts a passed agency before the operator again; another telephone does not', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const [member, operator] = [await make.agency(database.owner), await make.operator(database.owner)]
  const uscc = member.uscc!
  await correctAgency(people(member), record())
  clock.advance(1000)
  await checkAgency(people(operator), { uscc, ...check })
  clock.advance(1000)
  await correctAgency(people(member), record({ phone: '043187654321' }))
  expect((await showCheck(people(operator), { uscc })).checkState).toBe('passed')
  await deliverAll(people(operator))
  const before = (await kindsOf(as(people, operator))).length
  clock.advance(1000)
  await correctAgency(people(member), record({ legalRepresentative: '赵继任' }))
  const shown = await showCheck(people(operator), { uscc })
  expect(shown.checkState).toBe('unchecked')
  expect(shown.corrections[0]).toMatchObject({ changed: ['legalRepresentative', 'phone'], before: { legalRepresentative: '王新任' } })
  expect((await showQueue(people(operator), { state: 'unchecked' })).agencies.map((one) => one.uscc)).toContain(uscc)
  await deliverAll(people(operator))
  expect((await kindsOf(as(people, operator))).slice(0, -before || undefined)).toEqual(['agency-to-check'])
  clock.advance(1000)
  await checkAgency(people(operator), { uscc, ...check })
  expect((await showCheck(people(operator), { uscc })).checkState).toBe('passed')
})

test('who corrects its legal representative while a tender runs is still related to whoever it was related to', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const db = database.owner
  const stage = await aTender(database, people)
  const [first] = await withBidders(database, people, stage, 1)
  const twin = await offering(db, stage.listing)
  await db('organisations').whereIn('id', [first!.organisationId, twin.organisationId]).update({ legal_representative: '同一人' })
  clock.advance(1000)
  await correctAgency(people(twin), record({ legalRepresentative: '换了人' }))
  await submitBid(people(twin), { number: stage.number, contribution: '' })
  clock.set(stage.tender.publication.closesAt)
  const closed = await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  expect(closed.closing).toMatchObject({ eligible: 1, excluded: 1 })

  // A tender that is published afterwards looks at what stands now.
  const later = await aTender(database, people)
  await db('offerings').whereIn('agency_id', [first!.organisationId, twin.organisationId]).update({ listing_code: later.listing.code, listing_id: later.listing.id })
  for (const one of [first!, twin]) await submitBid(people(one), { number: later.number, contribution: '' })
  clock.set(later.tender.publication.closesAt)
  expect((await closeTender({ ...people(later.owner), actor: SYSTEM }, { id: later.tender.id })).closing).toMatchObject({ eligible: 2, excluded: 0 })
})

import { expect } from 'vitest'
import { findDivisionCases, findMyCases, findOwnCases } from '#app/domain/cases/find-cases.server.ts'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { offerMaterials } from '#app/domain/cases/offer-materials.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { test } from '#tests/support/database.ts'
import { makeProjectCode, regulator, unique } from '#tests/support/factories.ts'
import { aListing } from '#tests/support/tenders.ts'
import { say } from '#tests/support/inquiries.ts'

test('cases stand in the order in which they were received, page by page, whenever they were registered', async ({ database, context }) => {
  const { machine, applicant, office } = await ground(database, context)
  const days = ['2026-01-07', '2026-01-05', '2026-01-08', '2026-01-05', '2026-01-06']
  for (const day of days) await putCase(machine, { number: unique('AJ-'), input: aCase(applicant, { materials: [], receivedAt: `${day}T09:00:00+08:00`, states: [] }), say, idempotency: once(day) })
  const pages = async (find: (wanted: { before?: string | null; limit: number }) => Promise<{ items: { receivedAt: Date; number: string }[]; next: string | null }>) => {
    const seen: { receivedAt: Date; number: string }[] = []
    for (let before: string | null = null; ; ) {
      const { items, next } = await find({ before, limit: 2 })
      seen.push(...items)
      if (!next) return seen
      before = next
    }
  }
  const mine = await pages((wanted) => findOwnCases(machine, wanted))
  expect(new Set(mine.map(({ number }) => number)).size).toBe(5)
  expect(mine.map(({ receivedAt }) => receivedAt.toISOString().slice(0, 10))).toEqual(['2026-01-08', '2026-01-07', '2026-01-06', '2026-01-05', '2026-01-05'])
  const numbers = mine.map(({ number }) => number)
  expect((await pages((wanted) => findMyCases({ ...context(applicant), actor: applicant }, wanted))).map(({ number }) => number)).toEqual(numbers)
  const governor = await regulator(database.owner, { divisionCode: office.divisionCode })
  expect((await pages((wanted) => findDivisionCases(context(governor), wanted))).map(({ number }) => number).filter((number) => numbers.includes(number))).toEqual(numbers)
})

test('a case that is registered by hand begins with what every applicant may be asked for; the rest of the list is offered by name', async ({ database, context }) => {
  const db = database.owner
  const { office, applicant } = await ground(database, context)
  const item = unique('X')
  await db('approval_items').insert({ code: item, name: `某审批事项${item}`, stage: 'construction', parallel: false, authority: '某部门', commissioner: 'applicant', services: [], source: 'test', sample: true })
  const [usual, chosen, elsewhere] = [await aListing(db, { approvalItems: [item] }), await aListing(db, { approvalItems: [item] }), await aListing(db)]
  const { rules } = await db('listings').where({ id: usual.id }).first('rules')
  const bases = [{ type: 'law', title: '《水土保持法》', articles: '25', repealedOn: null }]
  await db('listings').where({ id: usual.id }).update({ nature: 'statutory', rules: { ...rules, bases, appliesWhen: null, commissioner: 'applicant', material: { code: 'M-SB', name: '水土保持方案报告书' } } })
  const found = await openCase(context(office), { say, number: unique('AJ-'), projectCode: makeProjectCode(), approvalItem: `某审批事项${item}`, flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: null, usual: 'yes' })
  expect(found.materials).toEqual([{ code: 'M-SB', name: '水土保持方案报告书', source: 'service', listingCode: usual.code, sharedFrom: null, state: 'lacking', reason: '' }])
  const offered = await offerMaterials(context(office), found)
  expect(offered.map(({ material }) => material.listingCode)).toEqual([chosen.code])
  expect(offered.map(({ material }) => material.listingCode)).not.toContain(elsewhere.code)
})

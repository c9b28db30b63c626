import { expect } from 'vitest'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { showMethods } from '#app/domain/tenders/show-methods.server.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { testApart as test } from '#tests/support/database.ts'
import { CHANGCHUN, owner, project } from '#tests/support/factories.ts'
import { aListing, contextsOf, MERIT, offering } from '#tests/support/tenders.ts'

test.for([
  ['random', 'noRandom', 'tenders.method-not-open'],
  ['merit', 'noMerit', 'tenders.method-not-open'],
  ['direct', 'noDirect', 'drafts.direct-closed'],
] as const)('where a division closes %s for a category it is refused when drafted and when published, and open to the next category', async ([method, name, code], { context, database }) => {
  const make = contextsOf(context)
  const db = database.owner
  const buyer = await owner(db)
  const [closed, open] = [await aListing(db), await aListing(db)]
  for (const [listing, category] of [[closed, '1401'], [open, '1403']] as const) await db('listings').where({ id: listing.id }).update({ category_code: category })
  const { code: projectCode } = await project(db, buyer)
  const wish = async (listing: { id: string; code: string }) => {
    const named = await offering(db, listing)
    return { projectCode, listingCode: listing.code, method, title: '这一类的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 30_000_00, ...(method === 'merit' && MERIT), ...(method === 'direct' && { namedAgency: named.uscc!, directReason: '同一项目前一阶段由该机构完成。' }) }
  }
  const drafted = await draftTender(make(buyer), await wish(closed))

  await setPolicy(db, { [name]: ['14'] })
  await expect(publishTender(make(buyer), { id: drafted.id })).rejects.toMatchObject({ code })
  await setPolicy(db, { [name]: ['1401'] })
  await expect(publishTender(make(buyer), { id: drafted.id })).rejects.toMatchObject({ code })
  await expect(draftTender(make(buyer), await wish(closed))).rejects.toMatchObject({ code, field: 'method' })
  expect((await publishTender(make(buyer), { id: (await draftTender(make(buyer), await wish(open))).id })).publication).toMatchObject({ procedure: { method } })

  // The form and the page of the service say the same beforehand.
  const found = (methods: readonly { method: string; fault: string | null }[]) => methods.find((each) => each.method === method)!.fault
  const { forecast } = await prepareTender(make(buyer), { projectCode, listingCode: closed.code })
  expect(found(forecast!.methods)).toBe('tenders.method-not-open')
  expect(forecast!.direct.fault?.code ?? null).toBe(method === 'direct' ? code : null)
  expect(found((await prepareTender(make(buyer), { projectCode, listingCode: open.code })).forecast!.methods)).toBeNull()
  const shown = (categoryCode: string) => showMethods(context(), { listing: { divisionCode: CHANGCHUN, categoryCode }, on: '2026-06-01' })
  expect([found(await shown('1401')), found(await shown('1403'))]).toEqual(['tenders.method-not-open', null])
})

import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { findOwnKeptForm } from '#app/domain/accounts/find-kept-form.server.ts'
import { keepForm } from '#app/domain/accounts/keep-form.server.ts'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { findProjectDemands } from '#app/domain/guard/find-project-demands.server.ts'
import { showFactNeeds } from '#app/domain/guard/show-fact-needs.server.ts'
import { copyTender } from '#app/domain/tenders/copy-tender.server.ts'
import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { findExemptions } from '#app/domain/tenders/find-exemptions.server.ts'
import { findMyTenders } from '#app/domain/tenders/find-my-tenders.server.ts'
import { handOverDraft } from '#app/domain/tenders/hand-over-draft.server.ts'
import { prepareTender } from '#app/domain/tenders/prepare-tender.server.ts'
import { previewTender } from '#app/domain/tenders/preview-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { recordExemption } from '#app/domain/tenders/record-exemption.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { reviseDraft } from '#app/domain/tenders/revise-draft.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { transact } from '#db/client.ts'
import { cleanUp } from '#db/repositories/clean-up.ts'
import { test, type TestDatabase } from '#tests/support/database.ts'
import { naturalPerson, owner, project } from '#tests/support/factories.ts'
import { aListing, aTender, contextsOf } from '#tests/support/tenders.ts'

async function aWish({ owner: db }: TestDatabase, given: { moneySource?: 'fiscal' | 'private' } = {}) {
  const member = await owner(db)
  const [listing, { code }] = [await aListing(db), await project(db, member, given)]
  return { member, listing, wish: { projectCode: code, listingCode: listing.code, method: 'random', title: '水土保持方案编制', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 80_000_50 } as const }
}

test('a second click on the same form writes no second draft, and nobody takes over another owner’s', async ({ database, context }) => {
  const { member, wish } = await aWish(database)
  const id = randomUUID()
  const [one, two] = await Promise.all([draftTender(context(member), wish, { id }), draftTender(context(member), wish, { id })])
  expect([one.id, two.id]).toEqual([id, id])
  const { member: stranger, wish: theirs } = await aWish(database)
  await expect(draftTender(context(stranger), theirs, { id })).rejects.toMatchObject({ kind: 'missing' })
  await expect(draftTender(context(stranger), theirs, { id: '1; drop table' })).rejects.toMatchObject({ kind: 'missing' })
})

test('a draft is saved as one goes, also unfinished, and is published only when nothing is missing', async ({ database, context, clock }) => {
  const { member, wish } = await aWish(database)
  const draft = await draftTender(context(member), { ...wish, title: '', requirements: '', serviceDays: 0 })
  await expect(publishTender(context(member), { id: draft.id })).rejects.toMatchObject({ code: 'drafts.incomplete' })
  clock.advance(60_000)
  const saved = await reviseDraft(context(member), { id: draft.id, version: 1, draft: { ...wish, contact: '采购部', deliverables: '报告书六份' } })
  expect(saved).toMatchObject({ version: 2, contact: '采购部', deliverables: '报告书六份', serviceDays: 10 })
  expect(saved.changedAt > draft.changedAt).toBe(true)
  expect((await publishTender(context(member), { id: draft.id })).publication).not.toBeNull()
  await expect(reviseDraft(context(member), { id: draft.id, version: 2, draft: wish })).rejects.toMatchObject({ code: 'tenders.not-a-draft' })
})

test('of two tabs the second is told, and neither loses what the other saved', async ({ database, context }) => {
  const { member, wish } = await aWish(database)
  const { id } = await draftTender(context(member), wish)
  const save = (title: string) => reviseDraft(context(member), { id, version: 1, draft: { ...wish, title } })
  const settled = await Promise.allSettled([save('第一个窗口写的标题'), save('第二个窗口写的标题')])
  expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'drafts.stale', kind: 'conflict' } })
  const stranger = await owner(database.owner)
  await expect(reviseDraft(context(stranger), { id, version: 2, draft: wish })).rejects.toMatchObject({ kind: 'missing' })
})

test('a delegate hands a finished draft to the manager once; changing it takes that back', async ({ database, context }) => {
  const { member, wish } = await aWish(database)
  const delegate = context({ ...member, duty: 'delegate' })
  const { id } = await draftTender(delegate, { ...wish, serviceDays: 0 })
  await expect(handOverDraft(delegate, { id })).rejects.toMatchObject({ code: 'drafts.incomplete' })
  await reviseDraft(delegate, { id, version: 1, draft: wish })
  const [first, second] = [await handOverDraft(delegate, { id }), await handOverDraft(delegate, { id })]
  expect(second.handedOver).toEqual(first.handedOver)
  const events = await database.owner('outbox').where({ subject: id })
  expect(events).toEqual([expect.objectContaining({ type: 'marketplace.draft.handed-over.v1', data: { draft: id, organisation: member.organisationId, by: member.accountId } })])
  expect((await findMyTenders(context(member), { show: 'ready' })).tenders.map(({ tender }) => tender.id)).toEqual([id])
  expect((await reviseDraft(delegate, { id, version: 2, draft: wish })).handedOver).toBeNull()
  await expect(publishTender(delegate, { id })).rejects.toMatchObject({ kind: 'forbidden' })
  await discardTender(delegate, { id })
  await expect(handOverDraft(delegate, { id })).rejects.toMatchObject({ code: 'tenders.not-a-draft' })
})

test('a tender of the past is copied into a draft of its own; what is published again goes out as it was', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { owner: member, tender } = await aTender(database, make)
  const copy = await copyTender(make(member), { id: tender.id })
  expect(copy).toMatchObject({ title: tender.title, republishesId: null, copiedFromId: tender.id, version: 1, publication: null })
  await expect(copyTender(make(await owner(database.owner)), { id: tender.id })).rejects.toMatchObject({ kind: 'missing' })
  clock.set(tender.publication.closesAt)
  await attendTender(make(member), { id: tender.id })
  const again = await republishTender(make(member), { id: tender.id })
  const change = { projectCode: again.projectCode, listingCode: 'any', method: 'random' as const, title: '换一个标题', requirements: '换一个要求，至少十个字。', serviceDays: 1, ceiling: 1 }
  await expect(reviseDraft(make(member), { id: again.id, version: 1, draft: change })).rejects.toMatchObject({ code: 'drafts.republication' })
})

test('a preview shows what the public would see and writes nothing', async ({ database, context }) => {
  const person = await naturalPerson(database.owner)
  const listing = await aListing(database.owner)
  const { code } = await project(database.owner, person, { name: '张三自建房' })
  const { id } = await draftTender(context(person), { projectCode: code, listingCode: listing.code, method: 'random', title: '自建房岩土勘察', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 1_000_00 })
  const before = await database.owner('ledger_entries').count().first()
  const shown = await previewTender(context(person), { id })
  expect(shown).toMatchObject({ state: 'open', isMine: false, owner: null, project: { name: null }, tender: { publication: { number: '', drawSource: 'local' } } })
  expect(await database.owner('ledger_entries').count().first()).toEqual(before)
  await expect(previewTender(context(await owner(database.owner)), { id })).rejects.toMatchObject({ kind: 'missing' })
  await discardTender(context(person), { id })
  await expect(previewTender(context(person), { id })).rejects.toMatchObject({ code: 'tenders.not-a-draft' })
})

test('the route is answered before anything is written, with the purchases that it adds up', async ({ database, context }) => {
  const { member, listing, wish } = await aWish(database, { moneySource: 'fiscal' })
  const ask = (ceilingFen: number) => prepareTender(context(member), { projectCode: wish.projectCode, listingCode: listing.code, ceilingFen })
  expect((await ask(100_000_00)).forecast).toMatchObject({ route: 'marketplace', earlier: [], sumFen: 100_000_00, direct: { fault: { code: 'drafts.direct-ceiling' } } })
  const { id } = await draftTender(context(member), { ...wish, ceiling: 200_000_00 })
  const { publication } = await publishTender(context(member), { id })
  const { forecast } = await ask(800_000_00)
  expect(forecast).toMatchObject({ route: 'government-procurement', yearTotalFen: 200_000_00, sumFen: 1_000_000_00, limitFen: 1_000_000_00, earlier: [{ number: publication!.number, ceilingFen: 200_000_00 }] })
  expect((await ask(799_999_99)).forecast).toMatchObject({ route: 'marketplace' })
})

test('why a purchase goes without procurement is recorded by the manager, and its reason is hidden in the ledger', async ({ database, context }) => {
  const { member, listing, wish } = await aWish(database, { moneySource: 'fiscal' })
  const said = { projectCode: wish.projectCode, listingCode: listing.code, ceiling: 900_000_00, reason: '堤防抢险，应急管理局批准。' }
  await expect(recordExemption(context({ ...member, duty: 'delegate' }), { ...said, exemption: 'disaster' })).rejects.toMatchObject({ kind: 'forbidden' })
  await recordExemption(context(member), { ...said, exemption: 'disaster' })
  await recordExemption(context(member), { ...said, exemption: 'state-secret' })
  const bodies = (await database.owner('ledger_entries').where({ subject: wish.projectCode, kind: 'purchase.exempted' }).orderBy('ordinal').pluck('body')) as string[]
  expect(bodies.join()).not.toContain('堤防')
  expect(JSON.parse(bodies[0]!).facts).toMatchObject({ exemption: 'disaster', listing: listing.code, ceilingFen: 900_000_00 })
  expect(JSON.parse(bodies[1]!).facts.listing).toBeUndefined()
  expect((await findExemptions(context(member), { code: wish.projectCode })).map(({ reason }) => reason)).toEqual([said.reason, said.reason])
  expect(await findExemptions(context(await owner(database.owner)), { code: wish.projectCode })).toEqual([])
  await expect(recordExemption(context(await owner(database.owner)), { ...said, exemption: 'disaster' })).rejects.toMatchObject({ code: 'tenders.no-such-project' })
})

test('an owner pages through the own tenders by their last change, and through those of one project', async ({ database, context, clock }) => {
  const { member, wish } = await aWish(database)
  const ids: string[] = []
  for (let count = 0; count < 5; count++) {
    clock.advance(60_000)
    ids.unshift((await draftTender(context(member), wish)).id)
  }
  clock.advance(60_000)
  await reviseDraft(context(member), { id: ids[4]!, version: 1, draft: wish })
  const order = [ids[4], ...ids.slice(0, 4)]
  const first = await findMyTenders(context(member), { limit: 3 })
  const second = await findMyTenders(context(member), { limit: 3, before: first.next! })
  expect([...first.tenders, ...second.tenders].map(({ tender }) => tender.id)).toEqual(order)
  expect(second.next).toBeNull()
  expect((await findMyTenders(context(member), { projectCode: '2026-220100-47-01-999999' })).tenders).toEqual([])
  expect((await findMyTenders(context(member), { before: 'nothing' })).tenders).toHaveLength(5)
})

test('a project says which facts the list asks for and which are missing; nobody else learns of either', async ({ database, context }) => {
  const { member, wish } = await aWish(database)
  const { needs, missing } = await showFactNeeds(context(member), { code: wish.projectCode })
  expect(missing).toEqual(Object.keys(needs).length ? expect.arrayContaining(Object.keys(needs)) : [])
  expect(await findProjectDemands(context(member), { code: wish.projectCode })).toEqual([])
  const stranger = await owner(database.owner)
  await expect(showFactNeeds(context(stranger), { code: wish.projectCode })).rejects.toMatchObject({ kind: 'missing' })
  await expect(findProjectDemands(context(stranger), { code: wish.projectCode })).rejects.toMatchObject({ kind: 'missing' })
})

test('a form that was sent over an ended session comes back to its person alone, for half an hour', async ({ database, context, clock }) => {
  const [member, neighbour] = [await owner(database.owner), await owner(database.owner)]
  const { db } = context(member)
  const { token: session } = await transact(db, (trx) => openSession(trx, { accountId: member.accountId, userAgent: 'test', at: clock.now }))
  const token = (await keepForm(db, clock, { path: '/owner/tenders/new', values: { title: '长表单', password: 'x' }, formerToken: session }))!
  expect(await findOwnKeptForm(context(member), token)).toMatchObject({ path: '/owner/tenders/new', values: { title: '长表单' } })
  expect(await findOwnKeptForm(context(neighbour), token)).toBeNull()
  expect(await keepForm(db, clock, { path: '/', values: { title: '陌生人' }, formerToken: 'x'.repeat(43) })).toBeNull()
  const newer = (await keepForm(db, clock, { path: '/owner/tenders/new', values: { title: '后一份' }, formerToken: session }))!
  expect(await findOwnKeptForm(context(member), token)).toBeNull()
  clock.advance(30 * 60_000)
  expect(await findOwnKeptForm(context(member), newer)).toBeNull()
  clock.advance(1)
  expect((await cleanUp(database.owner, clock.now)).keptForms).toBe(1)
})

import { expect } from 'vitest'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { AgencyForm } from '#app/domain/agencies/agency.ts'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import { registerAgency } from '#app/domain/agencies/register-agency.server.ts'
import { withdrawOffering } from '#app/domain/agencies/withdraw-offering.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { takeOverList } from '#app/domain/catalogue/take-over-list.server.ts'
import { addDays } from '#app/domain/calendar.ts'
import { findAnything } from '#app/domain/search/find-anything.server.ts'
import type { Filters, Kind } from '#app/domain/search/found.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { liftSuspension } from '#app/domain/tenders/resume-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { reindex, reindexIfOld } from '#search/reindex.ts'
import { transact } from '#db/client.ts'
import { holdReader } from '#db/repositories/outbox.ts'
import { openSearch } from '#search/search.ts'
import { syncSearch } from '#search/sync.ts'
import { test, testApart, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { agency, makeUscc, naturalPerson, owner, project, regulator, unique } from '#tests/support/factories.ts'
import { phaseText } from '#app/ui/search-lines.tsx'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'
import { aListing, aTender, contextsOf, offering, sequencerOf, withBidders } from '#tests/support/tenders.ts'

type Db = TestDatabase['app']

/** What the worker's round does, until nothing is left to read. */
async function catchUp(db: Db): Promise<void> {
  while (await syncSearch(db, openSearch(db), 50));
}

async function find(context: TestContext, text: string, kind: Kind, filters: Filters = {}) {
  const { lines } = await findAnything(context, { text, kind, filters, page: 1 })
  return lines.filter(({ way }) => way !== 'near')
}

const documentsIn = (db: Db) => db('search_documents').orderBy(['kind', 'id']).select()

const registration = (name: string, uscc: string) =>
  AgencyForm.parse({ uscc, name, legalRepresentative: '欧阳某某', phone: '0431-88888888', address: '绿园区示例路1号', divisionCode: '220106', introduction: '上官某某创办', commitment: 'yes', displayName: '司徒某某', signInName: unique('agency').toLowerCase(), password: 'a long enough password', passwordAgain: 'a long enough password' })

test('an agency is found after the round by its name, its letters, its code and what it offers; what it takes back no longer leads to it', async ({ db, context, database }) => {
  const uscc = makeUscc()
  await registerAgency(context(), { ...registration('瑞枫岩土勘测有限公司', uscc), locale: 'zh' })
  expect(await find(context(), '瑞枫', 'agency')).toEqual([])
  await catchUp(db)
  for (const text of ['瑞枫', '瑞枫岩土勘测', 'ruifeng', 'rfytkc', uscc]) expect(await find(context(), text, 'agency'), text).toMatchObject([{ title: '瑞枫岩土勘测有限公司', shown: { uscc, offerings: 0 } }])

  const row = await database.owner('organisations').where({ uscc }).first()
  const account = await database.owner('memberships').where({ organisation_id: row.id }).first()
  const member: Member = { kind: 'member', accountId: account.account_id, displayName: '', organisationId: row.id, organisationName: row.name, uscc, divisionCode: '220106', role: 'agency', duty: 'manager' }
  const { offering } = await offerService(context(member), { listingCode: 'R28', conditions: '无', process: '踏勘', promisedDays: 15, fee: '按合同', serviceDivisions: ['220106'] })
  await catchUp(db)
  expect(await find(context(), '瑞枫 水土保持', 'agency')).toHaveLength(1)
  expect(await find(context(), '水保 瑞枫', 'agency')).toHaveLength(1)
  expect(await find(context(), '瑞枫', 'agency', { service: 'R28', division: '220106' })).toHaveLength(1)
  expect(await find(context(), '瑞枫', 'agency', { service: 'R01' })).toEqual([])
  await withdrawOffering(context(member), { offeringId: offering.id })
  await catchUp(db)
  expect(await find(context(), '瑞枫 水土保持', 'agency')).toEqual([])
})

test('who leads an agency, acts for it or is named in its own words leads nobody to it; an expelled one is not found', async ({ db, context, database }) => {
  const uscc = makeUscc()
  await registerAgency(context(), { ...registration('白桦测绘有限公司', uscc), locale: 'zh' })
  await catchUp(db)
  for (const text of ['欧阳某某', '上官某某', '司徒某某', 'ouyang', 'symm']) expect(await find(context(), text, 'agency'), text).toEqual([])
  expect(JSON.stringify(await documentsIn(db))).not.toMatch(/欧阳|上官|司徒|ouyang|shangguan|situ/)
  await database.owner('agencies').update({ expelled_at: new Date() }).whereIn('organisation_id', database.owner('organisations').select('id').where({ uscc }))
  await reindex(db, openSearch(db))
  expect(await find(context(), '白桦测绘', 'agency')).toEqual([])
})

test('a tender that is held or called off is found as such, and held no longer as what it was', async ({ db, context, database, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const { title } = stage.tender
  const office = make(await regulator(database.owner))
  await suspendTender(office, { number: stage.number, lasting: { n: 5, unit: 'd' }, reason: '收到举报，暂停核查。', basis: '政府采购法第五十七条' })
  await catchUp(db)
  expect(await find(context(), title, 'tender', { state: 'suspended' })).toMatchObject([{ phase: 'suspended' }])
  expect(await find(context(), title, 'tender', { state: 'open' })).toEqual([])
  clock.set(new Date(clock.now.getTime() + 60_000))
  await liftSuspension(office, { number: stage.number, reason: '核查完毕，没有发现问题。' })
  await catchUp(db)
  expect(await find(context(), title, 'tender')).toMatchObject([{ phase: 'open' }])
  await cancelTender(make(stage.owner), { number: stage.number, reason: '项目资金没有落实，不再采购。' })
  clock.set(new Date(clock.now.getTime() + 60_000))
  await catchUp(db)
  expect(await find(context(), title, 'tender')).toMatchObject([{ phase: 'cancelled' }])
})

test('a tender is found from its publication on, in the phase of the hour, and as a result once it has ended', async ({ db, context, database, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const { title, publication } = stage.tender
  await catchUp(db)
  expect(await find(context(), title, 'tender')).toMatchObject([{ title, phase: 'open', shown: { number: stage.number, owner: stage.owner.organisationName } }])
  expect(await find(context(), stage.number, 'tender')).toHaveLength(1)
  expect(await find(context(), stage.number.toLowerCase().replaceAll('-', ' '), 'tender')).toHaveLength(1)
  expect(await find(context(), stage.owner.organisationName, 'tender')).toHaveLength(1)
  expect(await find(context(), title, 'tender', { state: 'underway' })).toEqual([])

  const bidders = await withBidders(database, make, stage, 3)
  clock.set(publication.closesAt)
  expect(await find(context(), title, 'tender', { state: 'underway' })).toMatchObject([{ phase: 'underway' }])
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  clock.set(publication.drawsAfter)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  expect(await find(context(), title, 'result')).toEqual([])
  await catchUp(db)
  expect(await find(context(), title, 'tender')).toMatchObject([{ phase: 'publicity' }])
  const [result] = await find(context(), title, 'result', { year: publication.drawsAfter.toISOString().slice(0, 4) })
  if (result?.kind !== 'result') throw new Error('There is no result.')
  expect(bidders.map(({ organisationName }) => organisationName)).toContain(result.shown.winner)
  expect((await find(context(), result.shown.winner!, 'result')).map(({ id }) => id)).toEqual([stage.number])
  clock.set(new Date(publication.drawsAfter.getTime() + 90 * 86_400_000))
  expect(await find(context(), title, 'tender', { state: 'awarded' })).toMatchObject([{ phase: 'awarded' }])
  expect(await find(context(), title, 'result', { state: 'publicity' })).toEqual([])
})

test('an open direct selection is found as one, so that nobody is told that bids are taken', async ({ db, context, database }) => {
  const make = contextsOf(context)
  const member = await owner(database.owner)
  const listing = await aListing(database.owner)
  const named = await offering(database.owner, listing)
  const { code } = await project(database.owner, member)
  const wish = { projectCode: code, listingCode: listing.code, method: 'direct', title: '鹿鸣岭直接选取监测', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 30_000_00, namedAgency: named.uscc!, directReason: '前一阶段由该机构完成，资料齐全。' } as const
  await publishTender(make(member), { id: (await draftTender(make(member), wish)).id })
  await aTender(database, make)
  await catchUp(db)
  const [line] = await find(context(), '鹿鸣岭', 'tender')
  expect(line).toMatchObject({ phase: 'open', shown: { direct: true } })
  if (line?.kind !== 'tender') throw new Error('There is no tender.')
  expect([zh, en].map((words) => phaseText(words, line.phase!, line.shown))).toEqual(['等待接受', 'Awaiting acceptance'])
  expect(phaseText(zh, 'open', { direct: false })).toBe(zh.tenders.states.open)
})

test('a tender that fails is a result without a winner', async ({ db, context, database, clock }) => {
  const stage = await aTender(database, contextsOf(context))
  clock.set(stage.tender.publication.closesAt)
  await attendTender(contextsOf(context)(stage.owner), { id: stage.tender.id })
  await catchUp(db)
  expect(await find(context(), stage.tender.title, 'result')).toMatchObject([{ shown: { winner: null } }])
  expect(await find(context(), stage.tender.title, 'tender', { state: 'failed' })).toHaveLength(1)
})

test('a draft is never found, before the round or after it, by the index built anew or by its owner', async ({ db, context, database }) => {
  const member = await owner(database.owner)
  const { code } = await project(database.owner, member)
  const listing = await aListing(database.owner)
  await draftTender(context(member), { projectCode: code, listingCode: listing.code, method: 'random', title: '霁月湖保密草稿', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  await catchUp(db)
  await reindex(db, openSearch(db))
  for (const kind of ['tender', 'result'] as const) for (const text of ['霁月湖', 'jiyuehu', code]) expect(await find(context(member), text, kind)).toEqual([])
})

test("a natural person's tender is found by its service alone: neither the person, the title nor the project leads to it", async ({ db, context, database }) => {
  const member = await naturalPerson(database.owner, { name: '慕容示例' })
  const listing = await aListing(database.owner)
  const { code } = await project(database.owner, member, { name: '慕容示例自建住宅' })
  const draft = await draftTender(context(member), { projectCode: code, listingCode: listing.code, method: 'random', title: '慕容示例自建住宅勘察', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  const { publication } = await publishTender(context(member), { id: draft.id })
  await catchUp(db)
  for (const text of ['慕容示例', '慕容', 'murong', 'mrsl', '自建住宅勘察']) expect(await find(context(), text, 'tender'), text).toEqual([])
  expect(await find(context(), publication!.number, 'tender')).toMatchObject([{ shown: { owner: null } }])
  expect((await find(context(), `服务${listing.code}`, 'tender')).map(({ id }) => id)).toEqual([publication!.number])
  const [row] = await db('search_documents').where({ id: publication!.number }).select('name', 'latin', 'spaced', 'words', 'shown')
  expect(JSON.stringify(row)).not.toMatch(/慕容|murong/)
})

test('a service that is retired is found until its last day, and its new wording from its first, without anybody telling the index that morning', async ({ db, context, clock }) => {
  const today = '2026-11-20'
  clock.set(new Date(`${today}T02:00:00Z`))
  const last = addDays(today, 10)
  await catchUp(db)
  await takeOverList(context(SYSTEM), { divisionCode: '220100', from: last, note: '事项取消', wordings: [], retiring: ['R28'] })
  await catchUp(db)
  expect(await find(context(), 'R28', 'service')).toHaveLength(1)
  clock.set(new Date(`${addDays(last, 1)}T02:00:00Z`))
  expect(await find(context(), 'R28', 'service')).toEqual([])
})

testApart('the index built anew holds the same documents as the one that events built, and is built once a reading of words', async ({ db, context, database, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 3)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await registerAgency(context(), { ...registration('青杉环境有限公司', makeUscc()), locale: 'zh' })
  await catchUp(db)
  const bySync = await documentsIn(db)
  // Agencies that a test put in as rows told nobody of themselves.
  const told = (documents: { kind: string; title: string }[]) => documents.filter(({ kind, title }) => kind !== 'agency' || title === '青杉环境有限公司')
  const total = await reindex(db, openSearch(db))
  const rebuilt = await documentsIn(db)
  expect(rebuilt).toHaveLength(total)
  expect(told(rebuilt)).toEqual(told(bySync))
  expect(await reindexIfOld(db, openSearch(db))).toBeNull()
  // While another worker builds it or reads events nobody waits, and nothing fails.
  await transact(db, async (trx) => {
    await holdReader(trx, 'search')
    expect(await reindexIfOld(db, { ...openSearch(db), reading: 999 })).toBeNull()
  })
  expect(await reindexIfOld(db, { ...openSearch(db), reading: 999 })).toBe(total)
})

testApart('what fails while the index is written is read again, and nothing is half there', async ({ db, context, database }) => {
  await catchUp(db)
  const stage = await aTender(database, contextsOf(context))
  const engine = openSearch(db)
  const failing = { ...engine, replace: async (...given: Parameters<typeof engine.replace>) => { await engine.replace(...given); throw new Error('The index is away.') } }
  await expect(syncSearch(db, failing, 50)).rejects.toThrow('away')
  expect(await find(context(), stage.number, 'tender')).toEqual([])
  await catchUp(db)
  expect(await find(context(), stage.number, 'tender')).toHaveLength(1)
  await agency(database.owner)
})

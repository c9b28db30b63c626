import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { acceptResult, returnResult } from '#app/domain/contracts/answer-result.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { NATIONAL_TABLES, type NationalTable } from '#app/domain/exchange/national-row.ts'
import { nameNationalCode, showNationalCodes } from '#app/domain/exchange/name-national-code.server.ts'
import { exportFaults, exportNational, showExchange } from '#app/domain/exchange/show-exchange.server.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { aCaseFor, aFile, boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { tellExchange, type National } from '#tests/support/exchange.ts'
import { authority, CHANGCHUN, operator, regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, drawn, withBidders } from '#tests/support/tenders.ts'

const DAY = 24 * 3_600_000
const services = async (database: TestDatabase, number: string): Promise<National[]> => database.owner('spgl_zjfwsxblxxb').where({ zjfwsxslbm: number }).orderBy('lsh')
const steps = async (database: TestDatabase, number: string): Promise<National[]> => database.owner('spgl_zjfwsxblgcxxb').where({ zjfwsxslbm: number }).orderBy('lsh')

async function exported(context: TestContext, table: NationalTable): Promise<National[]> {
  const rows: National[] = []
  for await (const part of exportNational(context, table)) rows.push(...part)
  return rows
}

test('the views have the columns of the contract in its order', async ({ database }) => {
  for (const [table, columns] of Object.entries(NATIONAL_TABLES)) {
    const { rows } = await database.owner.raw<{ rows: { name: string }[] }>(`select column_name as name from information_schema.columns where table_name = ? order by ordinal_position`, [table])
    expect(rows.map(({ name }) => name)).toEqual([...columns])
  }
})

test('a service is told from its notice to its accepted result, each step in Beijing’s time, and every correction leaves the row before', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, owner, winner, tender } = stage
  const office = await authority(database.owner)
  const file = await aCaseFor(database.owner, stage, office)
  expect(await tellExchange(context())).toBeGreaterThan(0)
  expect(await tellExchange(context())).toBe(0)
  const [row] = await services(database, number)
  expect(row).toMatchObject({ xzqhdm: CHANGCHUN, xmdm: tender.projectCode, zjfwsxbm: stage.listing.code, dybzzjfwsxbm: null, spsxslbm: file.number, blsx: 10, sxlx: 2, zjjgdm: winner.uscc, zjjgmc: winner.organisationName, wtrdm: owner.uscc, wtr: owner.organisationName, sjyxbs: 1, sjwxyy: null, sjsczt: 0, sbyy: null, scsj: null })

  await contracted(make, clock, stage, { days: 8 })
  clock.advance(DAY)
  const { id: first } = await deliverResult(make(winner), { number, name: '报告书', document: aFile('成果'), handover: null })
  await returnResult(make(owner), { number, id: first, reasons: '第三章缺少现场踏勘记录，请补正。', unmet: '' })
  clock.advance(DAY)
  const { id: second } = await deliverResult(make(winner), { number, name: '报告书', document: null, handover: '移交清单第 7 号，签收。' })
  await acceptResult(make(owner), { number, id: second })
  await tellExchange(context())
  const told = await services(database, number)
  expect(told.map(({ sjyxbs, blsx, sjwxyy }) => [sjyxbs, blsx, sjwxyy])).toEqual([[0, 10, '已更正：办理时限'], [1, 8, null]])
  expect(new Set(told.map(({ dfsjzj }) => dfsjzj)).size).toBe(2)
  const ways = await steps(database, number)
  expect(ways.map(({ blzt, fjid, sjyxbs }) => [blzt, fjid, sjyxbs])).toEqual([[1, null, 1], [2, null, 1], [4, null, 1], [5, first, 1], [6, null, 1], [5, null, 1], [7, null, 1]])
  const { rows: [published] } = await database.owner.raw(`select to_char(blsj, 'YYYY-MM-DD HH24:MI:SS') as told, to_char(tenders.published_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as was from spgl_zjfwsxblgcxxb join tenders on number = zjfwsxslbm where blzt = 1 and zjfwsxslbm = ?`, [number])
  expect(published.told).toBe(published.was)
  // Nobody's own words leave the house: neither the reasons nor what was handed over on paper.
  expect(JSON.stringify(ways)).not.toMatch(/踏勘|移交清单/)

  // The office corrects its case: both tables follow, and both old rows say which column it was.
  await database.owner('cases').where({ id: file.id }).update({ project_code: '2026-220100-47-01-999999' })
  await database.owner.transaction((trx) => insertEvent(trx, { type: 'marketplace.case.changed.v1', subject: file.number, data: { project: '2026-220100-47-01-999999' }, at: clock.now, traceId: '1' }))
  await tellExchange(context())
  expect((await services(database, number)).at(-2)).toMatchObject({ sjyxbs: 0, sjwxyy: '已更正：项目代码' })
  const corrected = await steps(database, number)
  expect(corrected.filter(({ sjyxbs }) => sjyxbs === 1)).toHaveLength(7)
  expect(corrected.filter(({ sjyxbs, sjwxyy }) => sjyxbs === 0 && sjwxyy === '已更正：项目代码')).toHaveLength(7)
})

test('a cancelled tender ends its rows with the reason, and what is bought again for the same document takes the place', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await aCaseFor(database.owner, stage, await authority(database.owner))
  await tellExchange(context())
  expect(await services(database, stage.number)).toMatchObject([{ sjyxbs: 1, zjjgdm: null, zjjgmc: null }])
  await cancelTender(make(stage.owner), { number: stage.number, reason: '项目暂缓，另行采购。' })
  await tellExchange(context())
  expect(await services(database, stage.number)).toMatchObject([{ sjyxbs: 0, sjwxyy: '采购公告已取消' }])
  expect(await steps(database, stage.number)).toMatchObject([{ sjyxbs: 0, sjwxyy: '采购公告已取消' }])
  const draft = await republishTender(make(stage.owner), { id: stage.tender.id })
  const again = await publishTender(make(stage.owner), { id: draft.id })
  await tellExchange(context())
  expect(await services(database, again.publication!.number)).toMatchObject([{ sjyxbs: 1 }])

  // Too few bidders: the same, by another word.
  clock.set(again.publication!.closesAt)
  await attendTender(make(stage.owner), { id: again.id })
  await tellExchange(context())
  expect(await services(database, again.publication!.number)).toMatchObject([{ sjyxbs: 0, sjwxyy: '采购未成，没有选出中介机构' }])
  const { ended, counts } = await showExchange(context(await operator(database.owner)), { show: 'ended' })
  expect(ended.map(({ why, next }) => [...why, next])).toEqual([['failed', null], ['cancelled', null]])
  expect(counts).toEqual({ valid: 0, faulty: 0, refused: 0, ended: 2 })
})

test('who declines makes way: the step stays, and the next agency stands in a new row', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await aCaseFor(database.owner, stage, await authority(database.owner))
  const bidders = await withBidders(database, make, stage, 3)
  await drawn(database, make, clock, stage)
  await tellExchange(context())
  const { zjjgdm: first } = (await services(database, stage.number)).at(-1)!
  await declineAward(make(bidders.find(({ uscc }) => uscc === first)!), { number: stage.number, reason: 'no-capacity', words: '人手不足，无法按期完成。' })
  await tellExchange(context())
  const rows = await services(database, stage.number)
  expect(rows.filter(({ sjyxbs }) => sjyxbs === 1)).toHaveLength(1)
  expect(rows.at(-1)!.zjjgdm).not.toBe(first)
  expect((await steps(database, stage.number)).map(({ blzt, sjyxbs }) => [blzt, sjyxbs])).toEqual(expect.arrayContaining([[2, 1], [3, 1]]))
})

test('the check page counts what would be refused, by division and by fault, and forgets what is mended', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const [runner, watcher, elsewhere] = [await operator(database.owner), await regulator(database.owner), await regulator(database.owner, { divisionCode: '220200' })]
  const stage = await boundTender(database, make, clock)
  await aCaseFor(database.owner, stage, await authority(database.owner))
  await tellExchange(context())
  const page = await showExchange(context(runner), {})
  expect(page.counts).toEqual({ valid: 1, faulty: 1, refused: 0, ended: 0 })
  expect(page.lines[0]!.faults.map(({ fault }) => fault)).toEqual(['project-not-stated', 'item-code', 'service-code'])
  expect(page.divisions).toMatchObject([{ code: CHANGCHUN, count: 1 }])
  expect((await showExchange(context(runner), { fault: 'service-code' })).lines).toHaveLength(1)
  expect((await showExchange(context(runner), { fault: 'days' })).lines).toEqual([])
  // A part of what there is begins below a serial number, and its figures are of that part alone.
  const { lsh } = page.lines[0]!
  expect([(await showExchange(context(runner), { below: lsh + 1 })).counts.valid, (await showExchange(context(runner), { below: lsh })).counts.valid]).toEqual([page.counts.valid, page.counts.valid - 1])
  expect((await showExchange(context(runner), { show: 'refused' })).lines).toEqual([])
  expect((await showExchange(context(runner), { division: '220106' })).counts.valid).toBe(0)
  expect((await showExchange(context(elsewhere), { division: CHANGCHUN })).counts.valid).toBe(0)
  expect(await exported(context(elsewhere), 'spgl_zjfwsxblxxb')).toEqual([])
  expect(await exported(context(watcher), 'spgl_zjfwsxblgcxxb')).toHaveLength(2)
  expect(await exportFaults(context(watcher))).toHaveLength(1)
  for (const actor of [stage.owner, stage.winner]) await expect(showExchange(context(actor), {})).rejects.toMatchObject({ code: 'accounts.not-allowed' })

  const item = (await database.owner('cases').first<{ approval_item: string }>('approval_item'))!.approval_item
  await nameNationalCode(context(watcher), { kind: 'service', key: stage.listing.code, code: 'GJ-0028' })
  await nameNationalCode(context(watcher), { kind: 'item', key: item, code: '000115035000' })
  await expect(nameNationalCode(context(watcher), { kind: 'item', key: item, code: '000115035000' })).rejects.toMatchObject({ code: 'exchange.same-code' })
  await expect(nameNationalCode(context(watcher), { kind: 'service', key: 'NOPE', code: 'GJ-1' })).rejects.toMatchObject({ code: 'exchange.no-such-key' })
  await expect(nameNationalCode(context(runner), { kind: 'item', key: item, code: '' })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
  expect((await showNationalCodes(context(watcher))).map(({ kind, key, code }) => [kind, key, code])).toEqual([['item', item, '000115035000'], ['service', stage.listing.code, 'GJ-0028']])
  const { project_code, authority_id } = (await database.owner('cases').first())!
  await database.owner('project_statements').insert({ project_code, authority_id, division_code: CHANGCHUN, name: '某项目', owner_name: '某业主', flow_type: 'private-general', money_source: 'private', facts: JSON.stringify({ 'site.regionalAssessments': [] }), stated_at: clock.now })
  await tellExchange(context())
  const mended = await showExchange(context(runner), {})
  expect(mended.counts).toEqual({ valid: 1, faulty: 0, refused: 0, ended: 1 })
  expect((await services(database, stage.number)).map(({ dybzzjfwsxbm, sjwxyy }) => [dybzzjfwsxbm, sjwxyy])).toEqual([[null, '已更正：对应标准中介服务事项编码'], ['GJ-0028', null]])
  await nameNationalCode(context(watcher), { kind: 'service', key: stage.listing.code, code: '' })
  await tellExchange(context())
  expect((await services(database, stage.number)).at(-1)!.dybzzjfwsxbm).toBe(null)
})

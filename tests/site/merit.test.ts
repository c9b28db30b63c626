import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { listOpened } from '#db/repositories/openings.ts'
import type { TestContext } from '#tests/support/database.ts'
import { owner as anOwner, project as aProject, unique } from '#tests/support/factories.ts'
import { startSite, type Site } from '#tests/support/site.ts'
import { aListing, offering, setPeriods } from '#tests/support/tenders.ts'
import type { Visitor } from '#tests/support/visitor.ts'
import { signedIn } from '#tests/support/world.ts'
import { test as base } from 'vitest'

const test = base.extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
  const site = await startSite({ demo: true })
  onCleanup(site.stop)
  return site
})

const PASSWORD = '四月的雨落在净月潭边上'
const hidden = (html: string, name: string) => new RegExp(`<input type="hidden" name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1]
const keyringOf = ({ config }: Site) => openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })

test('a tender by merit from its draft to its award, by forms alone', async ({ site }) => {
  const db = site.database.owner
  await setPeriods(db, { application: { n: 5, unit: 's' }, drawDelay: { n: 2, unit: 's' }, noticeObjectionBeforeClose: { n: 0, unit: 's' }, scoring: { n: 60, unit: 's' }, publicity: { n: 60, unit: 's' }, decline: { n: 30, unit: 's' } })
  const member = await anOwner(db)
  const listing = await aListing(db)
  await db('listings').where({ id: listing.id }).update({ category_code: '0404' })
  const { code } = await aProject(db, member)
  const owner = await signedIn(site, member)
  const draft = { projectCode: code, listingCode: listing.code, draftId: randomUUID(), act: 'check', method: 'merit', title: '绿园区小学设计', requirements: '按规范完成，成果两份。', deliverables: '', serviceDays: '30', ceiling: '50000', contact: '', quoteKind: 'money', priceWeight: '40', judges: '3', criterion1: '设计方案', weight1: '60' }
  const form = paths.newTender({ project: code, service: listing.code, sum: '50000' })
  const odd = await owner.post(form, { ...draft, weight1: '50', judges: '2' })
  expect(odd.status).toBe(422)
  for (const sentence of ['相加要正好 100 分，现在是 90 分', '评委人数要是单数', 'value="设计方案"']) expect(odd.text).toContain(sentence)
  const cheap = await owner.post(form, { ...draft, draftId: randomUUID(), priceWeight: '5', weight1: '95' })
  expect([cheap.status, cheap.text.includes('价格分不能少于 10 分')]).toEqual([409, true])
  const made = await owner.post(form, draft)
  const id = made.location!.split('/').at(-1)!
  expect((await owner.get(paths.previewDraft(id))).text).toContain('设计方案 60')
  const published = await owner.post(paths.draft(id), { act: 'publish' })
  const number = /MD-[0-9-]+/.exec(published.location!)![0]

  const bids: Visitor[] = []
  for (const price of ['40000', '30000']) {
    const bidder = await signedIn(site, await offering(db, listing))
    const page = (await bidder.get(paths.bid(number))).text
    const bid = { act: 'submit', bid: hidden(page, 'bid')!, envelope: '', price, plan: '', contribution: '', commitment: 'yes' }
    const empty = await bidder.post(paths.bid(number), bid)
    expect([empty.status, empty.text.includes('id="field-plan-error"'), empty.text.includes(`value="${price}"`)]).toEqual([422, true, true])
    expect((await bidder.submit(paths.bid(number), { ...bid, plan: `三阶段方案\r\n报价 ${price}` })).text).toContain('密封的报价已收到')
    bids.push(bidder)
  }
  const context = { db: site.database.app, actor: member, clock: databaseClock, keyring: keyringOf(site), traceId: '0'.repeat(32) } as unknown as TestContext
  const sequence = makeSequencer({ db: site.database.ledger, keyring: keyringOf(site), clock: databaseClock, log: { warn: () => {} } })
  const waitFor = async (holds: () => Promise<boolean>) => {
    for (let tries = 0; tries < 100 && !(await holds()); tries++) {
      await sequence()
      await attendTender(context, { id })
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(await holds()).toBe(true)
  }
  expect((await owner.post(paths.judges(number), { act: 'invite', seat: '1', judgeName: '何评审', judgePhone: '13900001111' })).text).toContain('现在不能办理评委的事')
  await waitFor(async () => (await db('draw_pools').where({ tender_id: id })).length === 1)

  const related = await owner.post(paths.judges(number), { act: 'invite', seat: '1', judgeName: member.displayName, judgePhone: '13900001111' })
  expect([related.status, related.text.includes('采购人一方的人')]).toEqual([409, true])
  const judges: Visitor[] = []
  for (const seat of [1, 2, 3]) {
    const name = `${'甲乙丙'[seat - 1]}评审`
    const invited = (await owner.post(paths.judges(number), { act: 'invite', seat: String(seat), judgeName: name, judgePhone: `1390000222${seat}` })).text
    const invitation = /<code[^>]*>([\w-]{30,})</.exec(invited.replaceAll('<wbr/>', ''))![1]!
    const judge = site.visitor()
    await judge.post('/register?as=delegate', { invitation, displayName: name, signInName: unique('judge').toLowerCase(), password: PASSWORD, passwordAgain: PASSWORD })
    expect((await judge.get(paths.judgeDesk())).text).toContain('声明有无利害关系')
    const page = (await judge.get(paths.judge(number))).text
    expect(page).toContain('利害关系声明')
    expect(page).not.toContain('三阶段方案')
    expect((await judge.post(paths.judge(number), { act: 'declare' })).status).toBe(422)
    expect((await judge.submit(paths.judge(number), { act: 'declare', commitment: 'yes' })).text).toContain('声明已记入账本')
    judges.push(judge)
  }
  await waitFor(async () => (await db('tender_openings').where({ tender_id: id })).length === 1)
  const [dear, cheapest] = (await listOpened(db, id)).map(({ bid }) => bid) as [string, string]
  const sheet = { act: 'commit', [pointsField(dear, 'c1')]: '58', [reasonField(dear, 'c1')]: '针对性强，深度足够。', [pointsField(cheapest, 'c1')]: '30', [reasonField(cheapest, 'c1')]: '没有踏勘安排。' }
  for (const stranger of [site.visitor(), bids[0]!]) expect((await stranger.get(paths.tender(number))).text).not.toMatch(/三阶段方案|甲评审/)
  for (const judge of judges) {
    expect((await judge.get(paths.judge(number))).text).toContain('三阶段方案')
    // A judge who leaves and comes back finds what was typed, whole or not, and nobody else does.
    const half = { act: 'draft', [pointsField(dear, 'c1')]: '五十多', [reasonField(dear, 'c1')]: '附件还没有看完' }
    expect((await judge.submit(paths.judge(number), half)).text).toContain('草稿已保存，还没有提交')
    const again = (await judge.get(paths.judge(number))).text
    for (const words of ['value="五十多"', '附件还没有看完</textarea>', '下面是您保存的草稿']) expect(again).toContain(words)
    for (const other of [owner, bids[0]!, site.visitor()]) expect((await other.get(paths.judge(number))).text).not.toContain('附件还没有看完')
    const wrong = await judge.post(paths.judge(number), { ...sheet, [pointsField(dear, 'c1')]: '61' })
    expect([wrong.status, wrong.text.includes('分数在 0 到 60 之间'), wrong.text.includes('没有踏勘安排。')]).toEqual([422, true, true])
    expect((await judge.submit(paths.judge(number), sheet)).text).toContain('评分表已密封，哈希')
    expect((await judge.get(paths.judge(number))).text).not.toContain('附件还没有看完')
  }
  expect((await owner.get(paths.judges(number))).text).toContain('三阶段方案')
  expect((await owner.get(paths.tender(number))).text).not.toContain('没有踏勘安排')
  for (const judge of judges) await judge.submit(paths.judge(number), { act: 'show' })
  const open = (await site.visitor().get(paths.tender(number))).text
  for (const words of ['没有踏勘安排', '88.00', '70.00']) expect(open).toContain(words)
  expect(open).not.toContain('甲评审')
  await waitFor(async () => (await db('awards').where({ tender_id: id })).length === 1)
  const done = (await site.visitor().get(paths.tender(number))).text
  for (const words of ['甲评审', '总分从高到低', '评分表公开']) expect(done).toContain(words)
  expect(((await db('awards').where({ tender_id: id }).first('bid_id')) as { bid_id: string }).bid_id).toBe(dear)
})

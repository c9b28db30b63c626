import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test as base } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { sealBid } from '#app/domain/bids/seal.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import type { TestContext } from '#tests/support/database.ts'
import { pricesIn, searchDump } from '#tests/support/dump.ts'
import { readReceipt } from '#tests/support/receipt.ts'
import { startSite, type Site } from '#tests/support/site.ts'
import { aTender, offering, type Stage } from '#tests/support/tenders.ts'
import { envelopeInShares, heldTender } from '#tests/support/two-keys.ts'
import type { Visitor } from '#tests/support/visitor.ts'
import { cookieOf, signedIn } from '#tests/support/world.ts'

/** A price that stands nowhere else, as people and as machines write it. */
const PRICE = '31,415.92'
const AS_WRITTEN = /31,?415\.92|3141592/

const test = base.extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
  const site = await startSite({ demo: true, env: { LOG_LEVEL: 'trace' } })
  onCleanup(site.stop)
  return site
})

function asOf({ database, config }: Site): (actor: Member) => TestContext {
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  return (actor) => ({ db: database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) }) as unknown as TestContext
}

const staged = (site: Site, given: Parameters<typeof aTender>[2] = { method: 'lowest-price' }) => aTender(site.database, asOf(site), given)

async function bidder(site: Site, { listing }: Stage): Promise<{ member: Member; person: Visitor }> {
  const member = await offering(site.database.owner, listing)
  return { member, person: await signedIn(site, member) }
}

const hidden = (html: string, name: string) => new RegExp(`<input type="hidden" name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1]
const formOf = (html: string, price: string, contribution = '') => ({ act: 'submit', bid: hidden(html, 'bid')!, envelope: '', price, contribution, commitment: 'yes' })
const countBids = async (site: Site, { tender }: Stage) => Number((await site.database.owner('bids').where({ tender_id: tender.id }).count())[0]!.count)

test('a price typed without scripts is sealed at the door; every fault is told at its field and nothing typed is lost', async ({ site }) => {
  const stage = await staged(site)
  const { person } = await bidder(site, stage)
  const address = paths.bid(stage.number)
  const page = (await person.get(address)).text
  for (const sentence of ['最高限价', '平台在技术上能够提前打开报价', '明文不写入数据库，也不写入日志', '50,000']) expect(page).toContain(sentence)
  for (const [price, sentence] of [['', '请填写这一项'], ['便宜', '请填写金额'], ['-5', '金额不能是负数'], ['1.234', '金额最多两位小数'], ['0', '报价至少是一分钱'], ['50000.01', '报价不能超过最高限价'], ['1'.repeat(65), '报价太长'], ['NaN', '请填写金额'], ['1e3', '请填写金额']] as const) {
    const { status, text } = await person.post(address, formOf(page, price, '风调雨顺'))
    expect([price, status]).toEqual([price, 422])
    expect(text).toContain(sentence)
    expect(text).toContain('id="field-price-error"')
    expect(text).toContain(`value="${price}"`)
    expect(text).toContain('value="风调雨顺"')
  }
  const { commitment: _commitment, ...without } = formOf(page, PRICE)
  const uncommitted = await person.post(address, without)
  expect([uncommitted.status, uncommitted.text.includes(`value="${PRICE}"`)]).toEqual([422, true])
  expect(await countBids(site, stage)).toBe(0)

  const done = await person.submit(address, formOf(page, '￥３１，４１５．９２ 元', '风调雨顺'))
  expect(done.text).toContain('密封的报价已收到')
  expect(done.text).not.toMatch(AS_WRITTEN)
  const file = (await person.get(/\/bids\/[0-9a-f-]{36}\/receipt\.txt/.exec(done.text)![0])).text
  const receipt = readReceipt(file)
  expect(receipt.tender).toBe(stage.number)
  expect(JSON.parse(receipt.body)).toMatchObject({ format: 'mingdan-sealed-bid/v1' })
  const [receiptFile, keysFile] = ['receipt.txt', 'keys.json'].map((name) => path.join(site.config.dataDir, name)) as [string, string]
  writeFileSync(receiptFile, file)
  writeFileSync(keysFile, (await person.get(paths.keys())).text)
  const verified = spawnSync(process.execPath, ['bin/verify.ts', '--receipt', receiptFile, keysFile], { encoding: 'utf8' })
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('The bid in it is sealed, for this tender and under this number.')])
})

test('the same form twice is one bid; another price under its number is refused, and the form that comes back has a number of its own', async ({ site }) => {
  const stage = await staged(site)
  const { person } = await bidder(site, stage)
  const address = paths.bid(stage.number)
  const first = formOf((await person.get(address)).text, '20000')
  const [one, two] = await Promise.all([person.post(address, first), person.post(address, first)])
  expect([one.location, two.location]).toEqual([`${address}?done=submit`, `${address}?done=submit`])
  expect(await countBids(site, stage)).toBe(1)
  const changed = await person.post(address, { ...first, price: '19000' })
  expect([changed.status, changed.text.includes('这份表单已经提交过一次')]).toEqual([409, true])
  expect(hidden(changed.text, 'bid')).not.toBe(first.bid)
  expect(changed.text).toContain('value="19000"')
  expect((await person.submit(address, formOf(changed.text, '19000'))).text).toContain('密封的报价已收到')
  expect(await countBids(site, stage)).toBe(2)
  // Nor does the length of what is sealed tell how many digits a price has.
  expect((await person.submit(address, formOf(changed.text.replace(hidden(changed.text, 'bid')!, randomUUID()), '0.07'))).text).toContain('密封的报价已收到')
  const bodies = (await site.database.owner('bids').where({ tender_id: stage.tender.id }).pluck('body')) as string[]
  expect(new Set(bodies.map(({ length }) => length)).size).toBe(1)
  // Whoever copies somebody else's number learns nothing, and takes nothing away.
  const rival = await bidder(site, stage)
  const stolen = await rival.person.post(address, { ...first, price: '1' })
  expect([stolen.status, stolen.text.includes('这份表单已经提交过一次')]).toEqual([409, true])
  expect((await person.submit(address, { act: 'withdraw' })).text).toContain('报名已撤回')
})

test('an envelope goes only where it was sealed to; what is moved, cut or made up is refused in words', async ({ site }) => {
  const [stage, other] = [await staged(site), await staged(site)]
  const { member, person } = await bidder(site, stage)
  const { sealing, procedure } = stage.tender.publication
  const bid: string = randomUUID()
  const seal = (changes: Partial<Parameters<typeof sealBid>[1]> = {}) => sealBid({ offer: { price: 1 } }, { tender: stage.number, rules: procedure.rules, bid, uscc: member.uscc!, holders: sealing!.holders, ...changes })
  const good = { act: 'submit', bid, envelope: await seal(), price: '', contribution: '', commitment: 'yes' }
  const send = async (changes: Partial<typeof good>, at = stage) => person.post(paths.bid(at.number), { ...good, ...changes })
  for (const [changes, sentence] of [
    [{ envelope: await seal({ tender: other.number }) }, '是为另一份公告密封的'],
    [{ envelope: await seal({ uscc: '91220100MA0000000X' }) }, '不是您的机构密封的'],
    [{ envelope: await seal({ bid: randomUUID() }) }, '编号与表单不一致'],
    [{ bid: bid.toUpperCase() }, '编号与表单不一致'],
    [{ bid: 'constructor' }, '编号与表单不一致'],
    [{ envelope: await seal({ holders: [{ ...sealing!.holders[0]!, id: 'rival' }] }) }, '没有封给公告写明的开标人'],
    [{ envelope: good.envelope.slice(1) }, '密封的报价格式不对'],
    [{ envelope: 'x'.repeat(98_305) }, '密封的报价太长'],
  ] as const) {
    const { status, text } = await send(changes)
    expect([sentence, status]).toEqual([sentence, 422])
    expect(text).toContain(sentence)
  }
  expect((await send({}, other)).status).toBe(409)
  expect(await countBids(site, stage)).toBe(0)
  expect((await send({})).status).toBe(302)
  // Sent to a tender that draws, the same fields are read as a bid without a price.
  const drawn = await staged(site, {})
  expect((await person.post(paths.bid(drawn.number), good)).status).toBe(409)
})

test('a discount is named in percent within its bounds', async ({ site }) => {
  const stage = await staged(site, { method: 'average-price', quote: { kind: 'discount', least: 500, most: 3_000 } })
  const { person } = await bidder(site, stage)
  const address = paths.bid(stage.number)
  const page = (await person.get(address)).text
  for (const words of ['下浮率', '5.00 % 至 30.00 %']) expect(page).toContain(words)
  for (const [price, sentence] of [['4.99', '下浮率超出公告规定的范围'], ['30.01', '下浮率超出公告规定的范围'], ['12.345', '下浮率最多两位小数'], ['八折', '请填写百分数']] as const) {
    const { status, text } = await person.post(address, formOf(page, price))
    expect([price, status, text.includes(sentence)]).toEqual([price, 422, true])
  }
  expect((await person.submit(address, formOf(page, '１２．５ ％'))).text).toContain('密封的报价已收到')
})

test('neither the database nor the log learns a price that came to the door, not over an ended session and not when something is wrong', async ({ site }) => {
  const stage = await staged(site)
  const { member, person } = await bidder(site, stage)
  const address = paths.bid(stage.number)
  const page = (await person.get(address)).text
  expect((await person.submit(address, formOf(page, PRICE))).text).toContain('密封的报价已收到')
  expect((await person.post(address, { ...formOf(page, PRICE), bid: randomUUID(), commitment: 'no' })).status).toBe(422)
  expect((await person.post(address, { ...formOf(page, PRICE), bid: 'x' })).status).toBe(422)
  expect((await person.post(paths.bid('MD-220100-2026-999999'), formOf(page, PRICE))).status).toBe(404)
  expect((await person.send(address, { method: 'POST', body: `price=${PRICE}`, headers: { Origin: site.address, 'Content-Type': 'application/json' } })).status).toBeGreaterThanOrEqual(400)
  // A query is logged by some proxies, so no form of ours may have put the price there.
  expect(page).not.toMatch(/<form[^>]*method="get"[^>]*>(?:(?!<\/form>).)*name="price"/s)

  // The session ends while the price is typed: what was typed waits under the browser's own key, and comes back after the sign-in.
  await site.database.owner('sessions').where({ account_id: member.accountId }).update({ revoked_at: new Date() })
  const ended = await person.post(address, formOf(page, PRICE))
  expect(ended.location).toBe('/sign-in?next=%2Faccount%2Fkept-form')
  const sent = [{ tender: stage.number, fen: 31_415_92 }]
  await expect(searchDump(site.database.owner, { sent })).resolves.toEqual({ looked: 1, violations: [] })
  expect(pricesIn(site.log(), sent)).toEqual([])
  expect(site.log()).not.toMatch(AS_WRITTEN)
  expect(site.log()).toContain(address)
  const [name, value] = (await cookieOf(site, member)).split('=') as [string, string]
  person.cookies.set(name, value)
  expect((await person.get(paths.keptForm())).text).toContain(PRICE)
  const back = await person.post(address, { ...formOf(page, PRICE), _refill: 'yes' })
  expect([back.status, back.text.includes(`value="${PRICE}"`)]).toEqual([200, true])
  // What a browser had sealed itself waits as it is, and is sent by one press.
  const waiting = await person.post(address, { ...formOf(page, ''), envelope: '{"sealed":1}', _refill: 'yes' })
  expect([hidden(waiting.text, 'envelope'), hidden(waiting.text, 'bid')]).toEqual(['{&quot;sealed&quot;:1}', hidden(page, 'bid')])
  expect(waiting.text).toContain('登录以前您已经密封好一份报价')
})

test('neither learns a price that came with a plan, or in shares', async ({ site }) => {
  const plan = '三阶段实施，每阶段一个检查点。'
  const judged = await staged(site, { method: 'merit', categoryCode: '0404' })
  const held = await heldTender(site.database, asOf(site))
  const [planner, sharer, planned, shared] = [await bidder(site, judged), await bidder(site, held), paths.bid(judged.number), paths.bid(held.number)]
  const form = formOf((await planner.person.get(planned)).text, '27,182.81')
  expect((await planner.person.post(planned, { ...form, plan: '' })).status).toBe(422)
  expect((await planner.person.submit(planned, { ...form, plan })).text).toContain('密封的报价已收到')

  // In shares it is sealed in the browser alone; what is typed without scripts is not taken, and not kept.
  const typed = formOf((await sharer.person.get(shared)).text, '16,180.33')
  expect((await sharer.person.post(shared, typed)).status).toBe(409)
  const envelope = await envelopeInShares(held, sharer.member, { bid: typed.bid, quote: { kind: 'money', fen: 16_180_33 } })
  expect((await sharer.person.submit(shared, { ...typed, price: '', envelope })).text).toContain('密封的报价已收到')

  const sent = [{ tender: judged.number, fen: 27_182_81 }, { tender: held.number, fen: 16_180_33 }]
  await expect(searchDump(site.database.owner, { sent })).resolves.toEqual({ looked: 2, violations: [] })
  expect(pricesIn(site.log(), sent)).toEqual([])
  expect(site.log()).not.toContain(plan)
  for (const address of [planned, shared]) expect(site.log()).toContain(address)
})

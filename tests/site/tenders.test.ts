import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { as } from '#tests/support/people.ts'
import { readReceipt } from '#tests/support/receipt.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import type { Visitor } from '#tests/support/visitor.ts'

const test = standingSite({ demo: true, worker: true })

async function periods({ database }: Site, application: number, drawDelay: number, publicity = 45): Promise<void> {
  const say = (name: string, n: number) => database.owner('policy_parameters').where({ division_code: '220100', name }).update({ value: JSON.stringify({ n, unit: 's' }) })
  await say('application', application)
  await say('drawDelay', drawDelay)
  await say('publicity', publicity)
  await say('decline', Math.ceil(publicity / 2))
  await say('noticeObjectionBeforeClose', Math.ceil(application / 2))
}

/** The project of the owner from whom the story begins. */
async function projectOf({ database }: Site): Promise<string> {
  const { code } = await database.owner('projects').join('credentials', 'credentials.account_id', 'projects.registered_by').where('sign_in_name', 'owner').first('code')
  return code
}

/** An owner's draft of the service that most of the demo's agencies offer. */
async function draft(site: Site, owner: Visitor): Promise<string> {
  const code = await projectOf(site)
  const answer = await owner.post(`/owner/tenders/new?project=${code}&service=R28`, { projectCode: code, listingCode: 'R28', method: 'random', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '８５，０００．５０' })
  expect(answer.status, answer.text.slice(0, 500)).toBe(302)
  return answer.location!
}

test('a form that is wrong keeps every value and says each fault at its field', async ({ site }) => {
  const owner = await as(site, 'owner')
  const { text } = await owner.get('/owner/tenders/new')
  expect(text).toContain('清单事项')
  const code = await projectOf(site)
  const { status, text: again } = await owner.post(`/owner/tenders/new?project=${code}&service=R28`, { projectCode: code, listingCode: 'R28', method: 'random', title: '短', requirements: '太短', serviceDays: '零', ceiling: '-5' })
  expect(status).toBe(422)
  for (const sentence of ['标题太短', '请写清采购要求', '请填写 1 到 3650 之间的整数天数']) expect(again).toContain(sentence)
  expect(again).toContain('value="-5"')
  const forged = await owner.post('/owner/tenders/new', { projectCode: '2026-220100-47-01-999999', listingCode: 'NOPE-1', method: 'merit', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '1' })
  expect(forged.status).toBe(422)
})

test('one tender, by forms alone: drafted, published, bid for, replaced, withdrawn, closed, drawn, awarded, verified', async ({ site }) => {
  await periods(site, 12, 2)
  const owner = await as(site, 'owner')
  const people = await Promise.all(['agency1', 'agency2', 'agency3', 'agency4'].map((name) => as(site, name)))
  const place = await draft(site, owner)
  const published = await owner.post(place, { act: 'publish' })
  expect(published.location).toMatch(/^\/tenders\/MD-220106-2026-\d{6}\?done=published$/)
  const page = published.location!.split('?')[0]!
  // A second click publishes nothing and leads to what the first one made.
  for (const act of ['publish', 'discard']) expect((await owner.post(place, { act })).location).toBe(page)

  const bids = await Promise.all(people.map((agency) => agency.submit(`${page}/bid`, { act: 'submit', contribution: '风调雨顺', commitment: 'yes' })))
  for (const { text } of bids) expect(text).toContain('报名已收到')
  const receiptPath = /\/bids\/[0-9a-f-]{36}\/receipt\.txt/.exec(bids[0]!.text)![0]
  const receipt = await people[0]!.get(receiptPath)
  expect(readReceipt(receipt.text)).toMatchObject({ tender: page.split('/').at(-1) })
  expect((await people[1]!.get(receiptPath)).status).toBe(404)
  expect((await people[0]!.post(`${page}/bid`, { act: 'submit', contribution: '长'.repeat(100), commitment: 'yes' })).status).toBe(422)
  expect((await people[0]!.post(`${page}/bid`, { act: 'submit', contribution: '' })).text).toContain('请勾选承诺后再报名')
  expect((await people[0]!.submit(`${page}/bid`, { act: 'submit', contribution: '二', commitment: 'yes' })).text).toContain('报名已收到')
  expect((await people[3]!.submit(`${page}/bid`, { act: 'withdraw' })).text).toContain('报名已撤回')
  const seen = (await owner.get(page)).text
  expect(seen).toContain('截止前谁也看不到有谁报名')
  for (const name of ['示例岩土勘察', '示例测绘']) expect(seen).not.toContain(name)

  const open = (await site.visitor().get('/tenders?state=open')).text
  expect(open).toContain('绿园厂房水土保持方案')
  await until(async () => (await site.visitor().get(page)).text.includes('公布的顺序第 1，共 3 家'))
  const late = await people[0]!.post(`${page}/bid`, { act: 'submit', contribution: '', commitment: 'yes' })
  expect([late.status, late.text.includes('报名已经截止')]).toEqual([409, true])
  const drawn = (await site.visitor().get(page)).text
  expect(drawn).toContain('由机构撤回')
  expect(drawn).toContain('被同一机构后来的报名替换')
  expect((await site.visitor().get('/results')).text).toContain('绿园厂房水土保持方案')

  const bundle = path.join(site.config.dataDir, 'bundle.json')
  await until(async () => {
    const { text } = await site.visitor().get(`${page}/bundle.json`)
    writeFileSync(bundle, text)
    return JSON.parse(text).ledger !== null
  })
  const verified = spawnSync(process.execPath, ['bin/verify.ts', bundle], { encoding: 'utf8' })
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('Everything holds')])
})

test('an agency sees how many bids are left to it, is told when none is, and can still withdraw', async ({ site }) => {
  await periods(site, 60, 2)
  const policy = { division_code: '220100', name: 'bidsPerAgency' }
  await site.database.owner('policy_parameters').insert({ ...policy, value: '2', source: 'test', from_on: '2016-07-01' })
  const owner = await as(site, 'owner')
  const page = (await owner.post(await draft(site, owner), { act: 'publish' })).location!.split('?')[0]!
  await site.database.owner('policy_parameters').where(policy).delete()
  const agency = await as(site, 'agency1')
  const form = { act: 'submit', contribution: '', commitment: 'yes' }
  expect((await agency.submit(`${page}/bid`, form)).text).toContain('您还可以提交 1 次报名')
  const last = (await agency.submit(`${page}/bid`, form)).text
  expect(last).toContain('这次采购的报名次数已经用完')
  expect(last).not.toContain('name="contribution"')
  const more = await agency.post(`${page}/bid`, form)
  expect([more.status, more.text.includes('一家机构在一次采购中最多报名 2 次')]).toEqual([409, true])
  expect((await agency.submit(`${page}/bid`, { act: 'withdraw' })).text).toContain('报名已撤回')
})

test('without enough bidders the page says why, and its owner publishes again with one click', async ({ site }) => {
  await periods(site, 2, 1)
  const owner = await as(site, 'owner')
  const { location } = await owner.post(await draft(site, owner), { act: 'publish' })
  const page = location!.split('?')[0]!
  await until(async () => (await owner.get(page)).text.includes('有效报名 0 家，少于 2 家，自动终止'))
  const id = /action="(\/owner\/tenders\/[0-9a-f-]{36})"/.exec((await owner.get(`${page}/republish`)).text)![1]!
  const again = await owner.submit(id, { act: 'republish' })
  expect(again.text).toContain('这是重新发布的采购')
  // A draft waits now: the way on leads to it, and nothing is published beside it.
  expect((await owner.get(page)).text).toContain('打开草稿')
  expect((await owner.post(`${page}/republish`)).status).toBe(409)
  expect((await site.visitor().get(page)).text).not.toContain('打开草稿')
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(300)) if (await holds()) return
  throw new Error('This did not happen in time.')
}

import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { as } from '#tests/support/people.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import type { Visitor } from '#tests/support/visitor.ts'

const test = standingSite({ demo: true, worker: true })

/** A published tender of the service that most of the demo's agencies offer, with periods in seconds. */
async function publish(site: Site, owner: Visitor, seconds: Record<'application' | 'drawDelay' | 'noticeObjectionBeforeClose' | 'noticeObjectionAnswer' | 'publicity' | 'decline', number>): Promise<string> {
  for (const [name, n] of Object.entries(seconds)) await site.database.owner('policy_parameters').where({ division_code: '220100', name }).update({ value: JSON.stringify({ n, unit: 's' }) })
  const { code } = await site.database.owner('projects').join('credentials', 'credentials.account_id', 'projects.registered_by').where('sign_in_name', 'owner').first('code')
  const { location } = await owner.post(`/owner/tenders/new?project=${code}&service=R28`, { projectCode: code, listingCode: 'R28', method: 'random', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '85000' })
  return (await owner.post(location!, { act: 'publish' })).location!.split('?')[0]!
}

const numberOf = (page: string) => page.split('/').at(-1)!

const NAMES: Record<string, string> = { 示例岩土勘察有限公司: 'agency1', 示例水土规划设计有限公司: 'agency2', 示例环境技术有限公司: 'agency3' }

test('a question holds the tender open in public; its owner alone answers; nobody learns who asked', async ({ site }) => {
  const owner = await as(site, 'owner')
  const page = await publish(site, owner, { application: 600, drawDelay: 1, noticeObjectionBeforeClose: 4, noticeObjectionAnswer: 2, publicity: 60, decline: 30 })
  const asker = await as(site, 'agency1')
  const ask = (person: Visitor, question: string) => person.post(`${page}/questions`, { act: 'ask', question })
  expect((await site.visitor().post(`${page}/questions`, { act: 'ask', question: '没有登录也能提问吗？' })).location).toMatch(/^\/sign-in/)
  expect((await ask(owner, '业主自己提的问题？')).status).toBe(403)
  const short = await ask(asker, '短')
  expect([short.status, short.text.includes('请把问题写清楚'), short.text.includes('>短</textarea>')]).toEqual([422, true, true])
  expect((await asker.submit(`${page}/questions`, { act: 'ask', question: '弃渣场的位置<b>确定</b>了吗？' })).text).toContain('问题已公开')
  const seen = (await site.visitor().get(page)).text
  expect(seen).toContain('弃渣场的位置&lt;b&gt;确定&lt;/b&gt;了吗？')
  expect(seen).not.toContain('示例岩土勘察')

  const id = /name="id" value="([0-9a-f-]{36})"/.exec((await owner.get(`${page}/questions`)).text)![1]!
  const answer = (person: Visitor, text: string) => person.post(`${page}/questions`, { act: 'answer', id, answer: text })
  expect((await answer(await as(site, 'person'), '别的业主的答复')).status).toBe(403)
  expect((await answer(asker, '提问者自己的答复')).status).toBe(403)
  await site.passDeadline(numberOf(page))
  await until(async () => (await site.visitor().get(page)).text.includes('等待业主答复，暂不截止'))
  await sleep(1500)
  for (const person of [site.visitor(), await as(site, 'regulator')]) expect((await person.get(page)).text).toContain('还有 1 个问题没有答复，采购不能截止')
  expect((await owner.get(page)).text).toContain('有 1 个问题等您答复')
  expect((await site.visitor().get('/tenders?state=closing')).text).toContain('待答复 1 个')
  const empty = await answer(owner, '')
  expect([empty.status, empty.text.includes('请写答复')]).toEqual([422, true])
  expect((await owner.submit(`${page}/questions`, { act: 'answer', id, answer: '已确定，见附件三。' })).text).toContain('答复已公开')
  await until(async () => (await site.visitor().get(page)).text.includes('有效报名 0 家，少于 2 家，自动终止'))
  expect((await answer(owner, '太晚的更正')).status).toBe(409)
})

test('publicity, decline, reserve, the binding award and its notice, as each of them sees it', async ({ site }) => {
  const owner = await as(site, 'owner')
  const page = await publish(site, owner, { application: 600, drawDelay: 1, noticeObjectionBeforeClose: 3, noticeObjectionAnswer: 2, publicity: 600, decline: 500 })
  const visitor = site.visitor()
  expect((await visitor.get(page)).text).toContain('谁可以报名')
  expect((await (await as(site, 'agency6')).get(page)).text).toContain('去挂牌这项服务')
  expect((await visitor.get(`${page}/award`)).text).toContain('还没有结果')
  const people = new Map(await Promise.all(Object.values(NAMES).map(async (name) => [name, await as(site, name)] as const)))
  for (const person of people.values()) expect((await person.post(`${page}/bid`, { act: 'submit', contribution: '风调雨顺', commitment: 'yes' })).status).toBe(302)

  const provisional = async () => /拟中选：([^<]+)</.exec((await visitor.get(page)).text)?.[1]
  await site.passDeadline(numberOf(page))
  await until(async () => (await provisional()) !== undefined)
  const first = (await provisional())!
  const winner = people.get(NAMES[first]!)!
  const other = [...people].find(([name]) => name !== NAMES[first])![1]
  expect((await winner.get(page)).text).toContain('您的机构是拟中选机构')
  expect((await other.get(page)).text).toMatch(/您的机构在公布的顺序中排第/)
  expect((await visitor.get(`${page}/award`)).text).toContain('中选还没有生效')
  expect((await visitor.get('/results?state=publicity')).text).toContain(page)
  expect((await owner.get(`${page}/decline`)).status).toBe(403)
  expect((await other.get(`${page}/decline`)).text).toContain('不是这次采购的拟中选机构')
  const form = { reason: 'no-capacity', words: '技术人员无法按期到位。', confirmed: 'yes' }
  expect((await other.post(`${page}/decline`, form)).status).toBe(403)
  const hasty = await winner.post(`${page}/decline`, { ...form, confirmed: '', reason: 'because' })
  expect([hasty.status, hasty.text.includes('请先勾选确认'), hasty.text.includes('请选择一个原因'), hasty.text.includes('技术人员无法按期到位。')]).toEqual([422, true, true, true])
  expect((await winner.submit(`${page}/decline`, form)).text).toContain('已放弃中选')
  expect((await winner.post(`${page}/decline`, form)).status).toBe(409)

  const second = (await provisional())!
  expect(second).not.toBe(first)
  const shown = (await visitor.get(page)).text
  for (const text of ['已放弃', '没有能力按期完成', '技术人员无法按期到位。', `${first}（第 1）`]) expect(shown).toContain(text)
  await site.passDeadline(numberOf(page), 'publicity_ends_at')
  await until(async () => (await visitor.get(page)).text.includes('公示期已满，中选有效'))
  const notice = (await visitor.get(`${page}/award`)).text
  for (const text of [second, '采购 MD-220106-2026-', '不是公章', '<svg', '第 2 位']) expect(notice).toContain(text)
  expect((await visitor.get(`${page}/award`, { Cookie: 'mingdan-language=en' })).status).toBe(200)
  expect((await visitor.get('/results?state=awarded')).text).toContain(page)
  expect((await visitor.get(`/ledger/stories/${numberOf(page)}`)).text).toContain('放弃中选：没有能力按期完成')
  expect((await winner.post(`${page}/decline`, form)).status).toBe(409)
})

test('a failed tender is one confirmation away from being public again, and only once', async ({ site }) => {
  const owner = await as(site, 'owner')
  const page = await publish(site, owner, { application: 2, drawDelay: 1, noticeObjectionBeforeClose: 1, noticeObjectionAnswer: 2, publicity: 5, decline: 5 })
  expect((await owner.post(`${page}/republish`)).status).toBe(409)
  await until(async () => (await owner.get(page)).text.includes('少于 2 家，自动终止'))
  expect((await owner.get(page)).text).toContain(`${page}/republish`)
  expect((await (await as(site, 'person')).get(`${page}/republish`)).status).toBe(404)
  expect((await owner.get(`${page}/republish`)).text).toContain('确认并重新发布')
  const again = await owner.post(`${page}/republish`)
  expect(again.location).toMatch(/^\/tenders\/MD-220106-2026-\d{6}\?done=published$/)
  const next = again.location!.split('?')[0]!
  const refused = await owner.post(`${page}/republish`)
  expect([refused.status, refused.text.includes('已经重新发布为'), refused.text.includes(`href="${next}"`)]).toEqual([409, true, true])
  expect((await site.visitor().get(page)).text).toContain(`href="${next}"`)
  expect((await site.visitor().get(next)).text).toContain(`href="${page}"`)
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; Date.now() < end; await sleep(300)) if (await holds()) return
  throw new Error('This did not happen in time.')
}

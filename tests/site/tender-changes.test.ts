import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { as } from '#tests/support/people.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import type { Visitor } from '#tests/support/visitor.ts'

const test = standingSite({ demo: true, worker: true })

/** A published tender of the demo's owner for the service that most of its agencies offer. */
async function publish(site: Site, owner: Visitor, application: number): Promise<string> {
  for (const [name, n] of Object.entries({ application, drawDelay: 1, noticeObjectionBeforeClose: 3, changeBeforeClose: 5, publicity: 600, decline: 300 })) await site.database.owner('policy_parameters').where({ division_code: '220100', name }).update({ value: JSON.stringify({ n, unit: 's' }) })
  const { code } = await site.database.owner('projects').join('credentials', 'credentials.account_id', 'projects.registered_by').where('sign_in_name', 'owner').first('code')
  const { location } = await owner.post(`/owner/tenders/new?project=${code}&service=R28`, { projectCode: code, listingCode: 'R28', method: 'random', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '85000' })
  return (await owner.post(location!, { act: 'publish' })).location!.split('?')[0]!
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 90; tries++) {
    if (await holds()) return
    await sleep(1000)
  }
  throw new Error('That never came about.')
}

const CORRECTION = { act: 'correct', requirements: '编制报告书<b>三份</b>。', deliverables: '', contact: '', serviceDays: '20', reason: '图纸有更新，须一并考虑。' }

test('corrected, extended, held and objected to by forms alone, as each of them sees it', async ({ site }) => {
  const [owner, regulator, objector, other] = [await as(site, 'owner'), await as(site, 'regulator'), await as(site, 'agency1'), await as(site, 'agency2')]
  const page = await publish(site, owner, 600)
  const visitor = site.visitor()
  for (const agency of [objector, other]) expect((await agency.post(`${page}/bid`, { act: 'submit', contribution: '风调雨顺', commitment: 'yes' })).status).toBe(302)

  expect((await visitor.post(`${page}/change`, CORRECTION)).location).toMatch(/^\/sign-in/)
  for (const person of [objector, regulator]) expect((await person.post(`${page}/change`, CORRECTION)).status).toBe(403)
  expect((await (await as(site, 'person')).post(`${page}/change`, CORRECTION)).status).toBe(403)
  const short = await owner.post(`${page}/change`, { ...CORRECTION, reason: '短', serviceDays: '二十' })
  expect([short.status, short.text.includes('请写明理由，至少 5 个字'), short.text.includes('请填服务期限的天数'), short.text.includes('>短</textarea>'), short.text.includes('value="二十"')]).toEqual([422, true, true, true, true])
  expect((await owner.post(`${page}/change`, { act: 'nonsense' })).status).toBe(422)
  expect((await owner.submit(`${page}/change`, CORRECTION)).text).toContain('更正已公开')
  const again = await owner.post(`${page}/change`, CORRECTION)
  expect([again.status, again.text.includes('内容和现在的一样')]).toEqual([409, true])
  const corrected = (await visitor.get(page)).text
  for (const words of ['第 1 次更正', '影响报名', '编制报告书&lt;b&gt;三份&lt;/b&gt;。', '编制报告书，成果两份。']) expect(corrected).toContain(words)
  const far = await owner.post(`${page}/change`, { act: 'extend', n: '40', unit: 'd', reason: '一家机构请求多给时间。' })
  expect([far.status, far.text.includes('一次最多延长 30 天')]).toEqual([409, true])
  expect((await owner.submit(`${page}/change`, { act: 'extend', n: '3', unit: 's', reason: '一家机构请求多给时间。' })).text).toContain('延期已公开')

  const hold = { act: 'suspend', n: '4', unit: 's', basis: '政府采购法第五十七条', reason: '收到线索，需要核查。' }
  expect((await owner.post(`${page}/suspend`, hold)).status).toBe(403)
  expect((await regulator.post(`${page}/suspend`, { ...hold, basis: '' })).text).toContain('请写明法律依据')
  expect((await regulator.submit(`${page}/suspend`, hold)).text).toContain('采购已暂停')
  for (const person of [visitor, owner, objector]) expect((await person.get(page)).text).toContain('监管部门暂停了这次采购')
  const refused = await objector.post(`${page}/bid`, { act: 'submit', contribution: '', commitment: 'yes' })
  expect([refused.status, refused.text.includes('监管部门暂停')]).toEqual([409, true])
  await until(async () => (await visitor.get(page)).text.includes('到期自动恢复'))

  await site.passDeadline(page.split('/').at(-1)!)
  await until(async () => (await visitor.get(page)).text.includes('拟中选：'))
  const objections = `${page}/objections`
  const words = '中选机构的业绩材料与公告要求不符，请核实。'
  expect((await visitor.post(objections, { act: 'object', words })).location).toMatch(/^\/sign-in/)
  expect((await owner.post(objections, { act: 'object', words })).status).toBe(403)
  expect((await (await as(site, 'agency6')).post(objections, { act: 'object', words })).status).toBe(403)
  expect((await objector.post(objections, { act: 'object', words: '不服' })).text).toContain('请写清楚异议和根据')
  expect((await objector.submit(objections, { act: 'object', words })).text).toContain('异议已收到')
  for (const person of [visitor, other]) expect((await person.get(objections)).text).not.toContain('提出异议的机构')
  for (const person of [owner, regulator, objector]) expect((await person.get(objections)).text).toContain('提出异议的机构')
  await site.passDeadline(page.split('/').at(-1)!, 'publicity_ends_at')
  expect((await visitor.get(page)).text).toContain('答复以前中选不生效')
  const id = /name="id" value="([0-9a-f-]{36})"/.exec((await owner.get(objections)).text)![1]!
  expect((await other.post(objections, { act: 'answer', id, answer: '别人的答复不算。' })).status).toBe(403)
  expect((await owner.post(objections, { act: 'answer', id, answer: '' })).status).toBe(422)
  expect((await owner.submit(objections, { act: 'answer', id, answer: '经核实，业绩材料齐全。' })).text).toContain('答复已公开')
  const bound = (await visitor.get(page)).text
  for (const told of ['公示期已满，中选有效', '可以向监管部门投诉至', '经核实，业绩材料齐全。']) expect(bound).toContain(told)
  await until(async () => (await objector.get('/inbox')).text.includes('您的异议有了答复'))
  for (const told of ['影响报名的更正', '监管部门暂停了采购', '报名截止时间延长了']) expect((await objector.get('/inbox')).text).toContain(told)
})

test('cancelled in public, and an outage that one operator cannot vouch for alone', async ({ site }) => {
  const [owner, operator] = [await as(site, 'owner'), await as(site, 'operator')]
  const page = await publish(site, owner, 600)
  const cancel = { act: 'cancel', reason: '项目调整，不再需要。' }
  expect((await owner.post(`${page}/change`, cancel)).text).toContain('请先勾选确认')
  expect((await owner.submit(`${page}/change`, { ...cancel, confirmed: 'yes' })).text).toContain('采购已终止')
  expect((await owner.post(`${page}/change`, { ...cancel, confirmed: 'yes' })).status).toBe(409)
  expect((await site.visitor().get(page)).text).toContain('项目调整，不再需要。')
  for (const list of ['/tenders?state=cancelled', '/results', '/results?state=cancelled']) expect((await site.visitor().get(list)).text, list).toContain(page)

  const day = new Date(Date.now() - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
  const claim = { act: 'propose', day, from: '09:05', until: '09:20:30', reason: '运营商线路中断。' }
  expect((await owner.get('/operator/outages')).status).toBe(403)
  const wrong = await operator.post('/operator/outages', { ...claim, until: '9点' })
  expect([wrong.status, wrong.text.includes('请按 时:分 填写')]).toEqual([422, true])
  expect((await operator.post('/operator/outages', { ...claim, until: '09:00' })).text).toContain('结束时间要晚于开始时间')
  expect((await operator.submit('/operator/outages', claim)).text).toContain('停机情况已提出')
  // The demo's other operator has proposed one of its own.
  const { id } = await site.database.owner('outage_claims').where({ reason: claim.reason }).first('id')
  const alone = await operator.post('/operator/outages', { act: 'approve', id })
  expect([alone.status, alone.text.includes('提出者不能自己同意')]).toEqual([409, true])
  expect((await site.visitor().get('/availability')).text).toContain('等待另一位同意')
})

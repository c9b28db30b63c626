import { expect } from 'vitest'
import type { DirectBundle } from '#app/domain/draw/direct-bundle.ts'
import { as, delegateOf, passwordOf, projectOf, until, valueIn } from '#tests/support/people.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import type { Answer, Visitor } from '#tests/support/visitor.ts'

const test = standingSite({ demo: true, worker: true })

const WISH = { listingCode: 'R28', method: 'random', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '45,000.50 元' }
const REASON = '前一阶段由该机构完成，资料齐全，可以接续。'
async function draft(site: Site, owner: Visitor, given: Record<string, string> = {}): Promise<string> {
  const projectCode = await projectOf(site, 'owner')
  const answer = await owner.post(`/owner/tenders/new?project=${projectCode}&service=R28&sum=45000`, { ...WISH, projectCode, ...given })
  expect(answer.status, answer.text.slice(0, 800)).toBe(302)
  return answer.location!
}

test('the route is explained before anything is written: the form comes after project, service and a sum', async ({ site }) => {
  const owner = await as(site, 'owner')
  const code = await projectOf(site, 'owner')
  const asked = (query: string) => owner.get(`/owner/tenders/new?project=${code}&service=R28${query}`)
  expect((await asked('')).text).not.toContain('name="requirements"')
  for (const sum of ['八万', '-5', '0', '1.234', '9'.repeat(20)]) {
    const { status, text } = await asked(`&sum=${encodeURIComponent(sum)}`)
    expect([status, text.includes('name="requirements"'), text.includes('field-wrong')], sum).toEqual([200, false, true])
  }
  const { text } = await asked(`&sum=${encodeURIComponent('４５，０００元')}`)
  expect(text).toContain('可以在这里采购')
  expect(text).toContain('《优化营商环境条例》第四十三条')
  expect(text).toContain('这个数是怎样加出来的')
  expect(valueIn(text, 'ceiling')).toBe('45,000.00')
})

test('fiscal money at the limit is refused before a form is shown, and the right way is named; an exempt purchase is recorded', async ({ site }) => {
  const owner = await as(site, 'owner')
  const code = '2026-220106-47-01-000777'
  await owner.submit('/owner/projects/new', { code, name: '绿园区小学扩建', divisionCode: '220106', flowType: 'government-building', moneySource: 'fiscal', investment: '' })
  const { text } = await owner.get(`/owner/tenders/new?project=${code}&service=R28&sum=1000000`)
  for (const sentence of ['不能在这里买：应当走政府采购', '第二十八条', '中国政府采购网']) expect(text).toContain(sentence)
  const sums = sumsIn(text)
  expect(sums.at(-1)).toBe(sums.slice(0, -1).reduce((total, sum) => total + sum, 0))
  expect(sums).toContain(1_000_000)
  expect(text).not.toContain('name="requirements"')
  const exempt = { act: 'exempt', projectCode: code, listingCode: 'R28', ceiling: '1000000', exemption: 'disaster' }
  const short = await owner.post(`/owner/tenders/new?project=${code}&service=R28&sum=1000000`, { ...exempt, reason: '急' })
  expect([short.status, short.text.includes('请写清理由'), short.text.includes('>急</textarea>')]).toEqual([422, true, true])
  const done = await owner.submit(`/owner/tenders/new?project=${code}&service=R28&sum=1000000`, { ...exempt, reason: '堤防抢险，应急管理局当日批准。' })
  expect(done.text).toContain('理由已记录')
  expect(done.text).toContain('堤防抢险')
  expect((await site.visitor().get(`/ledger/stories/${code}`)).text).toContain('不经采购程序：抢险救灾')
})

test('a draft is saved unfinished, found again, finished, previewed as the public will see it, and thrown away', async ({ site }) => {
  const owner = await as(site, 'owner')
  const projectCode = await projectOf(site, 'owner')
  const saved = await owner.post(`/owner/tenders/new?project=${projectCode}&service=R28&sum=45000`, { ...WISH, projectCode, act: 'save', title: '䶮村水保方案', requirements: '', serviceDays: '' })
  expect(saved.location).toMatch(/^\/owner\/tenders\/[0-9a-f-]{36}\/edit\?done=saved$/)
  const page = saved.location!.split('/edit')[0]!
  expect((await owner.get(page)).text).toContain('还没有写完，不能发布')
  expect((await owner.get(page)).text).not.toContain('value="publish"')
  expect((await owner.post(page, { act: 'publish' })).status).toBe(409)
  expect((await owner.get('/owner/tenders?show=drafts')).text).toContain('䶮村水保方案')
  const edit = (await owner.get(`${page}/edit`)).text
  expect([valueIn(edit, 'title'), valueIn(edit, 'ceiling'), valueIn(edit, 'version')]).toEqual(['䶮村水保方案', '45,000.50', '1'])
  const wrong = await owner.post(`${page}/edit`, { ...WISH, projectCode, version: '1', title: '水保方案🏗️', serviceDays: '两周' })
  expect(wrong.status).toBe(422)
  expect(valueIn(wrong.text, 'serviceDays')).toBe('两周')
  expect((await owner.post(`${page}/edit`, { ...WISH, projectCode, version: '1', contact: '采购部', deliverables: '报告书六份' })).location).toBe(page)
  const preview = (await owner.get(`${page}/preview`)).text
  for (const sentence of ['预览，其他人看不到', '编号在发布时确定', '绿园厂房水土保持方案', '报告书六份', '采购部', '抽取时间不早于']) expect(preview).toContain(sentence)
  expect((await (await as(site, 'person')).get(`${page}/preview`)).status).toBe(404)
  expect((await owner.submit(page, { act: 'discard' })).text).toContain('已经作废')
  expect((await owner.get(`${page}/preview`)).status).toBe(409)
  const late = await owner.post(`${page}/edit`, { ...WISH, projectCode, version: '2', title: '写到一半的标题' })
  expect([late.status, valueIn(late.text, 'title')]).toEqual([409, '写到一半的标题'])
})

test('of two tabs the second save is refused, keeps what was typed, and goes through when it is meant', async ({ site }) => {
  const owner = await as(site, 'owner')
  const projectCode = await projectOf(site, 'owner')
  const page = await draft(site, owner)
  const save = (version: string, title: string): Promise<Answer> => owner.post(`${page}/edit`, { ...WISH, projectCode, version, title, act: 'save' })
  expect((await save('1', '第一个窗口的标题')).status).toBe(302)
  const stale = await save('1', '第二个窗口的标题')
  expect(stale.status).toBe(409)
  for (const sentence of ['另一处的保存在您之前', '还没有保存']) expect(stale.text).toContain(sentence)
  expect([valueIn(stale.text, 'title'), valueIn(stale.text, 'version')]).toEqual(['第二个窗口的标题', '2'])
  expect((await owner.get(page)).text).toContain('第一个窗口的标题')
  expect((await save('2', '第二个窗口的标题')).status).toBe(302)
  expect((await owner.get(page)).text).toContain('第二个窗口的标题')
})

test('a second click on the first form, and the back button after it, make one draft', async ({ site }) => {
  const owner = await as(site, 'owner')
  const code = await projectOf(site, 'owner')
  const draftId = valueIn((await owner.get(`/owner/tenders/new?project=${code}&service=R28&sum=45000`)).text, 'draftId')
  const places = [await draft(site, owner, { draftId }), await draft(site, owner, { draftId })]
  expect(places).toEqual([`/owner/tenders/${draftId}`, `/owner/tenders/${draftId}`])
  const { count } = (await site.database.owner('tenders').where({ id: draftId }).count().first()) as { count: string }
  expect(Number(count)).toBe(1)
})

test('a delegate hands over, the manager sees it and publishes; a copy of it is a new draft', async ({ site }) => {
  const manager = await as(site, 'owner')
  const delegate = await delegateOf(site)
  const page = await draft(site, delegate)
  expect((await delegate.get(page)).text).not.toContain('value="publish"')
  expect((await delegate.post(page, { act: 'publish' })).status).toBe(403)
  expect((await delegate.submit(page, { act: 'hand-over' })).text).toContain('已提醒您单位的管理人')
  expect((await manager.get('/owner/tenders?show=ready')).text).toContain('已交管理人')
  expect((await manager.get(page)).text).toContain('等您核对发布')
  const { location } = await manager.post(page, { act: 'publish' })
  expect(location).toContain('done=published')
  // The public page offers the copy to its owner, and to nobody else.
  const published = location!.split('?')[0]!
  const copyForm = `action="${page}"`
  expect((await manager.get(published)).text).toContain(copyForm)
  for (const other of [site.visitor(), await as(site, 'agency1'), await as(site, 'regulator')]) expect((await other.get(published)).text).not.toContain(copyForm)
  const copied = await manager.submit(page, { act: 'copy' })
  expect(copied.text).toContain('这是一份新草稿')
  expect(copied.text).toContain('绿园厂房水土保持方案')
})

test('a direct selection by forms alone: named with a public reason, refused to others, accepted, awarded by the clock without a draw', async ({ site }) => {
  await site.database.owner('policy_parameters').where({ division_code: '220100', name: 'directAcceptance' }).update({ value: JSON.stringify({ n: 8, unit: 's' }) })
  const owner = await as(site, 'owner')
  const [named, other] = [await as(site, 'agency1'), await as(site, 'agency2')]
  const projectCode = await projectOf(site, 'owner')
  const post = (given: Record<string, string>) => owner.post(`/owner/tenders/new?project=${projectCode}&service=R28&sum=45000`, { ...WISH, projectCode, method: 'direct', ...given })
  const nobody = await post({})
  expect([nobody.status, nobody.text.includes('请选一家机构'), nobody.text.includes('请写明直接选取的理由')]).toEqual([422, true, true])
  expect(nobody.text).toContain('先后没有任何含义')
  const tooMuch = await post({ namedAgency: '示例岩土勘察有限公司', directReason: REASON, ceiling: '50000.01' })
  expect([tooMuch.status, tooMuch.text.includes('不能超过 50,000.00 元'), tooMuch.text.includes(REASON)]).toEqual([409, true, true])
  const { location } = await post({ namedAgency: '示例岩土勘察有限公司', directReason: REASON })
  const page = (await owner.post(location!, { act: 'publish' })).location!.split('?')[0]!
  const open = (await site.visitor().get(page)).text
  for (const sentence of ['直接选取', '示例岩土勘察有限公司', REASON, '等待指定的机构接受']) expect(open).toContain(sentence)
  expect(open).not.toContain('抽取时间不早于')
  expect((await other.get(page)).text).toContain('业主指定了另一家机构')
  expect((await other.post(`${page}/bid`, { act: 'submit', commitment: 'yes' })).status).toBe(409)
  const form = (await named.get(`${page}/bid`)).text
  expect(form).toContain('接受这次选取')
  expect(form).not.toContain('name="contribution"')
  expect((await named.submit(`${page}/bid`, { act: 'submit', commitment: 'yes' })).text).toContain('接受已收到')
  await until(async () => (await site.visitor().get(page)).text.includes('由项目业主直接选取，机构已接受，没有抽取'))
  expect((await site.visitor().get('/results')).text).toContain('示例岩土勘察有限公司')
  const { method, winner, publication } = JSON.parse((await site.visitor().get(`${page}/bundle.json`)).text) as DirectBundle
  expect([method, winner]).toEqual(['direct', publication.facts.named])
})

test('an authority that buys reads why it may not name an agency', async ({ site }) => {
  const office = await as(site, 'authority')
  const code = '2026-220106-47-01-000778'
  await office.submit('/owner/projects/new', { code, name: '审批大厅改造', divisionCode: '220106', flowType: 'renovation', moneySource: 'fiscal', investment: '' })
  const { text } = await office.get(`/owner/tenders/new?project=${code}&service=R28&sum=45000`)
  expect(text).toContain('审批部门作为采购人时不能直接选取')
  const refused = await office.post(`/owner/tenders/new?project=${code}&service=R28&sum=45000`, { ...WISH, projectCode: code, method: 'direct', namedAgency: '示例岩土勘察有限公司', directReason: REASON })
  expect([refused.status, refused.text.includes('第四十三条')]).toEqual([409, true])
})

test('a session that ends in the middle of a long form loses nothing', async ({ site }) => {
  const owner = await as(site, 'owner')
  const projectCode = await projectOf(site, 'owner')
  const page = `/owner/tenders/new?project=${projectCode}&service=R28&sum=45000`
  await site.database.owner('sessions').update({ revoked_at: new Date() })
  const lost = await owner.post(page, { ...WISH, projectCode, requirements: '一整页的要求，写了一个小时。', password: 'never-kept' })
  expect(lost.location).toBe('/sign-in?next=%2Faccount%2Fkept-form')
  expect((await owner.get(lost.location!)).text).toContain('您刚才填的内容已经留下来了')
  const [row] = await site.database.owner('kept_forms').select('*')
  expect(row.sealed.toString('utf8')).not.toContain('一整页')
  const back = await owner.submit('/sign-in', { signInName: 'owner', password: passwordOf(site.demo, 'owner'), next: '/account/kept-form' })
  expect(back.text).toContain('您填的内容都在')
  expect(back.text).not.toContain('never-kept')
  const form = await owner.post(page, { ...WISH, projectCode, requirements: valueIn(back.text, 'requirements'), _refill: 'yes' })
  expect(form.status).toBe(200)
  expect(form.text).toContain('还没有提交')
  expect(valueIn(form.text, 'requirements')).toBe('一整页的要求，写了一个小时。')
  // On the same browser somebody else gets nothing of it.
  const neighbour = await as(site, 'person')
  for (const [name, value] of owner.cookies) if (name.includes('kept-form')) neighbour.cookies.set(name, value)
  expect((await neighbour.get('/account/kept-form')).text).toContain('没有留下的表单')
})

test('my projects are found by name and code, and each says what the list still needs to know', async ({ site }) => {
  const owner = await as(site, 'owner')
  const code = await projectOf(site, 'owner')
  expect((await owner.get(`/owner/projects?q=${encodeURIComponent('厂房')}`)).text).toContain(code)
  expect((await owner.get('/owner/projects?q=%25%25')).text).toContain('没有找到项目')
  const { text } = await owner.get(`/owner/projects/${code}`)
  for (const sentence of ['有部门要求过什么', '项情况没有填写', '用来判断：', `/ask?project=${code}`]) expect(text).toContain(sentence)
  expect((await owner.get(`/owner/projects/${code}/facts`)).text).toContain('用来判断：')
})

/** The purchases of the year as the page adds them up, in yuan; the total stands last. */
const sumsIn = (text: string) =>
  [...text.replace(/<[^>]+>/g, ' ').split('本年同类采购累计')[1]!.split('本地的限额')[0]!.matchAll(/([\d,]+)\s*元/g)].map(([, sum]) => Number(sum!.replaceAll(',', '')))

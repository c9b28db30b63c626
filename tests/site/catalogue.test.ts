import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import type { Visitor } from '#tests/support/visitor.ts'

const test = standingSite({ demo: true })

async function signedIn(site: Site, name: string): Promise<Visitor> {
  const visitor = site.visitor()
  await visitor.signIn(name, site.demo!.accounts.find(({ signIn }) => signIn.name === name)!.signIn.password)
  return visitor
}

const TODAY = dayOf(new Date())
const COMING = addDays(TODAY, 10)

test('a visitor sees at a glance what may be demanded, what is only bought, and what is sample data', async ({ site }) => {
  const { text } = await site.visitor().get('/catalogue?q=项目申请报告')
  expect(text).toContain('材料可要求，可自行编制')
  expect(text).toContain('可购买，不可要求')
  expect(text).toContain('示例数据')
})

test('an entry without a recorded basis is never shown as demandable, and what its source does not say is 未载明', async ({ site }) => {
  const { text } = await site.visitor().get('/catalogue/R36')
  expect(text).toContain('未核定依据：可购买，不可要求')
  expect(text).toContain('来源未给依据')
  expect(text).toContain('未载明')
})

test('the page of a service says by which methods it may be bought here, and why not by the others', async ({ site }) => {
  const part = async () => (await site.visitor().get('/catalogue/R37')).text.split('可用的选取方式')[1]!.split('</dd>')[0]!
  expect(await part()).toMatch(/随机抽取.*直接选取/s)
  expect(await part()).not.toContain('没有开放')
  const policy = { division_code: '220100', name: 'randomSelection', from_on: '2026-01-02' }
  await site.database.owner('policy_parameters').insert({ ...policy, value: '"closed"', source: 'test' })
  try {
    expect(await part()).toMatch(/直接选取.*随机抽取.*本地对这类服务没有开放/s)
  } finally {
    await site.database.owner('policy_parameters').where(policy).delete()
  }
})

test('the list opens as it stood on a day, and says that it is not today’s', async ({ site }) => {
  const { text } = await site.visitor().get('/catalogue?on=2017-01-01')
  expect(text).toContain('编制项目节能评估报告书或节能评估报告表')
  expect(text).toContain('您看到的是 2017年1月1日（周日） 的清单')
})

test('a day that does not exist is said, and the list of today stands below', async ({ site }) => {
  const { status, text } = await site.visitor().get('/catalogue?on=2026-02-30')
  expect(status).toBe(400)
  expect(text).toContain('日期不对')
  expect(text).toContain('项目申请报告编制')
})

test('odd questions find nothing and break nothing', async ({ site }) => {
  for (const query of ['q=%25', 'after=%27', 'stage=nowhere', 'category=%25', `q=${'长'.repeat(300)}`]) {
    const { status } = await site.visitor().get(`/catalogue?${query}`)
    expect(status).toBe(200)
  }
  expect((await site.visitor().get('/catalogue?q=%00')).status).toBe(400)
})

test('every entry has a QR code to print', async ({ site }) => {
  const { status, headers, text } = await site.visitor().get('/catalogue/R01/qr.svg')
  expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
  expect(text).toMatch(/^<svg[^>]+>/)
  expect((await site.visitor().get('/catalogue/<script>/qr.svg')).status).toBe(404)
})

test('a program reads the list, and an unchanged one costs it 304', async ({ site }) => {
  const first = await site.visitor().get('/api/v1/catalogue?division=220106&limit=2')
  const list = JSON.parse(first.text)
  expect(list).toMatchObject({ division: '220106', on: TODAY, items: [{ item: 'R01', headline: 'document-may-be-demanded' }, { item: 'R02' }], next: 'R02' })
  expect(list.items[0].details.feeBasis).toBeNull()
  const etag = first.headers.get('etag')!
  expect(etag).toMatch(/^"[\w-]+"$/)
  const again = await site.visitor().get('/api/v1/catalogue?division=220106&limit=2', { 'If-None-Match': etag })
  expect([again.status, again.text]).toEqual([304, ''])
  const next = await site.visitor().get('/api/v1/catalogue?division=220106&limit=2&after=R02', { 'If-None-Match': etag })
  expect(JSON.parse(next.text).items[0].item).toBe('R03')
})

test('a list that a program holds already is recognised where not one row of it could be read', async ({ site }) => {
  const ask = (etag: string) => site.visitor().get('/api/v1/catalogue?division=220106&on=2026-06-01', { 'If-None-Match': etag })
  const etag = (await ask('"none"')).headers.get('etag')!
  await site.database.owner.raw('revoke select on listings from mingdan_app')
  try {
    expect((await ask(etag)).status).toBe(304)
    expect((await ask('"none"')).status).toBe(500)
  } finally {
    await site.database.owner.raw('grant select on listings to mingdan_app')
  }
  expect((await ask('"none"')).headers.get('etag')).toBe(etag)
})

test('a program that asks wrongly is told where and what, in its language', async ({ site }) => {
  const ask = async (language: string) => {
    const { status, headers, text } = await site.visitor().get('/api/v1/catalogue?division=12&on=2026-02-30', { 'Accept-Language': language })
    return { status, type: headers.get('content-type'), errors: JSON.parse(text).errors }
  }
  expect(await ask('en')).toEqual({
    status: 400,
    type: expect.stringMatching(/^application\/problem\+json/),
    errors: [
      { pointer: '/division', code: 'catalogue.division-malformed', detail: 'A division code has six digits, such as 220100.' },
      { pointer: '/on', code: 'forms.date', detail: 'Give a date that exists, such as 2026-11-22.' },
    ],
  })
  expect((await ask('zh-CN')).errors[0].detail).toBe('行政区划代码是六位数字，例如 220100。')
  expect((await site.visitor().get('/api/v1/catalogue?division=999999')).status).toBe(404)
})

test('the regulator’s people change the list with forms alone: written, proposed, examined, commented, answered, adopted', async ({ site }) => {
  const [manager, legal, third, fourth] = await Promise.all(['regulator', 'regulator2', 'regulator3', 'regulator4'].map((name) => signedIn(site, name))) as [Visitor, Visitor, Visitor, Visitor]
  const governed = await manager.get('/regulator/catalogue')
  const further = /href="(\/regulator\/catalogue\?after=[A-Z0-9-]+)"/.exec(governed.text)![1]!
  expect(governed.text).toContain('R01')
  expect((await manager.get(further)).text).not.toContain('>R01<')

  const begun = await manager.post('/regulator/catalogue/new', { draftId: randomUUID(), title: '列入树木移植方案', reason: '依据已经核对', basis: '城市绿化条例第二十条' })
  expect(begun.status).toBe(302)
  const draft = begun.location!.split('?')[0]!
  const form = { code: 'C9001', name: '树木移植方案编制（试行）', nature: 'statutory', bases: '部门规章｜某某办法｜第一条', items: 'A45', selfPrepare: 'yes', reason: '依据已经核对' }
  const wrong = await manager.post(`${draft}/wording`, form)
  expect([wrong.status, wrong.text.includes('不能列为法定'), wrong.text.includes('树木移植方案编制（试行）')]).toEqual([422, true, true])
  expect((await manager.post(`${draft}/wording`, { ...form, bases: '行政法规｜城市绿化条例｜第二十条' })).status).toBe(302)
  await manager.post(draft, { act: 'remove', code: 'R05', why: '事项已经取消' })
  expect((await manager.get(draft)).text).toContain('列入 1 项，移出 1 项')
  const proposed = await manager.post(draft, { act: 'propose' })
  const number = /QD-[0-9-]+/.exec(proposed.location!)![0]
  const [govern, open] = [`/regulator/catalogue/proposals/${number}`, `/catalogue/proposals/${number}`]
  expect((await site.visitor().get(open)).text).toContain('等待审查意见')
  const adopt = () => manager.post(govern, { act: 'adopt', from: COMING, note: '按程序通过' })
  expect((await adopt()).text).toContain('还缺 4 份审查意见')

  const give = (person: Visitor, kind: string) => person.post(govern, { act: 'opinion', kind, favours: 'yes', office: '政策法规处', words: '同意，理由充分。' })
  expect((await give(manager, 'legality')).text).toContain('提案人不能给自己的提案出具意见')
  for (const [person, kind] of [[legal, 'legality'], [third, 'necessity'], [fourth, 'reasonableness'], [legal, 'fair-competition']] as const) expect((await give(person, kind)).status).toBe(302)
  expect((await third.post(govern, { act: 'open' })).status).toBe(403)
  await manager.post(govern, { act: 'open' })
  const said = await site.visitor().post(open, { words: '建议写明受理条件。', contact: '', as: 'visitor' })
  expect([said.status, said.location]).toEqual([302, `${open}?done=commented`])
  expect((await adopt()).text).toContain('征求意见还没有结束')
  const comment = /name="ids" value="([0-9a-f-]+)"/.exec((await third.get(govern)).text)![1]!
  await third.post(govern, { act: 'answer', ids: comment, outcome: 'accepted', words: '采纳，写入说明。' })
  expect((await site.visitor().get(open)).text).toContain('建议写明受理条件。')
  await site.database.owner('list_comment_periods').update({ opened_at: new Date(Date.now() - 9 * 86_400_000), ends_at: new Date(Date.now() - 86_400_000) })
  expect((await adopt()).status).toBe(302)

  expect((await site.visitor().get('/catalogue/C9001')).text).toContain('不在清单有效期内')
  expect((await site.visitor().get(`/catalogue/C9001?on=${COMING}`)).text).toContain('可以要求')
  expect((await site.visitor().get('/catalogue/R05')).text).toContain('可以要求')
  expect((await site.visitor().get(`/catalogue/R05?on=${COMING}`)).text).toContain('不在清单有效期内')
  const differences = (await site.visitor().get(`/catalogue/differences?to=${COMING}`)).text
  expect(differences).toContain('列入 1 项，移出 1 项')
  expect(differences).toContain('《城市绿化条例》第二十条')
})

test('no second way is left beside the first: the old addresses change nothing', async ({ site }) => {
  const regulator = await signedIn(site, 'regulator')
  const before = await site.database.owner('catalogue_versions').count()
  for (const address of ['/regulator/catalogue/adopt', '/regulator/catalogue/R01/retire']) expect((await regulator.post(address, { code: 'C9009', from: COMING, note: '试一试' })).status).toBe(404)
  expect(await site.database.owner('catalogue_versions').count()).toEqual(before)
})

test('the whole list of any day is there for everybody to take, as a workbook and as JSON', async ({ site }) => {
  const json = await site.visitor().get('/catalogue/files/catalogue.json?on=2017-01-01')
  expect(JSON.parse(json.text)).toMatchObject({ format: 'mingdan-list/v1', division: '220100', on: '2017-01-01', version: 1, items: [{ code: 'R06' }, { code: 'R11' }, { code: 'R22' }, { code: 'R43' }] })
  const workbook = await site.visitor().get('/catalogue/files/catalogue.xlsx')
  expect([workbook.status, workbook.headers.get('content-type'), workbook.text.slice(0, 2)]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'])
  expect((await site.visitor().get('/catalogue/files/catalogue.json?on=2026-02-30')).status).toBe(400)
  expect((await site.visitor().get('/catalogue/files/list.csv')).status).toBe(404)
})

test('a file with a field that no list has is told where it is and what it says, and nothing is written', async ({ site }) => {
  const regulator = await signedIn(site, 'regulator')
  const { text } = await site.visitor().get('/catalogue/files/catalogue.json')
  const list = JSON.parse(text) as { items: Record<string, unknown>[] }
  list.items[2]!['colour'] = '蓝色'
  const answer = await regulator.post('/regulator/catalogue/import', { file: new File([JSON.stringify(list)], 'list.json'), whole: 'keep', title: '年度清理', reason: '年度清理，缩短时限。', basis: '《优化营商环境条例》' })
  expect(answer.status).toBe(422)
  const cells = [.../<tbody.*<\/tbody>/s.exec(answer.text)![0].matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!.replace(/<[^>]+>/g, ''))
  expect(cells).toEqual(['/items/2/colour', '（无）', '蓝色', '没有这个项目，请核对名称。'])
})

test('one address comments ten times an hour and no more', async ({ site }) => {
  const { number } = (await site.database.owner('list_proposals').whereNotNull('number').orderBy('ordinal', 'desc').first('number')) as { number: string }
  const answers: number[] = []
  for (let n = 0; n < 12; n++) answers.push((await site.visitor().post(`/catalogue/proposals/${number}`, { words: `第 ${n} 条意见。`, contact: '', as: 'visitor' })).status)
  expect(answers.at(-1)).toBe(429)
})

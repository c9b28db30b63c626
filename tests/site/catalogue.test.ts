import { expect } from 'vitest'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true })

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

test('the regulator lists a service, rewords it and takes it off, with forms alone', async ({ site }) => {
  const regulator = site.visitor()
  const { signIn } = site.demo!.accounts.find(({ role }) => role === 'regulator')!
  await regulator.signIn(signIn.name, signIn.password)
  const governed = await regulator.get('/regulator/catalogue')
  const further = /href="(\/regulator\/catalogue\?after=[A-Z0-9-]+)"/.exec(governed.text)![1]!
  expect(governed.text).toContain('R01')
  expect((await regulator.get(further)).text).not.toContain('>R01<')
  const form = { code: 'C9001', name: '树木移植方案编制（试行）', nature: 'statutory', bases: '部门规章｜某某办法｜第一条', items: 'A45', selfPrepare: 'yes', from: COMING, note: '依据已经核对' }

  const wrong = await regulator.post('/regulator/catalogue/adopt', form)
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('不能列为法定')
  expect(wrong.text).toContain('树木移植方案编制（试行）')
  expect((await site.visitor().get('/catalogue/C9001')).status).toBe(404)

  const whole = { ...form, bases: '行政法规｜城市绿化条例｜第二十条' }
  const check = await regulator.post('/regulator/catalogue/adopt', whole)
  expect(check.status).toBe(200)
  expect(check.text).toContain('还没有写入')
  expect((await site.visitor().get(`/catalogue/C9001?on=${COMING}`)).status).toBe(404)
  const again = await regulator.post('/regulator/catalogue/adopt', { ...whole, act: 'edit' })
  expect(again.text).toContain('行政法规｜城市绿化条例｜第二十条')

  const right = await regulator.post('/regulator/catalogue/adopt', { ...whole, act: 'adopt' })
  expect([right.status, right.location]).toEqual([302, `/catalogue/C9001?on=${COMING}&done=listed`])
  expect((await site.visitor().get('/catalogue/C9001')).text).toContain('不在清单有效期内')
  expect((await site.visitor().get(`/catalogue/C9001?on=${COMING}`)).text).toContain('可以要求')

  const late = await regulator.post('/regulator/catalogue/R05/retire', { from: '2020-01-01', note: '事项取消' })
  expect(late.status).toBe(422)
  expect(late.text).toContain('清单不能改写过去')
  const retired = await regulator.post('/regulator/catalogue/R05/retire', { from: COMING, note: '事项取消' })
  expect(retired.status).toBe(302)
  expect((await site.visitor().get('/catalogue/R05')).text).toContain('可以要求')
  expect((await site.visitor().get(`/catalogue/R05?on=${COMING}`)).text).toContain('不在清单有效期内')
})

import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { signedIn, test } from '#tests/support/world.ts'
import { tellExchange } from '#tests/support/exchange.ts'
import { clockAt } from '#tests/support/clock.ts'

test('an operator sees what the national side would refuse, narrows it, and takes both tables along', async ({ site, world }) => {
  const operator = await signedIn(site, world.people.operator)
  const page = await operator.get(paths.exchange())
  expect(page.status).toBe(200)
  for (const words of [world.ids.tender, '没有项目基本信息（spgl_xmjbxxb）', '中介服务事项没有对应的国家标准编码', '审批事项没有国家基本编码', '还没有选定', '待上传']) expect(page.text).toContain(words)
  // An operator cannot see cases and names no codes: the page says who mends it and leads only where one may go.
  expect(page.text).not.toMatch(/href="\/cases\//)
  expect(page.text).not.toContain('href="/operator/exchange/codes')
  expect((await operator.get(paths.exchange({ fault: 'service-code' }))).text).toContain(world.ids.tender)
  for (const asked of [{ fault: 'days' }, { show: 'refused', fault: 'days' }, { division: '220105' }]) expect((await operator.get(paths.exchange(asked))).text, JSON.stringify(asked)).toContain('没有符合条件的')
  // The demo's town has a row that the national side refused, and rows that ended when codes were named.
  const refused = (await operator.get(paths.exchange({ show: 'refused' }))).text
  expect([refused.includes('国家侧退回流水号'), refused.includes(world.ids.tender)]).toEqual([true, false])
  expect((await operator.get(paths.exchange({ show: 'ended' }))).text).toContain('已更正：对应标准中介服务事项编码')
  // What is no choice of ours narrows nothing.
  expect((await operator.get('/operator/exchange?show=x&fault=y&division=zz&before=-1')).text).toContain(world.ids.tender)
  expect((await operator.get(paths.exchange({ before: 1 }))).text).toContain('没有符合条件的')
  const file = await fetch(`${site.address}${paths.exchangeFile('exchange.xlsx')}`, { headers: { cookie: [...operator.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } })
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])
  expect(Buffer.from(await file.arrayBuffer()).subarray(0, 2).toString()).toBe('PK')
  expect((await operator.get(paths.exchangeFile('other.xlsx'))).status).toBe(404)
})

test('a regulator goes from a row to the code that it lacks, names it, and the row is mended', async ({ site, world }) => {
  const regulator = await signedIn(site, world.people.regulator)
  const { text: body } = await regulator.get(paths.exchange())
  const place = paths.nationalCodes({ kind: 'service', key: world.ids.listing })
  expect(body).toContain(`href="${place.replaceAll('&', '&amp;')}"`)
  expect(body).toMatch(/href="\/cases\//)
  expect((await regulator.get(place)).text).toContain(`value="${world.ids.listing}"`)
  const wrong = await regulator.post(paths.nationalCodes(), { kind: 'service', key: world.ids.listing, code: 'x' })
  expect([wrong.status, wrong.text.includes('国家编码是 4 到 50 位')]).toEqual([422, true])
  expect((await regulator.post(paths.nationalCodes(), { kind: 'service', key: 'NOPE', code: 'GJ-0001' })).text).toContain('没有这个编码的事项')
  const named = await regulator.post(paths.nationalCodes(), { kind: 'service', key: world.ids.listing, code: 'gj-0001' })
  expect([named.status, named.location]).toEqual([302, paths.nationalCodes({ done: 'named' })])
  await tellExchange({ db: site.database.app, clock: clockAt(new Date()) } as Parameters<typeof tellExchange>[0])
  expect((await regulator.get(paths.exchange())).text.includes(place.replaceAll('&', '&amp;'))).toBe(false)
  const ended = await regulator.get(paths.exchange({ show: 'ended' }))
  expect(ended.text).toContain(world.ids.tender)
})

import { expect } from 'vitest'
import readWorkbook from 'read-excel-file/node'
import writeWorkbook from 'write-excel-file/node'
import { makeUscc, unique } from '#tests/support/factories.ts'
import { operatorOf, PDF, registrationForm, walkRegistration } from '#tests/support/registration.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true })

const HEAD = ['统一社会信用代码', '机构名称', '行政区划代码', '电话']
async function workbook(sheets: string[][][]): Promise<File> {
  const bytes = await writeWorkbook(sheets.map((data, n) => ({ sheet: `表${n}`, data: data.map((row) => row.map((value) => ({ value, type: String }))) }))).toBuffer()
  return new File([new Uint8Array(bytes)], '原有名录.xlsx')
}

test('an operator brings a register: a report first, then the import, and files of both', async ({ site }) => {
  const operator = await operatorOf(site)
  const [good, name] = [makeUscc(), unique('长春名录测绘院')]
  const file = await workbook([
    [HEAD, [good, name, '２２０１０６', '０４３１-80000000'], ['123456789012345678', '坏代码公司', '220106', ''], [good, '重复的', '220106', '']],
    [['统一社会信用代码', '资质种类', '等级', '发证机关', '证书编号', '有效期至'], [good, '测绘资质', '乙级', '省自然资源厅', '乙测 1', '2029-06-30']],
  ])
  const checked = await operator.post('/operator/imports', { file })
  expect(checked.status).toBe(302)
  const report = await operator.get(checked.location!)
  for (const text of [name, 'GB 11714', '文件里前面已经有这个代码', '导入 1 家机构']) expect(report.text).toContain(text)
  const csv = await operator.get(`${checked.location}/report.csv`)
  expect(csv.text).toContain('"123456789012345678"')
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(await site.database.owner('organisations').where({ uscc: good }).first()).toBeUndefined()

  const done = await operator.submit(checked.location!)
  expect(done.text).toContain('已导入 1 家机构')
  expect((await operator.post(checked.location!)).status).toBe(409)
  const shown = (await site.visitor().get(`/agencies/${good}`)).text
  for (const text of [name, '待认领', '测绘资质 · 乙级']) expect(shown).toContain(text)

  const invited = await operator.post(`/operator/agencies/${good}`, { intent: 'invite', displayName: '周院长' })
  const code = /<code[^>]*>([A-Za-z0-9_-]{43})<\/code>/.exec(invited.text)![1]!
  const manager = site.visitor()
  const account = { displayName: '周院长', signInName: unique('zhou').toLowerCase(), password: '四月的雨落在净月潭边上', passwordAgain: '四月的雨落在净月潭边上' }
  await manager.submit('/register?as=delegate', { invitation: code, ...account })
  expect((await manager.submit('/agency/profile', { intent: 'commit', commitment: 'yes' })).text).toContain('已作出承诺')
})

test('a file that is no register is refused with a sentence', async ({ site }) => {
  const operator = await operatorOf(site)
  const bomb = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(2000, 1)])
  for (const [file, sentence] of [
    [new File([PDF], '名录.xlsx'), '只接受 xlsx 和 JSON'],
    [new File([new Uint8Array(bomb)], '名录.xlsx'), '文件打不开'],
    [new File(['{"agencies":'], '名录.json'), '文件打不开'],
    [new File(['{"others":[]}'], '名录.json'), 'agencies 列表'],
    [new File(['[]'], '名录.json'), '文件里没有机构'],
    [await workbook([[['别的'], ['x']]]), '没有找到'],
  ] as const) {
    const answer = await operator.post('/operator/imports', { file })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(sentence)
  }
  expect((await operator.post('/operator/imports', {})).text).toContain('请选择一个 xlsx 或 JSON 文件')
})

test('the export is open to everybody, holds no person, and can be imported again as it is', async ({ site }) => {
  const agency = site.visitor()
  const given = registrationForm({ legalRepresentative: '绝不公开' })
  await walkRegistration(agency, given)
  await agency.submit('/register/agency/check')
  const json = JSON.parse((await site.visitor().get('/agencies/files/agencies.json')).text) as { agencies: { uscc: string; name: string }[] }
  expect(json.agencies.map(({ uscc }) => uscc)).toContain(given.organisation.uscc)
  expect(JSON.stringify(json)).not.toMatch(/绝不公开|王经办|13900001111/)
  const bytes = Buffer.from(await (await fetch(`${site.address}/agencies/files/agencies.xlsx`)).arrayBuffer())
  const [sheet] = await readWorkbook(bytes)
  expect(sheet!.data).toHaveLength(json.agencies.length + 1)

  const operator = await operatorOf(site)
  for (const file of [new File([JSON.stringify(json)], '导出.json'), new File([new Uint8Array(bytes)], '导出.xlsx')]) {
    const checked = await operator.post('/operator/imports', { file })
    const csv = (await operator.get(`${checked.location}/report.csv`)).text
    // All are registered, so all are duplicates; none is refused for what the export wrote.
    expect(csv.trim().split('\r\n').slice(1).every((line) => line.includes('"重复"')), csv).toBe(true)
  }
  expect((await site.visitor().get('/agencies/files/agencies.exe')).status).toBe(404)
})

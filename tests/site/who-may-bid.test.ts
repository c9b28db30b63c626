import { expect } from 'vitest'
import { as, projectOf } from '#tests/support/people.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true })

test('by forms alone: an owner asks for a certificate, a regulator records a decision, and the agency reads why it may not bid', async ({ site }) => {
  const [owner, regulator, agency] = await Promise.all(['owner', 'regulator', 'agency1'].map((name) => as(site, name)))
  const db = site.database.owner
  await db('policy_parameters').where({ division_code: '220100', name: 'application' }).update({ value: JSON.stringify({ n: 600, unit: 's' }) })
  const project = await projectOf(site, 'owner')
  const form = { projectCode: project, listingCode: 'R28', method: 'random', title: '绿园厂房水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: '20', ceiling: '85000' }
  const abolished = await db('qualification_kinds').where({ admission: 'abolished' }).orderBy('code').first<{ code: string }>('code')
  const refused = await owner!.post(`/owner/tenders/new?project=${project}&service=R28&sum=85000`, { ...form, qualification1: `${abolished!.code}|` })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('《优化营商环境条例》第四十三条')
  const drafted = await owner!.post(`/owner/tenders/new?project=${project}&service=R28&sum=85000`, { ...form, qualification1: 'Q18|乙级', practitionerLicence: '注册城乡规划师', practitionersLeast: '3 人' })
  expect(drafted.status, drafted.text.slice(0, 300)).toBe(302)
  const edited = await owner!.get(`${drafted.location!}/edit`)
  expect(edited.text).toMatch(/<option value="Q18\|乙级" selected/)
  const page = (await owner!.post(drafted.location!, { act: 'publish' })).location!.split('?')[0]!
  // Whoever publishes leaves a browser's mark; a reader gets no cookie for it, and no page shows it.
  const reader = site.visitor()
  const { text } = await reader.get(page)
  const cookie = owner!.cookies.get('mingdan-device')
  expect(cookie).toMatch(/^[\w-]{43}$/)
  const marks = await db('device_marks').join('tenders', 'tenders.id', 'device_marks.tender_id').where('tenders.number', page.split('/').at(-1)!).select('device_marks.organisation_id', 'tenders.owner_id')
  expect(marks).toEqual([{ organisation_id: marks[0]?.owner_id, owner_id: expect.any(String) }])
  expect(reader.cookies.has('mingdan-device')).toBe(false)
  expect(agency!.cookies.has('mingdan-device')).toBe(false)
  expect(text).not.toContain(cookie)
  for (const said of ['城乡规划编制单位资质', '乙级及以上', '注册城乡规划师，至少 3 人']) expect(text).toContain(said)

  const { uscc } = await db('organisations').join('memberships', 'memberships.organisation_id', 'organisations.id').join('credentials', 'credentials.account_id', 'memberships.account_id').where('sign_in_name', 'agency1').first('uscc')
  const decision = { intent: 'record', uscc, kind: 'administrative-penalty', number: '吉建罚字〔2026〕22 号', authority: '吉林省住房和城乡建设厅', reason: '出具虚假检测报告', fromOn: '2026-01-01', untilOn: '2090-01-01', finalOn: '2089-01-01' }
  expect((await regulator!.post('/regulator/sanctions', { ...decision, untilOn: '' })).status).toBe(422)
  expect((await regulator!.post('/regulator/sanctions', decision)).location).toBe('/regulator/sanctions?done=recorded')
  const mine = await agency!.get(page)
  for (const said of ['机构在暂停期内', '吉建罚字〔2026〕22 号', '最后一天是 2090年1月1日', '没有公告要求的有效资质或等级']) expect(mine.text).toContain(said)
  expect((await agency!.get('/agency/profile')).text).toContain('出具虚假检测报告')
  // Nothing of it is public before it is final.
  expect((await site.visitor().get(`/agencies/${uscc}`)).text).not.toContain('吉建罚字')
  const { id } = await db('agency_sanctions').where({ number: decision.number }).first('id')
  const asked = (await regulator!.get(`/regulator/sanctions?lift=${id}`)).text
  expect(asked).toContain('已经记录的事实保留')
  expect(asked.match(/name="reason"/g)).toHaveLength(1)
  const short = await regulator!.post('/regulator/sanctions', { intent: 'lift', sanctionId: id, reason: '短' })
  expect(short.status).toBe(422)
  expect(short.text).toContain(`name="sanctionId" value="${id}"`)
  expect((await regulator!.post('/regulator/sanctions', { intent: 'lift', sanctionId: id, reason: '决定已被撤销' })).location).toBe('/regulator/sanctions?done=lifted')
  expect((await agency!.get(page)).text).not.toContain('吉建罚字')
})

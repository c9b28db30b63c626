import { expect } from 'vitest'
import { unique } from '#tests/support/factories.ts'
import { operatorOf, PDF, registrationForm, walkRegistration } from '#tests/support/registration.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true })

test('a registration is walked step by step without scripts: kept on the way back, changed from the check page, resumed, sent once', async ({ site }) => {
  const visitor = site.visitor()
  const given = registrationForm({ name: unique('长春䶮水测绘院') })
  const check = await walkRegistration(visitor, given)
  expect(check.status).toBe(200)
  for (const answer of [given.organisation.uscc, given.organisation.name, '王经办', '执照.pdf', '长春市']) expect(check.text).toContain(answer)
  expect(check.text).not.toContain(given.account.password)
  for (const step of ['organisation', 'account', 'people', 'documents', 'commitment']) expect(check.text).toContain(`href="/register/agency/${step}?from=check"`)

  // Back: what was typed stands in the fields, the password does not.
  const back = await visitor.get('/register/agency/account')
  expect(back.text).toContain(`value="${given.account.signInName}"`)
  expect(back.text).not.toContain(given.account.password)
  // Change: leads back to the check page; an empty password keeps the one that was given.
  const changed = await visitor.post('/register/agency/account?from=check', { ...given.account, displayName: '李经办', password: '', passwordAgain: '' })
  expect(changed).toMatchObject({ status: 302, location: '/register/agency/check' })
  expect((await visitor.get('/register/agency/check')).text).toContain('李经办')
  // A wrong change is said at its field, and the answer that stood still stands.
  const wrong = await visitor.post('/register/agency/people?from=check', { ...given.people, contactPhone: '😀' })
  expect(wrong.status).toBe(422)
  expect((await visitor.get('/register/agency/people')).text).toContain('13900001111')

  // Resumed: the same browser later; another browser has nothing of it.
  expect((await visitor.get('/register?as=agency')).text).toContain(given.organisation.name)
  expect((await site.visitor().get('/register?as=agency')).text).not.toContain(given.organisation.name)
  expect((await site.visitor().send('/register/agency/check', {})).location).toBe('/register?as=agency')

  const twoTabs = await Promise.all([visitor.post('/register/agency/check'), visitor.post('/register/agency/check')])
  expect(twoTabs.map(({ status }) => status)).toEqual([302, 302])
  expect(await site.database.owner('organisations').where({ uscc: given.organisation.uscc })).toHaveLength(1)
  // The back button after sending finds no form that could be sent again.
  expect((await visitor.post('/register/agency/organisation', given.organisation)).location).toBe('/register?as=agency')
})

test('lists of a registration grow and shrink, and the licence and the power of attorney are asked for before it goes on', async ({ site }) => {
  const visitor = site.visitor()
  await visitor.submit('/register?as=agency', { intent: 'begin' })
  await visitor.submit('/register/agency/people', { ...registrationForm().people, agentName: '钱代理' })
  const paper = (kind: string, name: string) => ({ kind, file: new File([PDF], name) })
  expect((await visitor.post('/register/agency/documents', { intent: 'next' })).text).toContain('请先上传营业执照')
  expect((await visitor.post('/register/agency/documents', { intent: 'next', ...paper('licence', '执照.pdf') })).text).toContain('请上传授权委托书')
  expect(await visitor.post('/register/agency/documents', { intent: 'next', ...paper('power-of-attorney', '委托书.pdf') })).toMatchObject({ status: 302, location: '/register/agency/qualifications' })

  const certificate = { kind: 'Q13|甲级', number: '甲测资字 ２２１', issuer: '䶮水自然资源局', scope: '', validUntil: '2030-12-31' }
  const half = await visitor.post('/register/agency/qualifications', { intent: 'next', ...certificate, issuer: '' })
  expect(half.status).toBe(422)
  expect(half.text).toContain('value="甲测资字 221"')
  await visitor.submit('/register/agency/qualifications', { intent: 'add', ...certificate })
  const listed = (await visitor.get('/register/agency/qualifications')).text
  for (const text of ['测绘资质 · 甲级', '䶮水自然资源局', '2030年12月31日']) expect(listed).toContain(text)
  expect(listed).toContain('（仅展示，不得要求）')
  const id = /name="id" value="([0-9a-f-]{36})"/.exec(listed)![1]!
  await visitor.submit('/register/agency/qualifications', { intent: 'remove', id })
  expect((await visitor.get('/register/agency/qualifications')).text).not.toContain('䶮水自然资源局')

  const discarded = await visitor.submit('/register?as=agency', { intent: 'discard' })
  expect(discarded.text).toContain('草稿已删除')
  expect((await visitor.send('/register/agency/people', {})).location).toBe('/register?as=agency')
})

test('an operator checks an agency: the queue, every reason at once, the answer, and the pass', async ({ site }) => {
  const agency = site.visitor()
  const given = registrationForm()
  await walkRegistration(agency, given)
  await agency.submit('/register/agency/check')
  const { uscc, name } = given.organisation
  const operator = await operatorOf(site)
  expect((await operator.get('/operator/agencies')).text).toContain(name)
  const page = await operator.get(`/operator/agencies/${uscc}`)
  for (const text of ['执照.pdf', '王二', '13900001111']) expect(page.text).toContain(text)
  const { id } = await site.database.owner('agency_documents as d').join('organisations as o', 'o.id', 'd.agency_id').where({ 'o.uscc': uscc }).first('d.id')
  expect((await operator.get(`/agency/documents/${id}`)).text).toBe(PDF)

  const none = await operator.post(`/operator/agencies/${uscc}`, { verdict: 'returned' })
  expect(none.status).toBe(422)
  expect(none.text).toContain('退回时请选出全部理由')
  expect(await operator.post(`/operator/agencies/${uscc}`, { verdict: 'returned', reasons: ['licence-unreadable', 'other'], note: '扫描件请用 300 dpi。' })).toMatchObject({ status: 302, location: '/operator/agencies?done=returned' })
  const own = await agency.get('/agency/profile')
  for (const text of ['营业执照看不清', '扫描件请用 300 dpi。', '核验退回']) expect(own.text).toContain(text)
  const offer = await agency.post('/agency/offerings/new?service=R28', { listingCode: 'R28', conditions: '提供红线图', process: '踏勘、交付', promisedDays: '15', fee: '面议', serviceDivisions: ['220100'] })
  expect(offer.status).toBe(409)
  expect(offer.text).toContain('形式核验被退回')

  expect((await agency.submit('/agency/profile', { intent: 'answer', answer: '已重新扫描。' })).text).toContain('已答复')
  expect((await operator.get('/operator/agencies?state=answered')).text).toContain(name)
  expect((await operator.submit(`/operator/agencies/${uscc}`, { verdict: 'passed' })).text).toContain('已通过')
  const shown = (await site.visitor().get(`/agencies/${uscc}`)).text
  expect(shown).toContain('核验通过')
  // Nothing of persons, and nothing of what the two sides wrote to one another, is public.
  for (const secret of ['王经办', '王二', '13900001111', '300 dpi', '已重新扫描']) expect(shown).not.toContain(secret)
})

test('an agency keeps its own record and changes an offer into a new version', async ({ site }) => {
  const agency = site.visitor()
  const given = registrationForm()
  await walkRegistration(agency, given)
  await agency.submit('/register/agency/check')
  const added = await agency.submit('/agency/qualifications', { kind: 'Q06|', number: '备案 1', issuer: '本单位', scope: '', validUntil: '2020-01-01' })
  expect(added.text).toContain('已取消')
  expect(added.text).toContain('已到期')
  expect((await agency.submit('/agency/practitioners', { name: '孙八', proof: 'retired', licenceKind1: '一级造价工程师', licenceNumber1: unique('ZJ') })).text).toContain('孙八')
  expect((await site.visitor().get(`/agencies/${given.organisation.uscc}`)).text).not.toContain('孙八')

  await agency.submit('/agency/offerings/new?service=R28', { listingCode: 'R28', conditions: '提供红线图', process: '踏勘、交付', promisedDays: '15', fee: '面议', serviceDivisions: ['220100'] })
  const { id } = await site.database.owner('offerings as f').join('organisations as o', 'o.id', 'f.agency_id').where({ 'o.uscc': given.organisation.uscc }).first('f.id')
  expect((await agency.get(`/agency/offerings/${id}`)).text).toContain('提供红线图')
  const changed = await agency.submit(`/agency/offerings/${id}`, { conditions: '提供红线图', process: '踏勘、交付', promisedDays: '8', fee: '每件 3000 元', serviceDivisions: ['220106'] })
  for (const text of ['已发布新的一版', '每件 3000 元', '已改版']) expect(changed.text).toContain(text)
  expect((await agency.post(`/agency/offerings/${id}`, { conditions: '又改', process: '踏勘、交付', promisedDays: '8', fee: '面议', serviceDivisions: ['220106'] })).status).toBe(404)
})

test('an agency corrects its legal representative: asked once with old and new, then it holds, and the operator sees what stood before', async ({ site }) => {
  const agency = site.visitor()
  const given = registrationForm()
  await walkRegistration(agency, given)
  await agency.submit('/register/agency/check')
  const record = { intent: 'correct', phone: '0431-81112222', address: given.organisation.address, ...given.people, legalRepresentative: '赵继任' }
  const wrong = await agency.post('/agency/profile', { ...record, phone: '没有' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('value="赵继任"')
  const asked = await agency.post('/agency/profile', record)
  expect(asked.status).toBe(200)
  for (const text of ['请核对这次更正', `${given.people.legalRepresentative} → 赵继任`, '再做一次形式核验', '确认更正']) expect(asked.text).toContain(text)
  expect((await site.visitor().get(`/agencies/${given.organisation.uscc}`)).text).not.toContain('043181112222')
  expect((await agency.submit('/agency/profile', { ...record, confirmed: 'yes' })).text).toContain('已更正，立即生效')
  const open = (await site.visitor().get(`/agencies/${given.organisation.uscc}`)).text
  expect(open).toContain('043181112222')
  expect(open).not.toContain('赵继任')
  expect(await agency.post('/agency/profile', { ...record, confirmed: 'yes' })).toMatchObject({ status: 409, text: expect.stringContaining('没有改动') })
  const checked = await (await operatorOf(site)).get(`/operator/agencies/${given.organisation.uscc}`)
  for (const text of ['赵继任', '更正记录', `原为：${given.people.legalRepresentative}`]) expect(checked.text).toContain(text)
})

test('no listing shows where its collector keeps a copy', async ({ site }) => {
  const codes = (await site.database.owner('listings').whereRaw(`details->>'sourceTitle' is not null`).where('code', 'like', 'R%').distinct('code').pluck('code')) as string[]
  expect(codes.length).toBeGreaterThan(40)
  const pages = await Promise.all(codes.map((code) => site.visitor().get(`/catalogue/${code}`)))
  for (const { text } of pages) expect(text).not.toMatch(/github-index|file-id/)
  expect(pages.some(({ text }) => text.includes('唐山市行政审批中介服务超市入驻公告（2018-08-20）') && text.includes('收集的公开清单（未载明文号）'))).toBe(true)
})

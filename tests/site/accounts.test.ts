import { expect } from 'vitest'
import { unique } from '#tests/support/factories.ts'
import { PDF, registrationForm, walkRegistration } from '#tests/support/registration.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true })

const PASSWORD = '四月的雨落在净月潭边上'
const form = () => registrationForm({ name: unique('长春䶮水咨询'), legalRepresentative: '王𠮷', phone: '１３８００１３８０００', address: '长春市绿园区某路 1 号', introduction: '只做水土保持', password: PASSWORD })

test('a wrong code loses nothing from the step, and says which check failed', async ({ site }) => {
  const visitor = site.visitor()
  await visitor.submit('/register?as=agency', { intent: 'begin' })
  const given = { ...form().organisation, uscc: '123456789012345678' }
  const answer = await visitor.post('/register/agency/organisation', given)
  expect(answer.status).toBe(422)
  // Once it said “这里是 undefined 位”.
  expect((await visitor.post('/register/agency/organisation', { ...given, uscc: 'ABC' })).text).toContain('这里是 3 位')
  expect(answer.text).toContain('GB 11714')
  for (const kept of ['123456789012345678', given.name!, '长春市绿园区某路 1 号']) expect(answer.text).toContain(kept)
})

test('an agency registers, is signed in, shows its licence to itself only, and offers a service', async ({ site }) => {
  const visitor = site.visitor()
  const given = form()
  await walkRegistration(visitor, given)
  const registered = await visitor.post('/register/agency/check')
  expect(registered).toMatchObject({ status: 302, location: '/agency?done=registered' })
  expect(registered.headers.getSetCookie().find((cookie) => cookie.startsWith('mingdan-session='))).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
  const { uscc, name } = given.organisation
  expect((await visitor.get('/agency')).text).toContain(name)

  const { id } = await site.database.owner('agency_documents as d').join('organisations as o', 'o.id', 'd.agency_id').where({ 'o.uscc': uscc }).first('d.id')
  const paper = await visitor.get(`/agency/documents/${id}`)
  expect(paper.text).toBe(PDF)
  expect(paper.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(paper.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await site.visitor().get(`/agency/documents/${id}`)).status).toBe(404)

  const offered = await visitor.post('/agency/offerings/new?service=R28', { listingCode: 'R28', conditions: '提供红线图', process: '踏勘、编制、交付', promisedDays: '１５', fee: '面议', serviceDivisions: ['220106'] })
  expect(offered).toMatchObject({ status: 302, location: '/agency/offerings?done=offered' })
  expect((await site.visitor().get(`/agencies/${uscc}`)).text).toContain('15 个工作日')
})

test('a wrong file is refused at its field and nothing is kept of it', async ({ site }) => {
  const visitor = site.visitor()
  await visitor.submit('/register?as=agency', { intent: 'begin' })
  const answer = await visitor.post('/register/agency/documents', { intent: 'add', kind: 'licence', file: new File(['<html>'], '执照.pdf') })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('我们看的是文件内容')
  expect((await visitor.get('/register/agency/documents')).text).not.toContain('执照.pdf')
})

test('signing in leads where one wanted to go, and never off the site', async ({ site }) => {
  const owner = site.demo!.accounts.find(({ role }) => role === 'owner')!
  const person = await site.database.owner('demo_people').orderBy('place').first()
  const visitor = site.visitor()
  expect((await visitor.send('/owner/projects/new', {})).location).toBe('/sign-in?next=%2Fowner%2Fprojects%2Fnew')
  expect((await visitor.post('/sign-in', { intent: 'demo', accountId: person.account_id, next: '/owner/projects/new' })).location).toBe('/owner/projects/new')
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
    expect((await site.visitor().post('/sign-in', { intent: 'demo', accountId: person.account_id, next })).location).toBe('/owner')
  }
  expect(owner).toBeTruthy()
})

test('a wrong password says one sentence, keeps the name and gives no cookie', async ({ site }) => {
  const visitor = site.visitor()
  const answer = await visitor.post('/sign-in', { signInName: 'nobody-here', password: 'wrong password' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('登录名或密码不对')
  expect(answer.text).toContain('nobody-here')
  expect(answer.text).not.toContain('wrong password')
  expect(visitor.cookies.has('mingdan-session')).toBe(false)
})

test('a session gets a new token on the way, is listed, and ends by signing out', async ({ site }) => {
  const person = await site.database.owner('demo_people').orderBy('place').first()
  const visitor = site.visitor()
  await visitor.post('/sign-in', { intent: 'demo', accountId: person.account_id })
  const first = visitor.cookies.get('mingdan-session')!
  await site.database.owner('sessions').where({ account_id: person.account_id }).update({ rotated_at: new Date(Date.now() - 3_600_000) })
  await visitor.get('/owner')
  const second = visitor.cookies.get('mingdan-session')!
  expect(second).not.toBe(first)
  expect((await visitor.get('/account/sessions')).text).toContain('当前')
  // A link cannot sign anybody out, a form can.
  await visitor.get('/sign-out')
  expect((await visitor.send('/owner', {})).status).toBe(200)
  await visitor.post('/sign-out')
  visitor.cookies.set('mingdan-session', second)
  expect((await visitor.send('/owner', {})).location).toContain('/sign-in')
})

test('somebody else’s project, session and offering are not there', async ({ site }) => {
  const person = await site.database.owner('demo_people as d').join('memberships as m', 'm.account_id', 'd.account_id').where('m.role', 'agency').orderBy('place').first('d.account_id')
  const visitor = site.visitor()
  await visitor.post('/sign-in', { intent: 'demo', accountId: person.account_id })
  const other = await site.database.owner('offerings').whereNot({ agency_id: (await site.database.owner('memberships').where({ account_id: person.account_id }).first()).organisation_id }).first('id')
  const session = await site.database.owner('sessions').whereNot({ account_id: person.account_id }).first('id')
  expect((await visitor.post('/agency/offerings', { offeringId: other.id })).status).toBe(404)
  expect((await visitor.post('/account/sessions', { intent: 'end', sessionId: session.id })).status).toBe(404)
  const project = await site.database.owner('projects').first('code')
  expect((await visitor.get(`/owner/projects/${project.code}`)).status).toBe(403)
})

test('an owner completes the facts of a project: the form holds what stands, keeps what was typed, and says what was saved', async ({ site }) => {
  const { signIn } = site.demo!.accounts.find(({ role }) => role === 'owner')!
  const visitor = site.visitor()
  await visitor.signIn(signIn.name, signIn.password)
  const { code, facts } = await site.database.owner('projects').join('credentials', 'credentials.account_id', 'projects.registered_by').where('sign_in_name', signIn.name).first('code', 'facts')
  const address = `/owner/projects/${code}/facts`
  expect((await visitor.get(`/owner/projects/${code}`)).text).toContain(`href="${address}"`)
  for (const value of Object.values(facts).filter((one) => typeof one === 'number')) expect((await visitor.get(address)).text).toContain(`value="${value}"`)

  const wrong = await visitor.post(address, { 'site.areaSquareMetres': '很大', 'site.park': '合心产业园' })
  expect(wrong.status).toBe(422)
  for (const kept of ['请填写数字，最多两位小数', 'value="很大"', 'value="合心产业园"']) expect(wrong.text).toContain(kept)

  const saved = await visitor.submit(address, { 'site.areaSquareMetres': '２３，４５６', 'site.park': '合心产业园', 'site.hazardZone': 'no' })
  for (const said of ['项目情况已保存', '合心产业园', '23,456']) expect(saved.text).toContain(said)
  expect((await visitor.get(address)).text).toContain('value="23456"')
  expect((await site.visitor().get(`/ledger/stories/${code}`)).text).toContain('补充或更正项目')
})

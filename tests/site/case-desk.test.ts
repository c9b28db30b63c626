import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { zh } from '#app/words/zh.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { owner, project } from '#tests/support/factories.ts'
import { cookieOf, signedIn, test } from '#tests/support/world.ts'

test('an address with -000 behind the code leads to the project that is kept without it, for good and with its query', async ({ site, world: { people, ids } }) => {
  const cookie = await cookieOf(site, people.owner)
  for (const [path, kept] of [[`/projects/${ids.project}-000/approvals?x=1`, `/projects/${ids.project}/approvals?x=1`], [`/owner/projects/${ids.project}-000`, `/owner/projects/${ids.project}`], [`/owner/projects/${ids.project}-000/facts`, `/owner/projects/${ids.project}/facts`]] as const) {
    const { status, headers } = await rawRequest(site.address, { method: 'GET', path, headers: { accept: 'text/html', cookie } })
    expect([status, headers.location]).toEqual([308, kept])
    expect((await rawRequest(site.address, { method: 'GET', path: kept, headers: { accept: 'text/html', cookie } })).status).toBe(200)
  }
})

test('an end that is refused says so above its form, and of a granted case nothing but the permit ends', async ({ site, world: { people, ids } }) => {
  const headers = { accept: 'text/html', cookie: await cookieOf(site, people.authority) }
  const path = paths.editCase(ids.case)
  const { body } = await rawRequest(site.address, { method: 'POST', path, headers: { ...headers, origin: site.address, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ act: 'state', state: '13', since: '2999-01-01', note: '' }).toString() })
  expect(body).toContain('id="errors"')
  expect(body.indexOf('id="errors"')).toBeLessThan(body.indexOf('结束案件'))
  const page = async () => (await rawRequest(site.address, { method: 'GET', path, headers })).body
  expect(await page()).not.toContain('撤销许可')
  await site.database.owner('case_states').insert({ case_id: ids.case, place: 90, state: 11, at: new Date() })
  const granted = await page()
  expect(granted).toContain('撤销许可')
  expect(granted).not.toContain('结束案件')
  await site.database.owner('case_states').where({ case_id: ids.case, place: 90 }).delete()
})

test('whoever a project was taken from is not led to a tender that would be refused, and is told that it is another’s without whose', async ({ site }) => {
  const db = site.database.owner
  const [lost, taker] = [await owner(db), await owner(db)]
  const { code } = await project(db, lost)
  const person = await signedIn(site, lost)
  const page = async () => (await person.get(paths.project(code))).text
  const start = paths.newTender({ project: code })
  expect(await page()).toContain(start)
  const { id: entry } = (await db('ledger_entries').first<{ id: string }>('id'))!
  await db('project_disputes').insert({ id: randomUUID(), project_code: code, registrant_id: lost.organisationId, named: '[]', raised_at: new Date(), ledger_entry_id: entry, settled_at: new Date(Date.now() + 1000), outcome: 'applicant', goes_to: JSON.stringify({ uscc: taker.uscc, name: taker.organisationName }), reason: '立项批复写明业主是申请人。', settled_by: lost.accountId })
  const after = await page()
  expect([start, taker.organisationName, taker.uscc!].filter((hidden) => after.includes(hidden))).toEqual([])
  expect(after).toContain(zh.disputes.own.applicant.text)
  expect((await person.get(paths.newTender())).text).not.toContain(code)
})

test('a document whose name means a service that nobody may ask for is told of beside it, and one click takes it out of the case', async ({ site, world: { people, ids } }) => {
  const db = site.database.owner
  const [office, applicant] = [await signedIn(site, people.authority), await signedIn(site, people.owner)]
  const own = { act: 'material', code: 'M-NAMED', name: '资产评估报告', source: 'applicant', service: '', sharedFrom: '', materialState: 'lacking', reason: '' }
  expect((await office.post(paths.editCase(ids.case), own)).status).toBe(302)
  for (const person of [office, applicant]) {
    const { text } = await person.get(paths.case(ids.case))
    expect([zh.cases.page.meansService, '资产评估</a>', zh.cases.milestones['not-demandable']].filter((word) => !text.includes(word))).toEqual([])
  }
  expect((await office.post(paths.editCase(ids.case), { ...own, source: 'service', service: 'S0701' })).status).toBe(302)
  for (const person of [office, applicant]) expect((await person.get(paths.case(ids.case))).text).toContain(zh.cases.page.misnamed)
  expect((await office.get(paths.editCase(ids.case, { material: 'M-NAMED' }))).text).toContain(zh.cases.edit.remove)
  expect((await office.post(paths.editCase(ids.case), { act: 'remove', code: 'M-NAMED' })).status).toBe(302)
  expect(await db('case_materials').where({ case_id: ids.case, code: 'M-NAMED' })).toEqual([])
})

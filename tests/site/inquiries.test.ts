import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { paths } from '#app/paths.ts'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'
import type { Site } from '#tests/support/site.ts'
import { caseSystem, cookieOf, test } from '#tests/support/world.ts'
import type { Visitor } from '#tests/support/visitor.ts'
import * as make from '#tests/support/factories.ts'

const WORDS = '窗口口头要求委托他们指定的公司，不做不收件，说了两次。'
/** One pixel, whole. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const picture = (name = '短信.png') => new File([PICTURE], name, { type: 'image/png' })

async function person(site: Site, member: Member): Promise<Visitor> {
  const visitor = site.visitor()
  const [name, value] = (await cookieOf(site, member)).split('=') as [string, string]
  visitor.cookies.set(name, value)
  return visitor
}

const receiptIn = (text: string) => /[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}/.exec(text)![0]

test('a visitor reports with a picture, the regulator alone opens it, opens a file, and the receipt says how far it is', async ({ site, world: { people } }) => {
  const visitor = site.visitor()
  const page = await visitor.get(paths.report())
  expect(page.text).toContain(zh.reports.report.visitor)
  expect(page.text).not.toContain(zh.reports.report.namedHint)
  const fields = { receipt: receiptIn(page.text), authority: people.authority.organisationName, asked: '收获面积勘查', words: WORDS, evidence1: picture() }
  const bad = await visitor.post(paths.report(), { ...fields, evidence1: new File(['<script>alert(1)</script>'], '短信.png', { type: 'image/png' }) })
  expect([bad.status, bad.text.includes(zh.forms.refusals['file-kind'])]).toEqual([422, true])
  const sent = await visitor.post(paths.report(), fields)
  expect(sent.status).toBe(200)
  const receipt = receiptIn(sent.text)
  expect(receipt).toBe(fields.receipt)
  expect((await visitor.post(paths.followReport(), { receipt })).text).toContain(zh.reports.follow.waiting)

  const [governor, officer, owner, stranger] = await Promise.all([people.regulator, people.authority, people.owner, await make.regulator(site.database.owner, { divisionCode: '220200' })].map((one) => person(site, one)))
  const leads = await governor!.get(paths.leads({ kind: 'demand-reported' }))
  const [, key] = /kind=demand-reported&amp;key=([0-9a-f-]{36})/.exec(leads.text)!
  const open = paths.openInquiry({ kind: 'demand-reported', key })
  const lead = await governor!.get(open)
  expect(lead.text).toContain(WORDS)
  const [, evidence] = /href="(\/evidence\/[0-9a-f-]{36})"/.exec(lead.text)!
  const download = await fetch(new URL(evidence!, site.address), { headers: { cookie: [...governor!.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } })
  expect([download.status, download.headers.get('content-disposition')?.startsWith('attachment'), Buffer.from(await download.arrayBuffer()).equals(PICTURE)]).toEqual([200, true, true])
  for (const other of [officer!, stranger!, owner!]) expect((await other.get(evidence!)).status).toBe(404)
  expect((await visitor.send(evidence!, {})).location).toContain('/sign-in')
  for (const other of [officer!, owner!]) expect((await other.get(open)).status).toBe(403)
  expect((await stranger!.get(open)).status).toBe(404)

  const opened = await governor!.post(open, { kind: 'demand-reported', key: key!, respondent: people.authority.organisationId, allegation: '请说明窗口是否要求申请人委托指定的公司。' })
  expect(opened.status).toBe(302)
  const file = opened.location!.split('?')[0]!
  const letter = await officer!.get(file)
  expect([letter.status, letter.text.includes(zh.inquiries.steps.letter), letter.text.includes(WORDS), letter.text.includes('短信')]).toEqual([200, true, false, false])
  expect((await officer!.get(paths.authorityDesk())).text).toContain(zh.desks.items['inquiry-to-answer'].what)
  for (const other of [stranger!, owner!]) expect((await other.get(file)).status).toBe(404)
  for (const other of [stranger!, owner!]) expect((await other.post(file, { act: 'reply', words: WORDS })).status).toBe(404)
  expect((await governor!.post(file, { act: 'reply', words: WORDS })).status).toBe(403)
  expect((await officer!.post(file, { act: 'decide', outcome: 'unfounded', reason: WORDS })).status).toBe(403)
  expect((await governor!.post(file, { act: 'decide', outcome: 'unfounded', reason: WORDS })).text).toContain(zh.inquiries.refusals['reply-first'])
  expect((await officer!.post(file, { act: 'reply', words: '窗口没有要求委托，附当日收件单。', paper1: picture('收件单.png') })).status).toBe(302)
  expect((await governor!.get(file)).text).toContain('收件单.png')
  expect((await governor!.post(file, { act: 'decide', outcome: 'violation', reason: WORDS })).text).toContain(zh.inquiries.refusals.basis)
  expect((await governor!.post(file, { act: 'decide', outcome: 'unfounded', reason: '收件单没有这一项，反映的情况不成立。' })).status).toBe(302)
  expect((await visitor.post(paths.followReport(), { receipt })).text).toContain(zh.inquiries.states.unfounded)
  expect((await visitor.get(paths.violations(), { 'Accept-Language': 'en' })).text).toContain(en.inquiries.violations.title)
})

test('what a signed-in owner reports anonymously leads back to nobody, in no table and no line of the log', async ({ site, world: { people, ids } }) => {
  const owner = await person(site, people.owner)
  const page = await owner.get(paths.report({ project: ids.project }))
  expect(page.text).toContain(people.owner.organisationName)
  const receipt = receiptIn(page.text)
  const sent = await owner.post(paths.report(), { receipt, as: 'anonymous', project: ids.project, decision: ids.decision, authority: people.authority.organisationName, asked: '无名反映的事项', words: WORDS })
  expect(sent.status).toBe(200)
  const db = site.database.owner
  const report = await db('demand_reports').where({ asked: '无名反映的事项' }).first()
  const { rows } = await db.raw('select to_jsonb(a) as row from audits a where subject = ? union all select to_jsonb(o) from outbox o where subject = ?', [report.id, report.id])
  const text = JSON.stringify([report, rows])
  for (const secret of [people.owner.accountId, people.owner.organisationId, ids.project, ids.decision]) expect(text).not.toContain(secret)
  expect(site.log()).not.toContain(rows[0].row.trace_id)
  expect(site.log()).not.toContain(receipt)
})

test('an officer keeps a refused demand up on the page, a case system by its call, once for each key; nobody does it for another authority', async ({ site, world: { people, ids } }) => {
  const officer = await person(site, people.authority)
  const again = await officer.get(paths.upholdDemand(ids.words))
  expect(again.text).toContain(zh.reports.uphold.button)
  const short = await officer.post(paths.upholdDemand(ids.words), { act: 'uphold', reason: '需要。' })
  expect([short.status, short.text.includes('需要。')]).toEqual([422, true])
  const other = await person(site, people.otherAuthority)
  expect((await other.get(paths.upholdDemand(ids.words))).status).toBe(404)
  expect((await other.post(paths.upholdDemand(ids.words), { act: 'uphold', reason: WORDS })).status).toBe(404)
  const publicPage = await site.visitor().get(paths.decision(ids.upheld))
  expect(publicPage.text).not.toContain(zh.reports.uphold.upheldTitle)
  expect((await officer.get(paths.decision(ids.upheld))).text).toContain(zh.reports.uphold.upheldTitle)

  const machine = await caseSystem(site, { people, ids })
  const { authorization } = await machine.headersFor('') as { authorization: string }
  const call = (decision: string, key: string | null, body: unknown) =>
    fetch(new URL(paths.api.uphold(decision), site.address), { method: 'POST', headers: { authorization, 'content-type': 'application/json', 'accept-language': 'en', ...(key && { 'idempotency-key': `"${key}"` }) }, body: JSON.stringify(body) })
  expect((await call(ids.words, null, { reason: WORDS })).status).toBe(400)
  const faulty = await call(ids.words, 'k-0', { reason: '短', mood: 'x' })
  expect([faulty.status, ((await faulty.json()) as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort()]).toEqual([422, ['/mood', '/reason']])
  expect((await call('00000000-0000-4000-8000-000000000000', 'k-1', { reason: WORDS })).status).toBe(404)
  const [first, second] = [await call(ids.words, 'k-2', { reason: WORDS }), await call(ids.words, 'k-2', { reason: WORDS })]
  expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true'])
  expect(await second.text()).toBe(await first.text())
  expect((await call(ids.words, 'k-2', { reason: `${WORDS}再加一句。` })).status).toBe(422)
  const unsigned = await fetch(new URL(paths.api.uphold(ids.words), site.address), { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  expect(unsigned.status).toBe(401)
  expect((await officer.get(paths.decision(ids.words))).text).toContain(WORDS)
})

import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'
import { signedIn, test } from '#tests/support/world.ts'

const WORDS = '水保专项说明书'
const CASE = '长审〔2026〕1号'
const inHtml = (path: string) => path.replaceAll('&', '&amp;')

test('a refused demand shows each reader what is theirs, is put again as it was, and leads its applicant to a report in two clicks', async ({ site, world: { people, ids } }) => {
  const [officer, owner, other, governor] = await Promise.all([people.authority, people.owner, people.otherAuthority, people.regulator].map((one) => signedIn(site, one)))
  const put = await officer!.post(paths.newDemand(), { service: WORDS, item: 'A01', caseNumber: CASE, project: ids.project })
  expect(put.status).toBe(302)
  const decision = put.location!
  const id = decision.split('/').at(-1)!
  const again = inHtml(paths.newDemand({ service: WORDS, item: 'A01', caseNumber: CASE, project: ids.project })).replace('item=A01', 'item=')
  const [one, two] = again.split('item=') as [string, string]

  const pages = await Promise.all([site.visitor(), other!, officer!, owner!, governor!].map((reader) => reader.get(decision)))
  for (const { status, text } of pages) expect([status, text.includes(zh.guard.ask.nearest)]).toEqual([200, true])
  expect(pages.map(({ text }) => [text.includes(WORDS), text.includes(CASE), text.includes(zh.guard.decision.wordsWithheld)])).toEqual([[false, false, true], [false, false, true], [true, true, false], [true, true, false], [true, true, false]])
  expect(pages.map(({ text }) => text.includes(`href="${one}`) && text.includes(two))).toEqual([false, false, true, false, false])

  const report = inHtml(paths.report({ decision: id }))
  expect((await owner!.get(paths.case(ids.case))).text).toContain(report)
  expect((await officer!.get(paths.case(ids.case))).text).not.toContain(report)
  expect((await owner!.get(paths.project(ids.project))).text).toContain(report)
  const form = (await owner!.get(paths.report({ decision: id }))).text
  for (const filled of [people.authority.organisationName, `value="${WORDS}"`, `value="${ids.project}"`, `时要我提供：${WORDS}。`]) expect(form).toContain(filled)
  expect((await owner!.get(paths.report({ decision: id }), { 'Accept-Language': 'en' })).text).toContain(en.reports.report.story({ day: '', authority: people.authority.organisationName, asked: WORDS }).slice('On , '.length))
  const open = (await site.visitor().get(paths.report({ decision: id }))).text
  expect([open.includes(WORDS), open.includes(ids.project), open.includes(zh.reports.report.storyUnsaid)]).toEqual([false, false, true])
})

test('at the desk a number that is no case, and a case of something else, are said at their fields with all that was typed', async ({ site, world: { people, ids } }) => {
  const officer = await signedIn(site, people.authority)
  const put = { service: WORDS, item: 'A01', caseNumber: CASE, project: ids.project }
  const { refusals } = zh.guard
  for (const [given, sentence] of [[{ caseNumber: 'AJ-NOWHERE' }, refusals['no-such-case']], [{ project: '2020-451421-88-03-016343' }, refusals['case-of-other-project']({ project: ids.project })], [{ item: 'A02' }, '这个案件办的是']] as const) {
    const { status, text } = await officer.post(paths.newDemand(), { ...put, ...given })
    expect([status, text.includes(sentence), text.includes(Object.values(given).join()), text.includes(WORDS)]).toEqual([422, true, true, true])
  }
})

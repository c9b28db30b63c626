import { expect, test } from 'vitest'
import { usccIn, whyNotDirect } from '#app/domain/tenders/direct.ts'
import { missingIn, TenderDraft, UnfinishedDraft } from '#app/domain/tenders/draft.ts'
import { directProcedure, Procedure } from '#app/domain/tenders/procedure.ts'
import { reasonsAgainst, type Bidder, type Ground } from '#app/domain/bids/eligibility.ts'

const ground = { buyerIsAuthority: false, closed: false, ceilingFen: 50_000_00, directCeilingFen: 50_000_00, directYearFen: null } as const

test.each([
  ['at the ceiling', {}, null],
  ['a fen above it', { ceilingFen: 50_000_01 }, 'drafts.direct-ceiling'],
  ['for the first time this year', { directYearFen: 0 }, null],
  ['for the second half of what was split, up to the ceiling', { ceilingFen: 20_000_00, directYearFen: 30_000_00 }, null],
  ['for a fen more than the year allows', { ceilingFen: 20_000_01, directYearFen: 30_000_00 }, 'drafts.direct-year'],
  ['where it is closed', { closed: true }, 'drafts.direct-closed'],
  ['by an authority, however small', { buyerIsAuthority: true, ceilingFen: 1 }, 'drafts.direct-authority'],
  ['by an authority where it is closed: the law is named first', { buyerIsAuthority: true, closed: true }, 'drafts.direct-authority'],
])('an agency named directly %s', (_, given, code) => {
  expect(whyNotDirect({ ...ground, ...given })?.code ?? null).toBe(code)
})

test.each([
  ['长春示例测绘有限公司 91220100MA0000001X', '91220100MA0000001X'],
  ['９１２２０１００ＭＡ０００００Ｘ１Ｙ', '91220100MA00000X1Y'],
  ['91220100ma0000001x', '91220100MA0000001X'],
  ['长春示例测绘有限公司', null],
  ['991220100MA0000001X', null],
  ['', null],
])('the code in %j', (typed, code) => {
  expect(usccIn(typed)).toBe(code)
})

const whole = { projectCode: 'p', listingCode: 'R28', method: 'random', title: '绿园厂房方案', requirements: '按现行规范编制报告书。', serviceDays: '20', ceiling: '1' }

test.each([
  ['days with their unit', { serviceDays: '２０ 天' }, []],
  ['no days', { serviceDays: '' }, ['tenders.service-days']],
  ['half a day', { serviceDays: '1.5' }, ['tenders.service-days']],
  ['ten years and a day', { serviceDays: '3651' }, ['tenders.service-days']],
  ['rare characters', { title: '䶮村𠮷屋水保方案' }, []],
  ['80 rare characters', { title: '𠮷'.repeat(80) }, []],
  ['81 of them', { title: '𠮷'.repeat(81) }, ['tenders.title-long']],
  ['a picture in the title', { title: '绿园厂房方案🏗️' }, ['accounts.text-pictures']],
  ['a line break in the title', { title: '绿园\n厂房方案' }, ['accounts.text-broken']],
  ['line breaks in the requirements', { requirements: '一、编制报告书\n二、配合审查' }, []],
  ['a method of somewhere else', { method: 'raffle' }, ['tenders.method-not-open']],
  ['money with its unit', { ceiling: '￥８５，０００．５０元' }, []],
  ['money in words', { ceiling: '八万' }, ['forms.money']],
  ['nothing at all for it', { ceiling: '0' }, ['tenders.ceiling-zero']],
  ['a direct selection of nobody for no reason', { method: 'direct' }, ['drafts.direct-nobody', 'drafts.direct-reason-short']],
  ['a contact without end', { contact: '长'.repeat(201) }, ['drafts.contact-long']],
  ['lists where texts belong', { title: ['a', 'b'] }, ['forms.required']],
])('a draft with %s', (_, given, messages) => {
  const read = TenderDraft.safeParse({ ...whole, ...given })
  expect(read.success ? [] : read.error.issues.map(({ message }) => message)).toEqual(messages)
})

test('what is not there yet may be saved, and is named before it can be published', () => {
  const read = UnfinishedDraft.parse({ ...whole, title: '', requirements: '', serviceDays: '' })
  expect(missingIn(read).map(({ field }) => field)).toEqual(['title', 'requirements', 'serviceDays'])
  expect(missingIn({ ...read, method: 'direct' }).map(({ field }) => field)).toEqual(['title', 'requirements', 'serviceDays', 'namedAgency', 'directReason'])
})

test('the direct procedure is data: it draws nothing and needs one acceptance', () => {
  const procedure = directProcedure({ application: { n: 2, unit: 'wd' }, bidsPerAgency: 20 })
  expect(procedure).toMatchObject({ rules: 'direct/v1', steps: ['offer', 'accept', 'award'], minimumBidders: 1, contributionBytes: 0 })
  expect(Procedure.parse(JSON.parse(JSON.stringify(procedure)))).toEqual(procedure)
  expect(Procedure.safeParse({ ...procedure, minimumBidders: 2 }).success).toBe(false)
})

test('who was not named may not bid, and who was named needs everything else all the same', () => {
  const identity = { name: '机构', kind: 'organisation', uscc: null, legalRepresentative: null, phone: null, address: null, supervisorId: null, supervisingAuthority: null } as const
  const bidder: Bidder = { ...identity, id: 'a', admittedAt: new Date(), expelledAt: null, serviceDivisions: ['220100'] }
  const at: Ground = { at: new Date('2026-03-05T02:00:00Z'), divisionCode: '220100', owner: { ...identity, id: 'o' }, authorities: [], namedAgencyId: 'a' }
  expect(reasonsAgainst(bidder, at)).toEqual([])
  expect(reasonsAgainst({ ...bidder, id: 'b' }, at)).toEqual(['not-named'])
  expect(reasonsAgainst({ ...bidder, serviceDivisions: null }, at)).toEqual(['not-offered'])
  expect(reasonsAgainst({ ...bidder, id: 'b' }, { ...at, namedAgencyId: null })).toEqual([])
})

test('a row of blanks as long as a form may be is read within a moment', () => {
  const began = performance.now()
  expect(TenderDraft.safeParse({ ...whole, serviceDays: `1${' '.repeat(200_000)}x` }).success).toBe(false)
  expect(performance.now() - began).toBeLessThan(5000)
})

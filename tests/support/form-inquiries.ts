import { randomUUID } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { newReceipt } from '#app/domain/guard/report-demand.server.ts'
import { upholdDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { contestFinding } from '#app/domain/oversight/contest-finding.server.ts'
import { submitRectification } from '#app/domain/oversight/rectify.server.ts'
import { replyToInquiry } from '#app/domain/oversight/reply-to-inquiry.server.ts'
import { RARE, type FormRow } from './form-row.ts'
import { decidedFile, openedFile, REASON, refusedDemand } from './inquiries.ts'
import type { Site } from './site.ts'
import type { FormField } from './spoilt.ts'
import { cookieOf, type World } from './world.ts'

const LONG = '依据不足，说明如下：已经核对办事指南的原文，没有这一项。'
const long = (most = 2000): FormField => ({ kind: 'text', good: LONG, most, typed: `${LONG}${RARE}` })
const choice = (good: string): FormField => ({ kind: 'choice', good })

/** The forms of demands that are kept up, of reports, of words and of files, each with its thing in the state in which the form is there. */
export async function formsOfInquiries(site: Site, { people, ids }: World, as: (actor: Member) => Context): Promise<FormRow[]> {
  const who = { office: people.authority, governor: people.regulator }
  const [officer, governor, owner] = await Promise.all([people.authority, people.regulator, people.owner].map((member) => cookieOf(site, member)))
  const fresh = async () => (await refusedDemand(as, people.authority)).id
  const [toUphold, toWithdraw, toOpen] = [await fresh(), await fresh(), await fresh()]
  await upholdDemand(as(people.authority), { decision: toOpen, reason: REASON })
  const replied = (await openedFile(as, who)).number
  await replyToInquiry(as(people.authority), { number: replied, words: LONG })
  const [toContest, contested, toRectify, submitted] = [await decidedFile(as, who), await decidedFile(as, who), await decidedFile(as, who), await decidedFile(as, who)]
  await contestFinding(as(people.authority), { number: contested, words: LONG })
  await submitRectification(as(people.authority), { number: submitted, words: LONG })
  const file = (form: string, number: string, cookie: string, fields: FormRow['fields'], makes: string): FormRow => ({ route: 'account/inquiry.tsx', form, path: `/inquiries/${number}`, cookie, fixed: { act: form }, fields, spoilable: ['act'], makes })
  const uphold = (form: string, id: string, fields: FormRow['fields'], makes: string): FormRow => ({ route: 'authority/uphold-demand.tsx', form, path: `/authority/demands/${id}/uphold`, cookie: officer!, fixed: { act: form }, fields, spoilable: ['act'], makes })
  return [
    uphold('uphold', toUphold, { reason: long() }, 'upheld_demands'),
    uphold('withdraw', toWithdraw, { withdrawal: long(500) }, 'withdrawn_demands'),
    { route: 'account/turned-away.tsx', form: 'paper', path: '/documents/turned-away', cookie: owner!, fixed: { id: randomUUID() }, fields: { authority: { kind: 'text', good: people.authority.organisationName, most: 100, late: true }, service: { kind: 'text', good: '水土保持方案', most: 200 }, material: { kind: 'text', good: '水土保持方案报告书', most: 200, typed: `${RARE}村报告书` }, reason: long(), on: { kind: 'code', good: '2026-11-02', typed: '２０２６-１１-０２', optional: true }, project: { kind: 'code', good: ids.project, optional: true } }, makes: 'turned_away_documents' },
    { route: 'public/report.tsx', form: 'report', path: '/report', fixed: { receipt: newReceipt(), decision: '' }, fields: { authority: { kind: 'text', good: people.authority.organisationName, most: 100, late: true }, asked: { kind: 'text', good: '收获面积勘查', most: 200, typed: `${RARE}面积勘查` }, words: long() }, makes: 'demand_reports' },
    { route: 'public/follow-report.tsx', form: 'follow', path: '/report/follow', fields: { receipt: { kind: 'code', good: newReceipt(), typed: ` ${newReceipt().toLowerCase()} ` } }, refused: true },
    { route: 'regulator/decide-words.tsx', form: 'words', path: `/regulator/words/${await fresh()}`, cookie: governor!, fields: { meaning: choice('off-list'), listing: { kind: 'text', good: 'S0701', most: 64, optional: true } }, makes: 'word_reviews' },
    { route: 'regulator/open-inquiry.tsx', form: 'open', path: `/regulator/leads/open?kind=demand-upheld&key=${toOpen}`, cookie: governor!, fixed: { kind: 'demand-upheld', key: toOpen }, fields: { respondent: { kind: 'choice', good: people.authority.organisationId, late: true }, allegation: long() }, spoilable: ['kind', 'key'], makes: 'inquiries' },
    file('reply', ids.inquiry, officer!, { words: long() }, 'inquiry_replies'),
    file('decide', replied, governor!, { outcome: choice('unfounded'), bases: { kind: 'list', good: 'boe-43-1', optional: true }, referredTo: { kind: 'text', good: '纪检监察机关', most: 100, optional: true }, reason: long() }, 'inquiry_findings'),
    file('contest', toContest, officer!, { contest: long() }, 'inquiry_contests'),
    file('answer', contested, governor!, { review: choice('kept'), reviewReason: long() }, 'contest_answers'),
    file('rectify', toRectify, officer!, { proof: long() }, 'rectifications'),
    file('judge', submitted, governor!, { accepted: choice('yes'), verdictReason: long() }, 'rectification_verdicts'),
  ]
}

import { randomUUID } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { beginProposal, putRetirement, putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { commentOnProposal } from '#app/domain/governance/comment-on-proposal.server.ts'
import { RARE, type FormRow } from './form-row.ts'
import { ABOUT, entry, examined, proposed, regulators } from './governed.ts'
import type { Site } from './site.ts'
import type { FormField } from './spoilt.ts'
import { cookieOf, type World } from './world.ts'

const text = (good: string, most: number, typed?: string): FormField => ({ kind: 'text', good, most, typed })
const code = (good: string, typed?: string): FormField => ({ kind: 'code', good, typed })
const choice = (good: string): FormField => ({ kind: 'choice', good })
const maybe = (field: FormField): FormField => ({ ...field, optional: true })
const ABOUT_FIELDS = { title: text('列入一项服务', 120, `列入${RARE}服务`), reason: text('依据齐全，各部门在用。', 2000, `依据齐全，${RARE}在用`), basis: text('优化营商环境条例第四十三条', 2000) }

/** The forms by which the list changes, each with a proposal that stands where the form is for. */
export async function formsOfGovernance(site: Site, { people, ids }: World, as: (actor: Member, clock?: Context['clock']) => Context): Promise<FormRow[]> {
  const office = await regulators(site.database)
  const make = (member: Member) => as(member)
  const [manager, other, regulator] = await Promise.all([office.manager, office.colleagues[0]!, people.regulator].map((member) => cookieOf(site, member)))
  const waiting = await proposed(make, office, { wordings: [{ code: 'F0001' }] })
  const ready = await proposed(make, office, { wordings: [{ code: 'F0002' }] })
  await examined(make, office, ready)
  const open = await proposed(make, office, { wordings: [{ code: 'F0003' }] })
  await examined(make, office, open)
  await openComment(as(office.manager), { number: open })
  await commentOnProposal(as(people.otherOwner), { number: open, words: '名称再通俗一些。', contact: null })
  const { id: comment } = (await site.database.owner('list_comments').orderBy('ordinal', 'desc').first('id')) as { id: string }
  const urgent = await proposed(make, office, { retire: ['R07'], urgentReason: '城市绿化条例第二十条已经废止。' })
  await examined(make, office, urgent)
  const leaving = await proposed(make, office, { wordings: [{ code: 'F0004' }] })
  const drafts = await Promise.all([1, 2, 3].map(() => beginProposal(as(office.manager), ABOUT)))
  const [draft, retiring, thrown] = drafts.map(({ id }) => id) as [string, string, string]
  await putWording(as(office.manager), { id: draft, form: entry({ code: 'F0005' }) })
  await putRetirement(as(office.manager), { id: retiring, code: 'R04', reason: '事项取消' })
  const on = (form: string, number: string, fields: FormRow['fields'], more: Partial<FormRow> = {}): FormRow => ({ route: 'regulator/govern-proposal.tsx', form, path: `/regulator/catalogue/proposals/${number}`, cookie: manager, fields, ...more, fixed: { act: form, ...more.fixed }, spoilable: ['act'] })
  const at = (form: string, id: string, fields: FormRow['fields'], more: Partial<FormRow> = {}): FormRow => ({ route: 'regulator/draft-proposal.tsx', form, path: `/regulator/catalogue/drafts/${id}`, cookie: manager, fields, ...more, fixed: { act: form, ...more.fixed }, spoilable: ['act'] })
  return [
    { route: 'public/proposal.tsx', form: 'comment', path: `/catalogue/proposals/${ids.proposal}`, cookie: await cookieOf(site, people.otherAgency), fixed: { as: 'member' }, fields: { words: text('建议写明受理条件。', 2000, `建议写明${RARE}条件`), contact: maybe(text('0431-00000000', 100)) }, makes: 'list_comments' },
    { route: 'regulator/new-proposal.tsx', form: 'begin', path: '/regulator/catalogue/new', cookie: regulator, fixed: { draftId: randomUUID() }, fields: ABOUT_FIELDS, makes: 'list_proposals' },
    { route: 'regulator/import-list.tsx', form: 'file', path: '/regulator/catalogue/import', cookie: manager, fields: { file: choice(''), ...ABOUT_FIELDS }, refused: true },
    { route: 'regulator/proposed-wording.tsx', form: 'wording', path: `/regulator/catalogue/drafts/${ids.listDraft}/wording`, cookie: manager, fields: { code: code('T901'), name: text('岩土勘察', 120, `${RARE}勘察`), nature: choice('market'), bases: maybe(text('法律｜节约能源法｜第十五条', 4000)), items: maybe(text('A01', 1000)), selfPrepare: maybe(choice('unsaid')), aliases: maybe(text('勘探', 2000)), department: maybe(text('住建局', 500)), reason: text('依法新增一项', 500, `依${RARE}法新增`) } },
    at('revise', draft, ABOUT_FIELDS),
    at('remove', draft, { code: code('R05'), why: text('依法取消一项', 500, `依${RARE}法取消`) }),
    at('drop', draft, {}, { fixed: { code: 'R05' } }),
    at('propose', retiring, { urgentReason: maybe(text('城市绿化条例第二十条已于上月废止。', 500, `城市${RARE}条例第二十条已于上月废止`)) }),
    at('discard', thrown, {}),
    on('opinion', waiting, { kind: choice('legality'), favours: choice('yes'), office: text('法规处', 60, `法规${RARE}处`), words: text('合法，同意。', 2000, `合法，${RARE}同意`) }, { cookie: other, makes: 'list_opinions' }),
    on('open', ready, {}, { makes: 'list_comment_periods' }),
    on('answer', open, { ids: { kind: 'list', good: comment }, outcome: choice('accepted'), words: text('采纳，按此修改。', 2000, `采纳，${RARE}修改`) }, { makes: 'list_answers' }),
    on('adopt', urgent, { from: code('2027-01-01', '２０２７-０１-０１'), note: text('依据废止，移出清单。', 500, `依据${RARE}废止`) }, { makes: 'list_adoptions' }),
    on('withdraw', leaving, { reason: text('再调研一段时间。', 500, `再${RARE}调研`) }, { makes: 'list_withdrawals' }),
  ]
}

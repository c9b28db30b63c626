import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { upholdDemand } from '#app/domain/guard/uphold-demand.server.ts'
import type { FindingBasis, Outcome } from '#app/domain/oversight/inquiry.ts'
import { decideInquiry } from '#app/domain/oversight/decide-inquiry.server.ts'
import { openInquiry } from '#app/domain/oversight/open-inquiry.server.ts'
import { replyToInquiry } from '#app/domain/oversight/reply-to-inquiry.server.ts'
import type { Context } from '#app/domain/context.ts'
import { unique } from './factories.ts'

export const say = ({ code }: { code: string }) => ({ text: code, source: '' })
export const REASON = '依据本部门的内部规定，申请人必须提交这份报告。'

type People = (member: Member) => Context

/** A demand in words that no list has, which is refused. */
export async function refusedDemand(people: People, office: Member, { text = unique('收获面积勘查'), project = null, item = 'A01' }: { text?: string; project?: string | null; item?: string } = {}): Promise<Decision> {
  const context = people(office)
  const demand = DemandInput.parse({ caseNumber: null, projectCode: project, authority: office.uscc, approvalItem: item, demanded: { text }, demandedOn: dayOf(await context.clock.read(context.db)) })
  return JSON.parse((await decide(context, { demand, say })).body) as Decision
}

/** A refused demand that is kept up, and the file that a regulator opened of it. */
export async function openedFile(people: People, { office, governor }: { office: Member; governor: Member }, given: { project?: string | null; item?: string } = {}): Promise<{ number: string; decision: string }> {
  const { id } = await refusedDemand(people, office, given)
  await upholdDemand(people(office), { decision: id, reason: REASON })
  const { number } = await openInquiry(people(governor), { kind: 'demand-upheld', key: id, respondent: office.organisationId, allegation: '请说明依据哪一部法律要求这份报告。' })
  return { number, decision: id }
}

/** The same, replied to and decided. */
export async function decidedFile(people: People, who: { office: Member; governor: Member }, outcome: Outcome = 'violation', bases: FindingBasis[] = ['boe-43-1'], given: { item?: string } = {}): Promise<string> {
  const { number } = await openedFile(people, who, given)
  await replyToInquiry(people(who.office), { number, words: '经办人员理解有误，已经停止要求。' })
  await decideInquiry(people(who.governor), { number, outcome, bases, reason: '没有法律、法规或者国务院决定作为依据。', referredTo: outcome === 'referred' ? '市纪检监察机关' : '' })
  return number
}

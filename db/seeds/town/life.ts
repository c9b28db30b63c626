import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { tellBinding } from '#app/domain/awards/tell-binding.server.ts'
import { answerQuestion } from '#app/domain/tenders/answer-question.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import type { DeclineReason } from '#app/domain/tenders/decline-reason.ts'
import type { Publication, Tender } from '#app/domain/tenders/tender.ts'
import { findAwardOf } from '#db/repositories/awards.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { planService } from './contracts.ts'
import { diceFor } from './dice.ts'
import { byDay, type Stage } from './stage.ts'

const HOUR = 3_600_000

/** What bidders ask and owners answer, in public. */
const QUESTIONS: readonly (readonly [question: string, answer: string])[] = [
  ['现场踏勘由谁组织，是否统一安排？', '不统一安排，可自行前往；现场联系人见公告，工作日均可接待。'],
  ['服务期限是自然日还是工作日，从哪天起算？', '自然日，自合同签订之日起算。'],
  ['报价是否需要包含专家评审会的费用？', '不需要。评审由审批部门组织并自行承担费用，不得转嫁。'],
  ['是否接受联合体报名？', '本次不接受联合体。'],
  ['电子成果的格式和坐标系有什么要求？', 'DWG 与 PDF 各一份，CGCS2000 坐标系，高程为 1985 国家高程基准。'],
  ['已有的前期资料能否在报名前查阅？', '可以。立项批复和用地红线已作为附件公开，其余资料签约后提供。'],
  ['外地机构是否需要在本市设立分支机构？', '不需要。不看注册地，也不要求本地业绩。'],
  ['付款方式是怎样的？', '成果通过验收后三十日内一次付清，不收取保证金。'],
]

const DECLINES: readonly (readonly [DeclineReason, string])[] = [
  ['no-capacity', '在手任务已满，注册人员无法按期到场，为不耽误工期主动放弃。'],
  ['staff-left', '项目负责人上月离职，接替人员的注册手续尚未办完。'],
  ['conflict-of-interest', '我公司新近承接了本项目的其他业务，依规回避。'],
]

type Asked = { name: string; owner: Member; askers: readonly { member: Member }[]; publication: Publication; /** A question whose answer the story leaves to whoever plays the owner. */ leftOpen?: boolean }

/** Now and then somebody asks, and the owner answers within a day; until then the tender would not close. */
export function planQuestions(stage: Stage, { name, owner, askers, publication, leftOpen }: Asked): void {
  const dice = diceFor(`${name}/questions`)
  const { number, publishedAt, questionsUntil, closesAt } = publication
  const count = leftOpen ? 1 : dice.next() < 0.16 ? dice.between(1, 2) : 0
  if (!questionsUntil || !askers.length) return
  for (const [place, [question, answer]] of dice.some(QUESTIONS, count).entries()) {
    const scene = `${name}/question/${place}`
    const { member } = dice.pick(askers)
    const from = new Date(publishedAt.getTime() + HOUR)
    const latest = Math.min(questionsUntil.getTime(), stage.toldAt.getTime())
    if (latest <= from.getTime()) return
    const at = new Date(from.getTime() + Math.floor(dice.next() * 0.9 * (latest - from.getTime())))
    stage.plan(scene, at, async () => {
      await stage.act(scene, member, (context) => askQuestion(context, { number, question }))
      if (leftOpen) return
      const id = await stage.idOf(scene)
      const answeredAt = byDay(new Date(at.getTime() + dice.between(2, 20) * HOUR), dice, { from: at, until: closesAt })
      const inTime = new Date(Math.min(answeredAt.getTime(), closesAt.getTime() - HOUR))
      stage.plan(`${scene}/answer`, inTime, async () => void (await stage.act(`${scene}/answer`, owner, (context) => answerQuestion(context, { number, id, answer }))))
    })
  }
}

/**
 * When the publicity of the award that stands is over everybody concerned hears that it binds; one that was declined or objected to meanwhile does not.
 *
 * @param since the instant before which it cannot bind, such as that of an answer
 */
export async function planBinding(stage: Stage, name: string, id: string, since?: Date): Promise<void> {
  const ends = (await findTender(stage.db, { id }))?.publicityEndsAt
  if (!ends) return
  const binds = new Date(Math.max(ends.getTime(), since?.getTime() ?? 0) + 1000)
  stage.plan(`${name}/binds`, binds, async () => {
    await stage.tick(`${name}/binds`, SYSTEM, (context) => tellBinding(context, { id }))
    planService(stage, id, binds)
  })
}

/** A winner may decline; then the reserve order decides. */
export async function planDecline(stage: Stage, { name, tender, among, certainly }: { name: string; tender: Tender; among: readonly { member: Member }[]; certainly?: boolean }): Promise<void> {
  const dice = diceFor(`${name}/decline`)
  if (!tender.awardedAt || !(certainly || dice.next() < 0.05)) return
  const { awardedAt, declineUntil } = tender
  for (const { member } of among) {
    const award = await findAwardOf(stage.db, { tenderId: tender.id, agencyId: member.organisationId })
    if (!award || award.declined) continue
    const [reason, words] = dice.pick(DECLINES)
    const at = byDay(new Date(awardedAt.getTime() + dice.between(2, 9) * HOUR), dice, { from: awardedAt, until: declineUntil! })
    stage.plan(`${name}/decline`, at, async () => {
      await stage.act(`${name}/decline`, member, (context) => declineAward(context, { number: tender.publication!.number, reason, words }))
      await planBinding(stage, `${name}/reserve`, tender.id)
    })
    return
  }
}

import type { Member } from '#app/domain/accounts/actor.ts'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { commitSheet } from '#app/domain/awards/commit-sheet.server.ts'
import { declareJudge } from '#app/domain/awards/declare-judge.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { pointsField, reasonField } from '#app/domain/awards/score-sheet.ts'
import { showSheet } from '#app/domain/awards/show-sheet.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { findCredential } from '#db/repositories/accounts.ts'
import { listOpened } from '#db/repositories/openings.ts'
import { findTender } from '#db/repositories/tenders.ts'
import type { Met } from './demands.ts'
import { diceFor, type Dice } from './dice.ts'
import { memberCalled } from './enrolment.ts'
import { planBinding } from './life.ts'
import { serviceOf } from './services.ts'
import { byDay, daysBefore, type Stage } from './stage.ts'
import { priceFor } from './bids.ts'
import { ableTo, after, attend, draftOnce, type Rival } from './tenders.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Judge = { signInName: string; displayName: string; phone: string }
/** `days` before the telling it was published; who judges; and how many of them have given their sheets when the story ends. */
type Judged = { building: string; listingCode: string; days: number; judges: readonly Judge[]; sheets: number }

/** The one whose sheet is still missing: whoever signs in as her marks the plans. */
export const PLAYED_JUDGE = {
  signInName: 'judge',
  displayName: '钟离素问',
  role: 'judge' as const,
  sentence: { zh: '方案择优的评委：两位同行已经提交评分表，等她给每份方案打分并写明理由。', en: 'A judge of plans: two others have committed their score sheets, and hers is awaited, with a reason for each mark.' },
}

const MERITS: readonly Judged[] = [
  { building: '示例家园保障性租赁住房', listingCode: 'S0301', days: 40, sheets: 3, judges: [{ signInName: 'judge-1', displayName: '尉迟念安', phone: '13904310061' }, { signInName: 'judge-2', displayName: '闻人清岳', phone: '13904310062' }, { signInName: 'judge-3', displayName: '公羊知远', phone: '13904310063' }] },
  { building: '绿园区示例实验学校扩建工程', listingCode: 'S0402', days: 7, sheets: 2, judges: [{ signInName: 'judge-4', displayName: '澹台若谷', phone: '13904310064' }, { signInName: 'judge-5', displayName: '宗政怀瑾', phone: '13904310065' }, { signInName: PLAYED_JUDGE.signInName, displayName: PLAYED_JUDGE.displayName, phone: '13904310066' }] },
]

const PLANS = [
  '一、总体思路：先踏勘、后设计，外业两周内完成。\n二、人员：项目负责人一名，注册人员两名，全程驻场。\n三、质量：两级校审，成果提交前请业主复核一次。\n四、进度：签约后第三日进场，每周五书面报告。',
  '我方近三年完成同类项目十一个，本项目拟采用分区同步作业，工期较公告缩短五日。\n难点是场地内既有管线，拟先行探测再布置作业面，避免返工。',
  '项目组五人，均为本单位在职人员。分为准备、实施、成果三个阶段，每阶段设一个检查点；检查点不合格不进入下一阶段。\n资料保密，成果一式四份并附电子文件。',
  '按公告要求完成。人员两名，工期照公告。',
]
const REASONS = ['思路清楚，抓住了本项目的难点。', '人员配备充足，注册人员到位。', '进度有检查点，可以核对。', '内容偏简，没有说明质量怎样控制。', '同类经验充分，但对现场条件估计不足。']

/** Selections by plan and price: one that is decided, and one whose judges are at work. */
export function planMerits(stage: Stage, { met, rivals, password }: { met: readonly Met[]; rivals: readonly Rival[]; password: string }): void {
  for (const judged of MERITS) {
    const found = met.find(({ one }) => one.name === judged.building)
    if (found) planJudged(stage, judged, { found, rivals, password })
  }
}

function planJudged(stage: Stage, judged: Judged, { found, rivals, password }: { found: Met; rivals: readonly Rival[]; password: string }): void {
  const { building, listingCode, days } = judged
  const name = `merit/${building}/${listingCode}`
  const dice = diceFor(name)
  const { work, requirements, days: takes, yuan } = serviceOf(listingCode)
  const ceiling = Math.round((yuan[0] + (yuan[1] - yuan[0]) * 0.6) / 500) * 500_00
  const draft = { projectCode: found.code, listingCode, method: 'merit' as const, title: `${building}${work}（方案择优）`, requirements, serviceDays: dice.between(...takes), ceiling, priceWeight: 30, judges: 3, criterion1: '技术方案', weight1: 45, criterion2: '人员与进度', weight2: 25 }
  stage.plan(`${name}/publish`, daysBefore(stage, days, dice), async () => {
    const owner = stage.cast.get(found.owner)!
    const id = await draftOnce(stage, { name, owner, draft })
    await stage.act(`${name}/published`, owner, (context) => publishTender(context, { id }))
    const { number, publishedAt, closesAt } = (await findTender(stage.db, { id }))!.publication!
    const able = ableTo({ draft, divisionCode: found.divisionCode, rivals }, publishedAt)
    for (const [place, { member }] of dice.some(able, 4).entries()) {
      const at = byDay(new Date(publishedAt.getTime() + (place + 1) * 5 * HOUR), dice, { from: publishedAt, until: closesAt })
      const bid = `${name}/bid/${place}`
      stage.plan(bid, at, () => stage.act(bid, member, (context) => sealBidAtDoor(context, { number, quote: priceFor(bid, ceiling), plan: PLANS[place]!, contribution: '' })).then(() => {}))
    }
    stage.plan(`${name}/close`, after(closesAt), async () => {
      await attend(stage, `${name}/close`, id)
      stage.expectSequencing()
      if ((await findTender(stage.db, { id }))!.frozenAt) planJudging(stage, { name, id, number, owner, judged, password, from: closesAt })
    })
  })
}

type Judging = { name: string; id: string; number: string; owner: Member; judged: Judged; password: string; /** When the bidding ended. */ from: Date }

/** Judges are asked and declare, the bids are opened, sheets come in one by one, and all are shown together. */
function planJudging(stage: Stage, { name, id, number, owner, judged: { judges, sheets }, password, from }: Judging): void {
  const dice = diceFor(`${name}/judging`)
  const later = (hours: number) => new Date(from.getTime() + hours * HOUR)
  const judgeOf = ({ signInName, displayName }: Judge) => memberCalled(stage.db, { signInName, displayName, role: 'judge', organisation: owner })
  for (const [place, judge] of judges.entries()) {
    const { signInName, displayName, phone } = judge
    const scene = `${name}/judge/${place + 1}`
    stage.plan(`${scene}/invited`, later(0.5 + place / 10), async () => {
      if (!(await findCredential(stage.db, signInName))) {
        await stage.act(`${scene}/invited`, owner, async (context) => {
          const { invitation } = await inviteJudge(context, { number, seat: place + 1, judgeName: displayName, judgePhone: phone })
          await acceptInvitation(context, { invitation, displayName, signInName, password, locale: 'zh', ip: `10.61.${place}.1` })
        })
      }
      stage.cast.set(signInName, await judgeOf(judge))
    })
    stage.plan(`${scene}/declared`, later(1 + place / 4), () => stage.act(`${scene}/declared`, stage.cast.get(signInName)!, (context) => declareJudge(context, { number })).then(() => {}))
  }
  stage.plan(`${name}/open`, later(2), async () => {
    await stage.sequence()
    await attend(stage, `${name}/open`, id)
    const bids = (await listOpened(stage.db, id)).flatMap(({ bid, outcome }) => (outcome === 'valid' ? [bid] : []))
    for (const [place, { signInName }] of judges.slice(0, sheets).entries()) {
      const scene = `${name}/sheet/${place + 1}`
      stage.plan(scene, later(3 + 2 * place), () => stage.act(scene, stage.cast.get(signInName)!, (context) => commitSheet(context, { number, values: sheetOf(bids, dice) })).then(() => {}))
    }
    if (sheets === judges.length) planShowing(stage, { name, id, number, judges, at: later(3 + 2 * sheets) })
  })
}

function planShowing(stage: Stage, { name, id, number, judges, at }: Pick<Judging, 'name' | 'id' | 'number'> & { judges: readonly Judge[]; at: Date }): void {
  for (const [place, { signInName }] of judges.entries()) {
    const scene = `${name}/shown/${place + 1}`
    stage.plan(scene, new Date(at.getTime() + place * 20 * MINUTE), async () => {
      await stage.act(scene, stage.cast.get(signInName)!, (context) => showSheet(context, { number }))
      const decidesAfter = (await findTender(stage.db, { id }))!.judging?.decidesAfter
      if (!decidesAfter) return
      stage.expectSequencing()
      stage.plan(`${name}/rank`, after(decidesAfter), async () => {
        await stage.sequence()
        await attend(stage, `${name}/rank`, id)
        await planBinding(stage, name, id)
      })
    })
  }
}

/** Points in halves for each plan, and why. */
function sheetOf(bids: readonly string[], dice: Dice): Record<string, string> {
  return Object.fromEntries(
    bids.flatMap((bid) => [['c1', 45], ['c2', 25]].flatMap(([criterion, weight]) => [
      [pointsField(bid, String(criterion)), String(Math.round(Number(weight) * (0.55 + 0.4 * dice.next()) * 2) / 2)],
      [reasonField(bid, String(criterion)), dice.pick(REASONS)],
    ])),
  )
}

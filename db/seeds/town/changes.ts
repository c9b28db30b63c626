import type { Member } from '#app/domain/accounts/actor.ts'
import { answerObjection } from '#app/domain/awards/answer-objection.server.ts'
import { objectToAward } from '#app/domain/awards/object-to-award.server.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import type { Publication, Tender } from '#app/domain/tenders/tender.ts'
import { findAwardOf } from '#db/repositories/awards.ts'
import type { Met } from './demands.ts'
import { diceFor } from './dice.ts'
import { planBinding } from './life.ts'
import { measureOutage } from './outages.ts'
import { serviceOf } from './services.ts'
import { byDay, daysBefore, type Stage } from './stage.ts'
import { planTender, type Play, type Rival } from './tenders.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

type Scene = { stage: Stage; name: string; owner: () => Member; able: readonly Rival[] }
type Changed = { building: string; listingCode: string; days: number; bidders: number; turn: (scene: Scene) => Pick<Play, 'meanwhile' | 'afterwards'> }

/** Tenders that did not simply run: each with what happened to it, so that every such page has something in it. All owners can be played. */
const CHANGED: readonly Changed[] = [
  { building: '绿园区示例实验学校扩建工程', listingCode: 'S1205', days: 4, bidders: 4, turn: corrected },
  { building: '自建房翻建', listingCode: 'R40', days: 4, bidders: 3, turn: extended },
  { building: '长春示例置业绿园厂房项目', listingCode: 'S1102', days: 16, bidders: 3, turn: cancelled },
  { building: '绿园区示例实验学校扩建工程', listingCode: 'S1404', days: 4, bidders: 3, turn: suspended },
  { building: '长春示例置业绿园厂房项目', listingCode: 'R28', days: 14, bidders: 6, turn: (scene) => objected(scene, 'answered') },
  { building: '绿园区示例实验学校扩建工程', listingCode: 'R26', days: 8, bidders: 5, turn: (scene) => objected(scene, 'waiting') },
  { building: '长春示例置业绿园厂房项目', listingCode: 'R19', days: 17, bidders: 4, turn: (scene) => objected(scene, 'overdue') },
  { building: '长春示例置业绿园厂房项目', listingCode: 'R04', days: 24, bidders: 4, turn: interrupted },
]

/** Whoever can be played is among the bidders, so that their desks have something of it. */
export function planChanged(stage: Stage, met: readonly Met[], rivals: readonly Rival[]): void {
  for (const { building, listingCode, days, bidders, turn } of CHANGED) {
    const found = met.find(({ one }) => one.name === building)
    if (!found) continue
    const name = `changed/${building}/${listingCode}`
    const dice = diceFor(name)
    const { work, requirements, days: takes, yuan } = serviceOf(listingCode)
    const draft = { projectCode: found.code, listingCode, method: 'random' as const, title: `${building}${work}`, requirements, serviceDays: takes[0], ceiling: Math.round((yuan[0] + (yuan[1] - yuan[0]) * 0.5 * dice.next()) / 500) * 500_00 }
    const owner = () => stage.cast.get(found.owner)!
    const able = rivals.filter(({ offers }) => offers.includes(listingCode)).slice(0, bidders)
    planTender(stage, daysBefore(stage, days, dice), { name, get owner() { return owner() }, draft, divisionCode: found.divisionCode, rivals: able, bidders, republished: true, ...turn({ stage, name, owner, able }) })
  }
}

/** By day, so many hours before the deadline, or before the telling where that comes first. */
function lately({ stage, name }: Scene, from: Date, until: Date, hours: number): Date {
  const end = new Date(Math.min(until.getTime(), stage.toldAt.getTime()))
  return byDay(new Date(Math.max(from.getTime() + HOUR, end.getTime() - hours * HOUR)), diceFor(`${name}/lately`), { from, until: end })
}

function corrected(scene: Scene) {
  const { stage, name, owner } = scene
  const meanwhile = (_: readonly Member[], { number, publishedAt, closesAt }: Publication) => {
    const change = { number, requirements: '按现行标准现场检测 14 间教室和 2 间化学实验室的室内空气（原为 12 间教室），出具加盖检测专用章的报告；不合格项复检一次不另收费。', deliverables: '检测报告一式四份，附电子版。', contact: '', serviceDays: 12, reason: '审图后增加两间教室，并把两间化学实验室纳入检测范围，工作量随之增加。' }
    stage.plan(`${name}/corrected`, lately(scene, publishedAt, closesAt, 20), async () => void (await stage.act(`${name}/corrected`, owner(), (context) => correctTender(context, change))))
  }
  return { meanwhile }
}

function extended(scene: Scene) {
  const { stage, name, owner } = scene
  const meanwhile = (_: readonly Member[], { number, publishedAt, closesAt }: Publication) => {
    const reason = '两家机构来电说需要先到现场看一看，多给两个工作日。'
    stage.plan(`${name}/extended`, lately(scene, publishedAt, closesAt, 20), async () => void (await stage.act(`${name}/extended`, owner(), (context) => extendTender(context, { number, by: { n: 2, unit: 'wd' }, reason }))))
  }
  return { meanwhile }
}

function cancelled({ stage, name, owner }: Scene) {
  const meanwhile = (_: readonly Member[], { number, publishedAt, closesAt }: Publication) => {
    const at = byDay(new Date(publishedAt.getTime() + 26 * HOUR), diceFor(`${name}/cancelled`), { from: publishedAt, until: closesAt })
    const reason = '生产工艺改为全自动喷涂，评价范围随之变化；方案定稿后另行采购。'
    stage.plan(`${name}/cancelled`, at, async () => void (await stage.act(`${name}/cancelled`, owner(), (context) => cancelTender(context, { number, reason }))))
  }
  return { meanwhile }
}

function suspended(scene: Scene) {
  const { stage, name } = scene
  const meanwhile = (_: readonly Member[], { number, publishedAt, closesAt }: Publication) => {
    const hold = { number, lasting: { n: 10, unit: 'd' as const }, basis: '政府采购法第五十七条', reason: '收到反映，称服务期限和成果要求与一家机构的现成方案完全一致，正在向采购人核实。' }
    stage.plan(`${name}/suspended`, lately(scene, publishedAt, closesAt, 18), async () => void (await stage.act(`${name}/suspended`, stage.cast.get('regulator')!, (context) => suspendTender(context, hold))))
  }
  return { meanwhile }
}

const OBJECTIONS = {
  answered: ['中选机构在本市没有办公地点，请核实它能否按期到现场。', '公告没有要求本地办公地点，也不得这样要求。中选机构已书面承诺按公告的期限进场，名单和顺序都可以自行核验，结果维持不变。'],
  waiting: ['我公司按公示的名单自行核验，顺序一致；但其中一家机构的这项服务刚刚挂牌，请说明它报名时是否已经符合条件。', ''],
  overdue: ['公告没有写明检测点数，现场看过才知道有 46 个点，请说明各家机构报名时得到的信息是否相同。', ''],
} as const

/** A bidder who did not win objects; the owner answers, has still time to, or has let it pass. */
function objected(scene: Scene, end: keyof typeof OBJECTIONS) {
  const { stage, name, owner, able } = scene
  const afterwards = async ({ id, awardedAt, objectionsUntil, publication }: Tender) => {
    const objector = awardedAt && (await losing(stage, id, able))
    if (!objector) return
    const { number } = publication!
    const [words, answer] = OBJECTIONS[end]
    const at = end === 'waiting' ? lately(scene, awardedAt, objectionsUntil!, 6) : byDay(new Date(awardedAt.getTime() + 22 * HOUR), diceFor(`${name}/objected`), { from: awardedAt, until: objectionsUntil! })
    stage.plan(`${name}/objected`, at, async () => {
      await stage.act(`${name}/objected`, objector, (context) => objectToAward(context, { number, words }))
      if (answer) planAnswer(scene, { id, number, answer, at: new Date(at.getTime() + 2 * DAY) })
    })
  }
  return { afterwards }

  function planAnswer({ stage, name }: Scene, { id, number, answer, at }: { id: string; number: string; answer: string; at: Date }): void {
    stage.plan(`${name}/answered`, at, async () => {
      const objection = await stage.idOf(`${name}/objected`)
      await stage.act(`${name}/answered`, owner(), (context) => answerObjection(context, { number, id: objection, answer }))
      await planBinding(stage, `${name}/answered`, id, at)
    })
  }
}

/** The first who has a bid there and was not awarded; those who can be played stand first. */
async function losing(stage: Stage, tenderId: string, able: readonly Rival[]): Promise<Member | undefined> {
  for (const { member } of able) {
    const bid = await stage.db('bids').where({ tender_id: tenderId, agency_id: member.organisationId }).whereNull('replaced_at').whereNull('withdrawn_at').first('id')
    if (bid && !(await findAwardOf(stage.db, { tenderId, agencyId: member.organisationId }))) return member
  }
  return undefined
}

/** Nobody was served in the last evening, so that the deadline moves by the published rule. */
function interrupted({ stage, name }: Scene) {
  const meanwhile = (_: readonly Member[], { publishedAt, closesAt }: Publication) => stage.plan(`${name}/measured`, new Date(publishedAt.getTime() + 1000), () => measureOutage(stage, closesAt))
  return { meanwhile }
}

import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import type { PricedMethod } from '#app/domain/tenders/priced.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { diceFor } from './dice.ts'
import type { Building } from './owners.ts'
import { projectCode, registerBuilding } from './projects.ts'
import { serviceOf } from './services.ts'
import { daysBefore, type Stage } from './stage.ts'
import { draftOnce, planTender, type Rival } from './tenders.ts'

/** A building whose owner buys in these last days, and how many bid: none and one are too few. */
type Late = { signInName: string; code: string; one: Building; listingCode: string; days: number; bidders: number; leftOpen?: boolean; declines?: boolean; priced?: PricedMethod | 'live-auction'; shortlist?: 'picked' | 'to-pick' }

/** Above the limit of the budget's small purchases in every division that kept our default. */
const ABOVE_THE_LIMIT = 1_280_000_00

/**
 * The school's manager drafted a purchase that the law sends to government procurement: whoever signs in as her presses
 * publish and is refused with the way to go.
 */
export function planTooLarge(stage: Stage, code: string): void {
  const at = daysBefore(stage, 3, diceFor('special/too-large'))
  const draft = {
    projectCode: code,
    listingCode: 'S1403',
    method: 'random' as const,
    title: '绿园区示例实验学校扩建工程全过程造价咨询',
    requirements: '自初步设计概算起，至竣工决算止，全过程造价咨询；驻场造价工程师一名，按月提交造价动态报告。',
    serviceDays: 540,
    ceiling: ABOVE_THE_LIMIT,
  }
  stage.plan('special/too-large', at, () => draftOnce(stage, { name: 'special/too-large', owner: stage.cast.get('school')!, draft }).then(() => {}))
}

/** An office is an owner too: what it needs for its own judgement it buys here, competitively and at its own cost (条例 43). */
export function planOfficePurchases(stage: Stage, rivals: readonly Rival[]): void {
  const one: Building = { name: '施工图设计文件审查服务', kind: 'renovation', divisionCode: '220100', investment: 60 }
  const dice = diceFor('special/office')
  const at = daysBefore(stage, 190, dice)
  const code = projectCode(one, at, 'fiscal', 900)
  const owner = () => stage.cast.get('office-housing')!
  stage.plan(`project/${code}`, at, () => registerBuilding(stage, owner(), one, { code, money: 'fiscal' }))
  for (const [place, days] of [172, 84, 9].entries()) {
    const { work, requirements, yuan } = serviceOf('S0501')
    const ceiling = Math.round((yuan[0] + (yuan[1] - yuan[0]) * dice.next()) / 1000) * 1000_00
    const draft = { projectCode: code, listingCode: 'S0501', method: 'random' as const, title: `${['上半年', '三季度', '四季度'][place]}房建项目${work}`, requirements, serviceDays: 15, ceiling }
    planTender(stage, daysBefore(stage, days, dice), { name: `special/office/${place}`, get owner() { return owner() }, draft, divisionCode: '220100', rivals, priced: (['average-price', 'lowest-price', undefined] as const)[place], bidders: 4 })
  }
}

/** What is open when the story is told: with bids enough, with too few, and with none. */
export function planLately(stage: Stage, lately: readonly Late[], rivals: readonly Rival[]): void {
  for (const { signInName, code, one, listingCode, days, bidders, leftOpen, declines, priced, shortlist } of lately) {
    const name = `special/lately/${one.name}/${listingCode}`
    const dice = diceFor(name)
    const { work, requirements, days: takes, yuan } = serviceOf(listingCode)
    const ceiling = Math.round((yuan[0] + (yuan[1] - yuan[0]) * 0.6 * dice.next()) / 500) * 500_00
    const draft = { projectCode: code, listingCode, method: 'random' as const, title: `${one.name}${work}`, requirements, serviceDays: dice.between(...takes), ceiling }
    planTender(stage, daysBefore(stage, days, dice), { name, get owner() { return stage.cast.get(signInName)! }, draft, divisionCode: one.divisionCode, rivals, bidders, leftOpen, declines, priced, shortlist })
  }
}

/** A draft that its owner threw away again. */
export function planDiscarded(stage: Stage, code: string): void {
  const name = 'special/discarded'
  const at = daysBefore(stage, 12, diceFor(name))
  const { requirements, days } = serviceOf('S0407')
  const draft = { projectCode: code, listingCode: 'S0407', method: 'random' as const, title: '绿园区示例实验学校操场绿化设计', requirements, serviceDays: days[0], ceiling: 46_000_00 }
  stage.plan(name, at, async () => {
    const owner = stage.cast.get('school')!
    const id = await draftOnce(stage, { name, owner, draft })
    if (!(await findTender(stage.db, { id }))?.discardedAt) await stage.act(`${name}/gone`, owner, (context) => discardTender(context, { id }))
  })
}

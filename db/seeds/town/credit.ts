import type { Member } from '#app/domain/accounts/actor.ts'
import { GRADES } from '#app/domain/agencies/credit-grade.ts'
import { gradeAgency } from '#app/domain/agencies/grade-agency.server.ts'
import { pickFromShortlist } from '#app/domain/awards/pick-from-shortlist.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { listOrderAfter } from '#db/repositories/draws.ts'
import { diceFor } from './dice.ts'
import { planBinding } from './life.ts'
import { byDay, daysBefore, type Stage } from './stage.ts'
import type { Rival } from './tenders.ts'

const HOUR = 3_600_000
const RATINGS = [
  { name: 'half', days: 120, source: '示例城市中介服务机构信用评价（上半年）', reason: '按示例评价办法，由履约、成果质量和业主评价综合得出。' },
  { name: 'third', days: 45, source: '示例城市中介服务机构信用评价（三季度）', reason: '三季度履约评价有变化，等级相应调整。' },
]

/** The regulator publishes the grades of who designs buildings, and adjusts some of them a quarter later; the last one has none. */
export function planGrades(stage: Stage, rivals: readonly Rival[], listingCode: string): void {
  for (const [round, { name, days, source, reason }] of RATINGS.entries()) {
    const at = daysBefore(stage, days, diceFor(`credit/${name}`))
    stage.plan(`credit/${name}`, at, async () => {
      const graded = rivals.filter(({ offers, since }) => offers.includes(listingCode) && since < at).slice(0, -1)
      for (const [place, { member }] of graded.entries()) {
        if (round > 0 && place % 3 !== 1) continue
        const grade = GRADES[(place + round) % GRADES.length]!
        const scene = `credit/${name}/${member.uscc}`
        await stage.act(scene, stage.cast.get('regulator')!, (context) => gradeAgency(context, { agency: member.uscc!, grade, source, reason }))
      }
    })
  }
}

/** The owner picks the second of the small list a day after it was drawn, with a public reason. */
export async function planPick(stage: Stage, { name, owner, id }: { name: string; owner: Member; id: string }): Promise<void> {
  const tender = (await findTender(stage.db, { id }))!
  if (!tender.drawnAt || !tender.shortlist || tender.shortlist.pickedAt) return
  const until = tender.shortlist.pickBy
  const at = byDay(new Date(tender.drawnAt.getTime() + 22 * HOUR), diceFor(`${name}/pick`), { from: tender.drawnAt, until })
  stage.plan(`${name}/pick`, at, async () => {
    const second = (await listOrderAfter(stage.db, { tenderId: id, place: 1 }))[0]!
    await stage.act(`${name}/pick`, owner, (context) => pickFromShortlist(context, { number: tender.publication!.number, label: second.label, reason: '同类厂房设计业绩最多，项目负责人可以全程驻场，出图计划与工期相符。' }))
    await planBinding(stage, name, id)
  })
}

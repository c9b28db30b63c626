import { sample } from '../sample-organisations.ts'
import type { Met } from './demands.ts'
import { diceFor } from './dice.ts'
import { enrol } from './enrolment.ts'
import { serviceOf } from './services.ts'
import { registerStoryKey } from './shares.ts'
import { daysBefore, type Stage } from './stage.ts'
import { planTender, type Play, type Rival } from './tenders.ts'

/** The district's own regulator, who holds a key of what is bought there; the city's, who can be played, sees who is late with theirs. */
const DISTRICT = { signInName: 'district-regulator', displayName: '令狐望舒', role: 'regulator' as const, organisation: sample('office', '长春市朝阳区示例政务服务局', 221, { divisionCode: '220104' }) }

type Held = { building: string; listingCode: string; days: number; inShares: NonNullable<Play['inShares']> }

/** Purchases whose prices nobody opens alone: one that two holders opened, and one whose holders let their day pass. */
const HELD: readonly Held[] = [
  { building: '第三中学综合楼', listingCode: 'S1403', days: 48, inShares: 'shown' },
  { building: '示例小学教学楼加固改造', listingCode: 'S1403', days: 16, inShares: 'late' },
]

/** The district's regulator comes; each owner and the regulator register a key, and buy by prices that are sealed in shares. */
export function planKeys(stage: Stage, { met, rivals, password }: { met: readonly Met[]; rivals: readonly Rival[]; password: string }): void {
  const register = (signInName: string) => {
    const member = stage.cast.get(signInName)!
    return stage.act(`key/${signInName}`, member, (context) => registerStoryKey(context, member)).then(() => {})
  }
  stage.plan(`enrol/${DISTRICT.signInName}`, daysBefore(stage, 90, diceFor(`came/${DISTRICT.signInName}`)), async () => {
    await enrol(stage, DISTRICT, password)
    await register(DISTRICT.signInName)
  })
  for (const { building, listingCode, days, inShares } of HELD) {
    const found = met.find(({ one }) => one.name === building)
    if (!found) continue
    const { code, owner, one } = found
    const name = `keys/${building}/${listingCode}`
    const { work, requirements, days: takes, yuan } = serviceOf(listingCode)
    const ceiling = Math.round((yuan[0] + (yuan[1] - yuan[0]) * 0.7) / 500) * 500_00
    const draft = { projectCode: code, listingCode, method: 'lowest-price' as const, title: `${building}${work}（共同开标）`, requirements, serviceDays: takes[0], ceiling, twoKeys: 'yes' as const }
    stage.plan(`key/${owner}`, daysBefore(stage, days + 1, diceFor(`${name}/key`)), () => register(owner))
    planTender(stage, daysBefore(stage, days, diceFor(name)), { name, get owner() { return stage.cast.get(owner)! }, draft, divisionCode: one.divisionCode, rivals, priced: 'lowest-price', bidders: 4, republished: true, inShares })
  }
}

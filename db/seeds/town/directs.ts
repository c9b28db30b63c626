import { addDays, dayOf } from '#app/domain/calendar.ts'
import type { Met } from './demands.ts'
import { diceFor } from './dice.ts'
import { serviceOf } from './services.ts'
import { daysBefore, type Stage } from './stage.ts'
import { planTender, type Rival } from './tenders.ts'

/** Each purchase is small and lawful by itself; what is given together is what a regulator should look at. */
type Given = { building: string; /** All to one agency, as if nobody else could. */ toOne?: true; purchases: readonly (readonly [listingCode: string, yuan: number])[] }

const GIVEN: readonly Given[] = [
  { building: '示例公园提升改造', toOne: true, purchases: [['S0303', 13_500], ['S0308', 38_000], ['S0312', 34_000]] },
  { building: '示例小区老旧管网改造', purchases: [['R26', 48_000], ['R20', 42_000], ['S1403', 49_000], ['S0312', 44_000], ['S1404', 46_000]] },
]
const EVERY_DAYS = 13
const LATEST = 11
const WINDOW = 80

/** Owners who name agencies directly with public money again and again in one year. */
export function planGivenDirectly(stage: Stage, met: readonly Met[], rivals: readonly Rival[]): void {
  for (const { building, toOne, purchases } of GIVEN) {
    const found = met.find(({ one }) => one.name === building)
    if (!found) continue
    const { code, owner, divisionCode } = found
    const codes = purchases.map(([listingCode]) => listingCode)
    const only = rivals.find(({ offers, areas }) => areas.includes('220100') && codes.every((one) => offers.includes(one)))
    for (const [place, [listingCode, yuan]] of purchases.entries()) {
      const name = `special/directly/${building}/${listingCode}`
      const dice = diceFor(name)
      const { work, requirements, days } = serviceOf(listingCode)
      const draft = { projectCode: code, listingCode, method: 'random' as const, title: `${building}${work}`, requirements, serviceDays: dice.between(...days), ceiling: yuan * 100 }
      const at = daysBefore(stage, backInOneYear(stage) + LATEST + place * EVERY_DAYS, dice)
      planTender(stage, at, { name, get owner() { return stage.cast.get(owner)! }, draft, divisionCode, rivals: toOne && only ? [only] : rivals, bidders: 1, direct: true })
    }
  }
}

/** Sums are of one Beijing year: where the year is young everything happens before it began. */
function backInOneYear({ toldAt }: Stage): number {
  const today = dayOf(toldAt)
  const isYoung = addDays(today, -WINDOW).slice(0, 4) !== today.slice(0, 4)
  return isYoung ? Math.round((Date.parse(today) - Date.parse(`${today.slice(0, 4)}-01-01`)) / 86_400_000) + 1 : 0
}

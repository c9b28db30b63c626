import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { diceFor } from './dice.ts'
import type { Habit } from './offices.ts'
import type { Building } from './owners.ts'
import { daysBefore, type Stage } from './stage.ts'

/** A project as an office meets it, from the day of its registration. */
export type Met = { code: string; divisionCode: string; registeredAt: Date; owner: string; one: Building }

/**
 * What an office asked for over the year, each time put to the guard: some of it stands, most of it does not, and where
 * the owner has left a fact open the answer says which.
 *
 * @param among the projects of its place
 * @param when in how many days before the telling it happened, and how its scenes are called
 */
export function planDemands(stage: Stage, office: { signInName: string; habits: readonly Habit[] }, among: readonly Met[], count: number, { days, scene }: { days: readonly [number, number]; scene: string } = { days: [1, 350], scene: 'demand' }): void {
  for (let place = 0; place < count; place++) {
    const name = `${scene}/${office.signInName}/${place}`
    const dice = diceFor(name)
    const at = daysBefore(stage, dice.between(...days), dice)
    const known = among.filter(({ registeredAt }) => registeredAt < at)
    if (!known.length) continue
    stage.plan(name, at, async () => {
      const officer = stage.cast.get(office.signInName) as Member
      const refused = dice.next() < STUBBORN ? new Set<string>() : await refusedTo(stage, officer)
      const habits = office.habits.filter((one) => !refused.has(thingOf(one)) || (one.nobody && one.fits))
      if (!habits.length) return
      const habit = dice.pick(habits)
      const { code } = dice.pick(fitting(known, habit))
      const day = dayOf(at)
      const demand = DemandInput.parse({
        caseNumber: `GC${day.replaceAll('-', '')}${String(dice.between(1, 999)).padStart(4, '0')}`,
        projectCode: code,
        authority: officer.uscc,
        approvalItem: habit.approvalItem,
        demanded: habit.demanded,
        commissioner: habit.nobody ? null : 'applicant',
        namedAgency: habit.names ? { kind: habit.names, agency: null } : null,
        demandedOn: day,
      })
      await stage.act(name, officer, (context) => decide(context, { demand, say: sayingIn('zh') }))
    })
  }
}

/** How often an officer does not listen; the regulator is led to who does so. */
const STUBBORN = 0.06

function thingOf({ demanded }: Habit): string {
  return 'item' in demanded ? demanded.item : demanded.text
}

/** What was refused to this office before: mostly it is not asked for again, unless the authority would pay for it itself. */
async function refusedTo(stage: Stage, { organisationId }: Member): Promise<Set<string>> {
  const rows = await stage.db('guard_decisions').where({ authority_id: organisationId, verdict: 'refused' }).select<{ demanded: { item?: string; text?: string } }[]>(stage.db.raw(`cast(document as jsonb) #> '{demand,demanded}' as demanded`))
  return new Set(rows.map(({ demanded }) => demanded.item ?? demanded.text ?? ''))
}

/** The projects that a habit is about; where there is none, an office asks it of any. */
function fitting(known: readonly Met[], { fits }: Habit): readonly Met[] {
  const found = fits ? known.filter(({ one }) => one.facts?.[fits[0]] === fits[1]) : known
  return found.length ? found : known
}

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
 */
export function planDemands(stage: Stage, office: { signInName: string; habits: readonly Habit[] }, among: readonly Met[], count: number): void {
  for (let place = 0; place < count; place++) {
    const name = `demand/${office.signInName}/${place}`
    const dice = diceFor(name)
    const at = daysBefore(stage, dice.between(1, 350), dice)
    const known = among.filter(({ registeredAt }) => registeredAt < at)
    if (!known.length) continue
    const habit = dice.pick(office.habits)
    const { code } = dice.pick(fitting(known, habit))
    stage.plan(name, at, async () => {
      const day = dayOf(at)
      const demand = DemandInput.parse({
        caseNumber: `GC${day.replaceAll('-', '')}${String(dice.between(1, 999)).padStart(4, '0')}`,
        projectCode: code,
        authority: (stage.cast.get(office.signInName) as Member).uscc,
        approvalItem: habit.approvalItem,
        demanded: habit.demanded,
        commissioner: habit.nobody ? null : 'applicant',
        namedAgency: habit.names ? { kind: habit.names, agency: null } : null,
        demandedOn: day,
      })
      await stage.act(name, stage.cast.get(office.signInName)!, (context) => decide(context, { demand, say: sayingIn('zh') }))
    })
  }
}

/** The projects that a habit is about; where there is none, an office asks it of any. */
function fitting(known: readonly Met[], { fits }: Habit): readonly Met[] {
  const found = fits ? known.filter(({ one }) => one.facts?.[fits[0]] === fits[1]) : known
  return found.length ? found : known
}

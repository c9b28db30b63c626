import { checkAgency } from '#app/domain/agencies/check-agency.server.ts'
import { correctAgency } from '#app/domain/agencies/correct-agency.server.ts'
import type { Correctable } from '#app/domain/agencies/correction.ts'
import { transact } from '#db/client.ts'
import { lockRecorded } from '#db/repositories/agency-corrections.ts'
import { diceFor } from './dice.ts'
import { daysBefore, type Stage } from './stage.ts'

type Change = { signInName: string; days: number; now: Partial<Correctable>; /** How many days before the telling the operator checked it again. */ checkedDays?: number }

/** One moved, one has a new legal representative whom the operator has checked, one whom nobody has checked yet. */
const CHANGES: readonly Change[] = [
  { signInName: 'agency3', days: 41, now: { address: '长春市南关区人民大街 8800 号', phone: '0431-88880303', contactPhone: '13800000393' } },
  { signInName: 'agency-311', days: 33, now: { legalRepresentative: '韩知远' }, checkedDays: 30 },
  { signInName: 'agency-314', days: 2, now: { legalRepresentative: '沈亦清', contactName: '沈亦清' } },
]

/** Agencies that corrected their own record; with another legal representative they are checked again. */
export function planCorrections(stage: Stage): void {
  for (const { signInName, days, now, checkedDays } of CHANGES) {
    const name = `correction/${signInName}`
    const dice = diceFor(name)
    stage.plan(name, daysBefore(stage, days, dice), async () => {
      const agency = stage.cast.get(signInName)
      if (!agency) return
      const before = await transact(stage.db, (trx) => lockRecorded(trx, agency.organisationId))
      await stage.act(name, agency, (context) => correctAgency(context, { ...before, ...now } as Correctable))
    })
    if (!checkedDays) continue
    stage.plan(`${name}/checked`, daysBefore(stage, checkedDays, dice), async () => {
      const agency = stage.cast.get(signInName)
      if (agency) await stage.act(`${name}/checked`, stage.cast.get('operator')!, (context) => checkAgency(context, { uscc: agency.uscc!, verdict: 'passed', reasons: [], note: '' }))
    })
  }
}

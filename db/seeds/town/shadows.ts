import { recordSanction } from '#app/domain/agencies/record-sanction.server.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import { transact } from '#db/client.ts'
import { insertMembership } from '#db/repositories/accounts.ts'
import { DEMO_DIVISION } from '../catalogue.ts'
import type { TownAgency } from './agencies.ts'
import { diceFor } from './dice.ts'
import { daysBefore, type Stage } from './stage.ts'

/** What a regulator has to look at: one penalty that still runs, and one person who acts for two firms of one trade. */
export function planShadows(stage: Stage, agencies: readonly TownAgency[]): void {
  const [one, other] = agencies.filter(({ legalRepresentative }, _, all) => all.filter((each) => each.legalRepresentative === legalRepresentative).length > 1)
  if (one && other) {
    const later = daysBefore(stage, Math.min(one.came, other.came) - 1, diceFor('shadows/hand'))
    stage.plan('shadows/hand', later, async () => {
      const [acting, firm] = [stage.cast.get(one.signInName), stage.cast.get(other.signInName)]
      if (!acting || !firm) return
      const known = await stage.db('memberships').where({ account_id: acting.accountId, organisation_id: firm.organisationId }).first()
      if (!known) await transact(stage.db, (trx) => insertMembership(trx, { accountId: acting.accountId, organisationId: firm.organisationId, role: 'agency', duty: 'delegate', since: later }))
    })
  }
  const fined = agencies.filter(({ came, organisation }) => came > 60 && isWithin(organisation.divisionCode, DEMO_DIVISION)).at(-1)
  if (!fined) return
  const at = daysBefore(stage, 18, diceFor('shadows/penalty'))
  stage.plan('shadows/penalty', at, async () => {
    const fromOn = dayOf(at)
    const decision = { uscc: fined.organisation.uscc!, kind: 'administrative-penalty' as const, number: '示例罚字〔2026〕第 18 号', authority: '示例市住房和城乡建设局', reason: '出具与现场不符的报告（示例）。', fromOn, untilOn: addDays(fromOn, 90), finalOn: addDays(fromOn, 10) }
    if (stage.cast.has(fined.signInName)) await stage.act('shadows/penalty', stage.cast.get('regulator')!, (context) => recordSanction(context, decision))
  })
}

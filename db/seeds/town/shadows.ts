import { correctAgency } from '#app/domain/agencies/correct-agency.server.ts'
import type { Correctable } from '#app/domain/agencies/correction.ts'
import { addPractitioner } from '#app/domain/agencies/keep-practitioners.server.ts'
import { recordSanction } from '#app/domain/agencies/record-sanction.server.ts'
import type { Member } from '#app/domain/accounts/actor.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { isWithin } from '#app/domain/divisions/division.ts'
import type { Publication } from '#app/domain/tenders/tender.ts'
import { transact } from '#db/client.ts'
import { insertMembership } from '#db/repositories/accounts.ts'
import { lockRecorded } from '#db/repositories/agency-corrections.ts'
import { DEMO_DIVISION } from '../catalogue.ts'
import type { TownAgency } from './agencies.ts'
import { diceFor } from './dice.ts'
import type { Building } from './owners.ts'
import { serviceOf } from './services.ts'
import { daysBefore, type Stage } from './stage.ts'
import { planTender, type Rival } from './tenders.ts'

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

const HALF_AN_HOUR = 30 * 60_000

/**
 * A tender that asks for a certificate and for people. Two of its bidders sit at one browser, one names somebody who is called
 * like the owner's legal representative, and one gives the owner's telephone before the close.
 */
export function planAsked(stage: Stage, { code, one, signInName }: { code: string; one: Building; signInName: string }, rivals: readonly Rival[]): void {
  const name = 'shadows/asked'
  const { requirements, days } = serviceOf('S1201')
  const draft = { projectCode: code, listingCode: 'S1201', method: 'random' as const, title: `${one.name}主体结构检测`, requirements, serviceDays: days[0], ceiling: 96_000_00, qualificationNeed: 'all' as const, qualification1: 'Q26|专项资质（9 类）', practitionerLicence: '检测人员', practitionersLeast: 1 }
  const owner = () => stage.cast.get(signInName)!
  planTender(stage, daysBefore(stage, 20, diceFor(name)), { name, get owner() { return owner() }, draft: draft as never, divisionCode: one.divisionCode, rivals, bidders: 6, republished: true, oneBrowser: true, meanwhile })

  function meanwhile(bidders: readonly Member[], { publishedAt, closesAt }: Publication): void {
    const [first, , third] = bidders
    const ownerRecord = () => stage.db('organisations').where({ id: owner().organisationId }).first<{ phone: string | null; legal_representative: string | null }>('phone', 'legal_representative')
    if (first) stage.plan(`${name}/namesake`, new Date(publishedAt.getTime() + HALF_AN_HOUR), async () => {
      const { legal_representative } = await ownerRecord()
      if (legal_representative) await stage.act(`${name}/namesake`, first, (context) => addPractitioner(context, { name: legal_representative, proof: 'social-insurance', licences: [{ kind: '检测人员', number: 'DEMASKED1' }] }))
    })
    if (third) stage.plan(`${name}/telephone`, new Date(closesAt.getTime() - HALF_AN_HOUR), async () => {
      const { phone } = await ownerRecord()
      const before = await transact(stage.db, (trx) => lockRecorded(trx, third.organisationId))
      if (phone) await stage.act(`${name}/telephone`, third, (context) => correctAgency(context, { ...before, phone } as Correctable))
    })
  }
}

import type { Knex } from 'knex'
import { SYSTEM, type Member, type Role } from '#app/domain/accounts/actor.ts'
import { acceptInvitation } from '#app/domain/accounts/accept-invitation.server.ts'
import { admitOffice } from '#app/domain/accounts/admit-office.server.ts'
import { inviteDelegate } from '#app/domain/accounts/invite-delegate.server.ts'
import { registerOwner } from '#app/domain/accounts/register-owner.server.ts'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import type { PractitionerFields } from '#app/domain/agencies/practitioner.ts'
import type { QualificationFields } from '#app/domain/agencies/qualification.ts'
import { registerAgency } from '#app/domain/agencies/register-agency.server.ts'
import type { Context } from '#app/domain/context.ts'
import { findCredential, listMemberships } from '#db/repositories/accounts.ts'
import { DEMO_DIVISION } from '../catalogue.ts'
import type { SampleOrganisation } from '../sample-organisations.ts'
import { diceFor } from './dice.ts'
import { SERVICES } from './services.ts'
import type { Stage } from './stage.ts'

export type Newcomer = { signInName: string; displayName: string; role: Exclude<Role, 'judge'>; organisation: SampleOrganisation; legalRepresentative?: string; about?: string; offers?: readonly string[]; areas?: readonly string[]; qualifications?: QualificationFields[]; practitioners?: PractitionerFields[] }

/** Brings an organisation with its manager, through the verb that a real one goes through, and lets an agency offer what it offers. */
export async function enrol(stage: Stage, newcomer: Newcomer, officePassword: string): Promise<Member> {
  const { signInName, displayName, role, organisation, legalRepresentative = displayName, about = '示例机构，仅用于演示。' } = newcomer
  const { uscc, name, divisionCode, address, phone } = organisation
  const person = { displayName, signInName }
  const fields = { name, legalRepresentative, phone, address, divisionCode, ...person, password: stage.password, locale: 'zh' as const }
  // Somebody of an older demo stays as they are.
  if (!(await findCredential(stage.db, signInName))) {
    await stage.tick(`enrol/${signInName}`, SYSTEM, async (context) => {
      if (role === 'agency') await registerAgency(context, { ...fields, uscc: uscc!, introduction: about, commitment: 'yes', serviceDivisions: newcomer.areas ?? [DEMO_DIVISION], contactName: displayName, contactPhone: phone, qualifications: newcomer.qualifications, practitioners: newcomer.practitioners })
      else if (role !== 'owner') await admitOffice(context, { role, uscc: uscc!, name, divisionCode, phone, address, manager: { ...person, password: officePassword } })
      else await registerOwner(context, uscc ? { kind: 'organisation', ...fields, uscc } : { kind: 'natural-person', ...fields })
    })
  }
  const member = await memberCalled(stage.db, newcomer)
  stage.cast.set(signInName, member)
  for (const code of newcomer.offers ?? []) {
    await stage.act(`offer/${signInName}/${code}`, member, (context) => offerService(context, offeringOf(signInName, code, newcomer.areas)))
  }
  return member
}

/** Brings a colleague by the invitation of a manager who is there already, and gives them the same password. */
export async function enrolColleague(stage: Stage, newcomer: Newcomer & { colleagueOf: string }, password: string): Promise<void> {
  const { signInName, colleagueOf } = newcomer
  if (!(await findCredential(stage.db, signInName))) await stage.tick(`enrol/${signInName}`, stage.cast.get(colleagueOf)!, (context) => joinAsColleague(context, newcomer, password))
  stage.cast.set(signInName, await memberCalled(stage.db, newcomer))
}

/** The manager in `context` invites, and the colleague takes the invitation. */
export async function joinAsColleague(context: Context, { displayName, signInName }: Pick<Newcomer, 'displayName' | 'signInName'>, password: string): Promise<void> {
  const { invitation } = await inviteDelegate(context, { displayName })
  await acceptInvitation(context, { invitation, displayName, signInName, password, locale: 'zh', ip: '127.0.0.1' })
}

/** Somebody of the demo as they act today. */
export async function memberCalled(db: Knex, { signInName, displayName, role, organisation: { divisionCode } }: Pick<Newcomer, 'signInName' | 'displayName'> & { role: Role; organisation: { divisionCode: string } }): Promise<Member> {
  const credential = await findCredential(db, signInName)
  const membership = credential && (await listMemberships(db, credential.accountId)).find((one) => one.role === role)
  if (!membership) throw new Error(`${displayName} of the demo no longer acts as ${role}.`)
  const { organisationId, organisationName, uscc, duty } = membership
  return { kind: 'member', accountId: credential.accountId, displayName, organisationId, organisationName, uscc, divisionCode, role, duty }
}

const CONDITIONS = ['项目单位提供立项文件和用地范围图。', '提供项目代码、用地红线和设计任务书。', '提供现场联系人与进场条件，其余资料由我方收集。']
const PROCESSES = ['受理后一个工作日内联系，现场踏勘，编制成果，内部审核，交付。', '签约、收集资料、外业、内业、质检、交付，每一步在线告知进度。', '接单当日派人，先口头说明工作量，成果两级审核后交付。']

function offeringOf(signInName: string, code: string, areas: readonly string[] = [DEMO_DIVISION]) {
  const dice = diceFor(`offering/${signInName}/${code}`)
  const service = SERVICES.get(code)
  const from = service ? Math.round((service.yuan[0] * (0.8 + dice.next() * 0.5)) / 1000) * 1000 : 0
  return {
    listingCode: code,
    conditions: dice.pick(CONDITIONS),
    process: dice.pick(PROCESSES),
    promisedDays: service ? dice.between(Math.ceil(service.days[0] * 0.7), service.days[1]) : 15,
    fee: from > 0 ? `${from.toLocaleString('en')} 元起，按工作量报价，不另收其他费用。` : '按工作量报价，明码标价，不另收其他费用。',
    serviceDivisions: [...areas],
  }
}

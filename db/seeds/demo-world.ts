import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { admitOffice } from '#app/domain/accounts/admit-office.server.ts'
import { hashPassword } from '#app/domain/accounts/password.server.ts'
import { registerOwner } from '#app/domain/accounts/register-owner.server.ts'
import { offerService } from '#app/domain/agencies/offer-service.server.ts'
import { registerAgency } from '#app/domain/agencies/register-agency.server.ts'
import type { Context } from '#app/domain/context.ts'
import { transact } from '../client.ts'
import { findCredential, listMemberships, savePassword } from '../repositories/accounts.ts'
import { insertDemoPerson } from '../repositories/demo-people.ts'
import { DEMO_DIVISION } from './catalogue.ts'
import { DEMO_PEOPLE, type DemoPerson } from './demo-people.ts'

/** The people of the demo with who they act as. */
export type Cast = Map<string, Member>

/**
 * Brings everybody of the demo, each through the verb that a real one goes through. Who is there stays as they are.
 *
 * @param password of all; where `passwordIsNew` it is also given to those who were there already
 */
export async function bringPeople(context: Context, { password, passwordIsNew }: { password: string; passwordIsNew: boolean }): Promise<Cast> {
  const cast: Cast = new Map()
  for (const [place, person] of DEMO_PEOPLE.entries()) {
    const known = await findCredential(context.db, person.signInName)
    if (known && passwordIsNew) await savePassword(context.db, known.accountId, await hashPassword(password), await context.clock.read(context.db))
    const accountId = known?.accountId ?? (await bring(context, person, password))
    const member = await memberFor(context, person, accountId)
    cast.set(person.signInName, member)
    if (known) continue
    await offerAll({ ...context, actor: member }, person)
    await transact(context.db, (trx) => insertDemoPerson(trx, { accountId, place: place + 1, zh: person.zh, en: person.en }))
  }
  return cast
}

async function bring(context: Context, { role, organisation, signInName, displayName }: DemoPerson, password: string): Promise<string> {
  const { uscc, name, divisionCode, address, phone } = organisation
  const system = { ...context, actor: SYSTEM }
  const person = { displayName, signInName, password }
  if (role === 'authority' || role === 'regulator' || role === 'operator') {
    return (await admitOffice(system, { role, uscc: uscc!, name, divisionCode, phone, address, manager: person })).accountId
  }
  const fields = { uscc: uscc ?? '', name, legalRepresentative: displayName, phone, address, divisionCode, ...person, locale: 'zh' as const }
  if (role === 'agency') return (await registerAgency(system, { ...fields, introduction: '示例机构，仅用于演示。', commitment: 'yes' })).accountId
  return (await registerOwner(system, uscc ? { kind: 'organisation', ...fields } : { kind: 'natural-person', ...fields })).accountId
}

async function memberFor({ db }: Context, { role, organisation, displayName }: DemoPerson, accountId: string): Promise<Member> {
  const membership = (await listMemberships(db, accountId)).find((one) => one.role === role)
  if (!membership) throw new Error(`${displayName} of the demo no longer acts as ${role}.`)
  const { organisationId, organisationName, uscc, duty } = membership
  return { kind: 'member', accountId, displayName, organisationId, organisationName, uscc, divisionCode: organisation.divisionCode, role, duty }
}

async function offerAll(context: Context, { offers = [] }: DemoPerson): Promise<void> {
  for (const listingCode of offers) {
    await offerService(context, {
      listingCode,
      conditions: '项目单位提供立项文件和用地范围图。',
      process: '受理后一个工作日内联系，现场踏勘，编制成果，内部审核，交付。',
      promisedDays: 15,
      fee: '按工作量报价，明码标价，不另收其他费用。',
      serviceDivisions: [DEMO_DIVISION],
    })
  }
}

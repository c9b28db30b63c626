import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Duty, Member, Role } from '#app/domain/accounts/actor.ts'
import type { Listing } from '#app/domain/catalogue/listing.ts'
import { clockAt } from './clock.ts'

/** The demo's division; the template holds it with its province and its district 220106. */
export const CHANGCHUN = '220100'

let counter = 0

/** A name that no other test has used. */
export function unique(word: string): string {
  counter += 1
  return `${word}${process.pid}-${counter}`
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const BODY_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** A valid unified social credit code: the organisation code's check digit (GB 11714) and its own (GB 32100) are right. */
export function makeUscc(serial: number = (counter += 1) + process.pid * 1000): string {
  const body = String(serial % 100_000_000).padStart(8, '0')
  const sum = [...body].reduce((total, digit, place) => total + BODY_ALPHABET.indexOf(digit) * BODY_WEIGHTS[place]!, 0)
  const bodyCheck = (11 - (sum % 11)) % 11
  const seventeen = `91${CHANGCHUN}${body}${bodyCheck === 10 ? 'X' : bodyCheck}`
  const total = [...seventeen].reduce((whole, sign, place) => whole + USCC_ALPHABET.indexOf(sign) * USCC_WEIGHTS[place]!, 0)
  return seventeen + USCC_ALPHABET[(31 - (total % 31)) % 31]
}

type Given = { role: Role; duty?: Duty; name?: string; divisionCode?: string; uscc?: string | null; supervisorId?: string; at?: Date }

/**
 * An organisation with one person who acts for it, as rows: what a test of some later act begins with.
 *
 * @param owner the pool that may write anything (`database.owner`) or the application's
 * @returns the member, ready to be handed to `context(member)`
 */
export async function organisation(db: Knex, { role, duty = 'manager', at = clockAt('2026-01-05T09:00').now, ...given }: Given): Promise<Member> {
  const [organisationId, accountId] = [randomUUID(), randomUUID()]
  const name = given.name ?? unique('机构')
  const uscc = given.uscc === undefined ? makeUscc() : given.uscc
  const divisionCode = given.divisionCode ?? CHANGCHUN
  await ensureDivision(db, divisionCode)
  await db('organisations').insert({
    id: organisationId,
    kind: uscc === null ? 'natural-person' : 'organisation',
    uscc,
    name,
    division_code: divisionCode,
    supervisor_id: given.supervisorId ?? null,
    registered_at: at,
  })
  await db('organisation_roles').insert({ organisation_id: organisationId, role, since: at })
  await db('accounts').insert({ id: accountId, display_name: `${name}的经办人`, locale: 'zh', created_at: at })
  await db('memberships').insert({ account_id: accountId, organisation_id: organisationId, role, duty, since: at })
  return { kind: 'member', accountId, displayName: `${name}的经办人`, organisationId, organisationName: name, uscc, divisionCode, role, duty }
}

export const owner = (db: Knex, given: Partial<Given> = {}): Promise<Member> => organisation(db, { ...given, role: 'owner' })
export const naturalPerson = (db: Knex, given: Partial<Given> = {}): Promise<Member> => organisation(db, { ...given, role: 'owner', uscc: null })
export const authority = (db: Knex, given: Partial<Given> = {}): Promise<Member> => organisation(db, { ...given, role: 'authority' })
export const regulator = (db: Knex, given: Partial<Given> = {}): Promise<Member> => organisation(db, { ...given, role: 'regulator' })
export const operator = (db: Knex, given: Partial<Given> = {}): Promise<Member> => organisation(db, { ...given, role: 'operator' })

/** An agency that is admitted, without any offering yet. */
export async function agency(db: Knex, given: Partial<Given> = {}): Promise<Member> {
  const member = await organisation(db, { ...given, role: 'agency' })
  const at = given.at ?? clockAt('2026-01-05T09:00').now
  await db('agencies').insert({ organisation_id: member.organisationId, committed_at: at, admitted_at: at })
  return member
}

let projects = 0

/** A project code that reads like a real one: year, division, industry, kind, serial, of which a process has a thousand. */
export function makeProjectCode(serial: number = (projects += 1)): string {
  return `2026-${CHANGCHUN}-47-01-${String((process.pid % 1000) * 1000 + (serial % 1000)).padStart(6, '0')}`
}

/** A project as a row. `facts` are those that the guard asks for, e.g. `{ 'site.hazardZone': false }`. */
export async function project(
  db: Knex,
  by: Member,
  { facts = {}, moneySource = 'private', ...given }: { code?: string; name?: string; facts?: Record<string, unknown>; moneySource?: 'fiscal' | 'state-owned' | 'private'; investmentFen?: number } = {},
): Promise<{ code: string }> {
  const code = given.code ?? makeProjectCode()
  await db('projects').insert({
    code,
    owner_id: by.organisationId,
    division_code: by.divisionCode,
    name: given.name ?? unique('项目'),
    flow_type: 'housing',
    money_source: moneySource,
    investment_fen: given.investmentFen ?? 5_000_000_00,
    facts: JSON.stringify(facts),
    facts_stated_at: clockAt('2026-01-06T09:00').now,
    registered_at: clockAt('2026-01-06T09:00').now,
    registered_by: by.accountId,
  })
  return { code }
}

/** A wording of a listed service as a row, of the newest version of its division's list. */
export async function listed(db: Knex, { details, rules, ...listing }: Listing): Promise<void> {
  await db.raw(
    `insert into listings (id, division_code, code, name, aliases, category_code, nature, approval_items, stages, rules, details, in_force_from, in_force_until, since_version)
     values (?, ?, ?, ?, ?, null, ?, ?, ?, ?, ?, ?, ?, (select max(number) from catalogue_versions where division_code = ?))`,
    [listing.id, listing.divisionCode, listing.code, listing.name, listing.aliases, listing.nature, listing.approvalItems, listing.stages, JSON.stringify(rules), JSON.stringify(details), listing.inForceFrom, listing.inForceUntil, listing.divisionCode],
  )
}

/** The reference seeds bring the divisions; a test of one table does not have to wait for them. */
async function ensureDivision(db: Knex, code: string): Promise<void> {
  await db('divisions').insert({ code, name: `区划${code}`, level: code.endsWith('00') ? 'city' : 'county' }).onConflict('code').ignore()
}

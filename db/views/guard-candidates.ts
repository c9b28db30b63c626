import type { Day } from '#app/domain/calendar.ts'
import { baseCodesIn } from '#app/domain/catalogue/item-code.ts'
import type { ListingRules } from '#app/domain/catalogue/listing.ts'
import type { Database } from '#app/domain/context.ts'
import { chainOf } from '#app/domain/divisions/division.ts'
import type { Line } from '../line.ts'
import { itemOfNationalCode } from '../repositories/national-codes.ts'

type Known = { code: string; name: string; aliases: string[]; serves: boolean; rules: ListingRules }

/** What every service listed on a day is known by, to compare an officer's words with. One query; a list has some hundred. */
export async function listCandidates(db: Database | Line, { divisionCode, on, approvalItem }: { divisionCode: string; on: Day; approvalItem: string }): Promise<Known[]> {
  const pool = 'sendLast' in db ? db.db : db
  const chain = chainOf(divisionCode)
  const query = pool('listings')
    .distinctOn('code')
    .select('code', 'name', 'aliases', 'rules', 'removed')
    .select(pool.raw(`listings.approval_items && array(select item.code from approval_items item where item.code = ? or item.name = ? or item.code = ${itemOfNationalCode('cast(? as text[])', 'cast(? as text[])')}) or coalesce(details ->> 'approvalItem' = ?, false) as serves`, [approvalItem, approvalItem, baseCodesIn(approvalItem), chain, chain, approvalItem]))
    .whereIn('division_code', chain)
    .where('in_force_from', '<=', on)
    .where((ending) => ending.whereNull('in_force_until').orWhere('in_force_until', '>', on))
    .orderBy('code')
    .orderBy('division_code', 'desc')
  const rows = await ('sendLast' in db ? query.connection(await db.connection()) : query)
  return (rows as (Known & { removed: boolean })[]).filter(({ removed }) => !removed)
}

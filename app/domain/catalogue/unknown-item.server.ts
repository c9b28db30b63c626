import type { Database } from '#app/domain/context.ts'
import { Refusal } from '#app/domain/refusal.ts'
import type { Line } from '#db/client.ts'
import { listApprovalItems, listItemsOfCode } from '#db/repositories/approval-items.ts'
import { nearestItems } from './item-code.ts'

/**
 * Why no approval item is meant by what was said: a national code that several items have is told with their own codes, of which one is meant.
 *
 * @param said what stands in the place of an item, and means none in the division
 * @returns `cases.item-ambiguous` with the items, `cases.no-such-item`
 */
export async function unknownItem(db: Database | Line, said: string, { divisionCode }: { divisionCode: string }): Promise<Refusal> {
  const several = await listItemsOfCode(db, said, divisionCode)
  return several.length ? named('cases.item-ambiguous', { items: asText(several) }) : named('cases.no-such-item')
}

/** The same with `cases.item-near`: whoever wrote a name nearly right is told what is near; a code has nothing near it. */
export async function unknownName(db: Database, said: string, place: { divisionCode: string }): Promise<Refusal> {
  const near = nearestItems(said, await listApprovalItems(db))
  return near.length ? named('cases.item-near', { near: asText(near) }) : unknownItem(db, said, place)
}

function named(code: 'cases.item-ambiguous' | 'cases.item-near' | 'cases.no-such-item', params: Record<string, string> = {}): Refusal {
  return new Refusal('invalid', code, { field: 'approvalItem', params })
}

function asText(items: readonly { code: string; name: string }[]): string {
  return items.map(({ code, name }) => `${name} (${code})`).join(', ')
}

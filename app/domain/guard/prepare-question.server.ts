import { dayOf, type Day } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { listApprovalItems } from '#db/repositories/approval-items.ts'

/** What the forms about demands offer to pick from, and today's Beijing day. Anybody may see it. */
export async function prepareQuestion({ db, clock }: Context): Promise<{ today: Day; items: string[] }> {
  const [at, items] = await Promise.all([clock.read(db), listApprovalItems(db)])
  return { today: dayOf(at), items: items.map(({ name }) => name) }
}

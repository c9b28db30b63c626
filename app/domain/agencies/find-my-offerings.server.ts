import { listOfferingsOf, type OfferingLine } from '#db/views/agencies.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'

/** What the caller's agency offers now, and with `all` what it offered before. Refuses `accounts.sign-in-first` and `accounts.not-allowed`. */
export async function findMyOfferings(context: Context, { all = false }: { all?: boolean } = {}): Promise<OfferingLine[]> {
  const member = memberWho(context.actor, 'offer:service')
  return listOfferingsOf(context.db, { agencyId: member.organisationId, all, on: dayOf(await context.clock.read(context.db)) })
}

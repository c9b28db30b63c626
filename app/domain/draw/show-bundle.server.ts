import type { Context } from '#app/domain/context.ts'
import { Refusal, type RefusalCode } from '#app/domain/refusal.ts'
import { isTenderNumber, statusAt, type Tender } from '#app/domain/tenders/tender.ts'
import { findBundle } from '#db/repositories/draws.ts'
import { listWitnessEntries } from '#db/repositories/witnesses.ts'
import { findPickBody, listHoldBodies } from '#db/repositories/shortlists.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { Bundle, withPick } from './bundle.ts'
import type { AnyBundle } from './failure.ts'
import { findDirect } from './find-direct.server.ts'
import { findFailure } from './find-failure.server.ts'
import { proveBundle } from './prove-bundle.server.ts'

/**
 * Everything one needs to come to a result again, by draw or by price, to see why one of sealed prices had to fail, or that who was
 * named accepted, with the ledger's proofs as soon as its entries are under a checkpoint, and whoever has witnessed it since.
 *
 * Refuses `tenders.no-such-tender`, and where nothing was decided that a bundle could show: `tenders.not-drawn` before the result,
 * `tenders.failed-undecided` and `tenders.cancelled-undecided` after an end without one, `tenders.awarded-before` for a direct selection whose publication is older than its bundles.
 */
export async function showBundle({ db, keyring, clock }: Context, { number }: { number: string }): Promise<AnyBundle> {
  const bundle = isTenderNumber(number) ? await findBundle(db, number) : undefined
  const undrawn: AnyBundle | undefined = bundle ? undefined : ((await findFailure(db, number)) ?? (await findDirect(db, number)))
  if (undrawn) return proveBundle(db, keyring, undrawn)
  if (!bundle) throw new Refusal('missing', whyNone(isTenderNumber(number) ? await findTender(db, { number }) : undefined, await clock.read(db)))
  const parsed = Bundle.parse(JSON.parse(bundle))
  const whole = parsed.method === 'credit-shortlist' ? withPick(parsed, { holds: await listHoldBodies(db, number), pick: await findPickBody(db, number) }) : parsed
  return proveBundle(db, keyring, whole, await listWitnessEntries(db, number))
}

function whyNone(tender: Tender | undefined, at: Date): RefusalCode {
  if (!tender) return 'tenders.no-such-tender'
  const state = statusAt(tender, at)
  if (state === 'failed' || state === 'cancelled') return `tenders.${state}-undecided`
  return tender.awardedAt ? 'tenders.awarded-before' : 'tenders.not-drawn'
}

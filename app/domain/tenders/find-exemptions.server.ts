import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { listExemptions, type ExemptionLine } from '#db/repositories/purchase-exemptions.ts'

const MOST = 50

/** What one's own project bought without procurement, with the recorded reasons, the latest first; nothing for somebody else's. */
export async function findExemptions({ db, actor }: Context, { code }: { code: string }): Promise<ExemptionLine[]> {
  const { organisationId: ownerId } = memberWho(actor, 'draft:tender')
  return listExemptions(db, { projectCode: code, ownerId, limit: MOST })
}

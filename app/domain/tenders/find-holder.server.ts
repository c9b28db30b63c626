import { findKeyOwners } from '#db/repositories/holder-keys.ts'
import type { Database } from '../context.ts'
import type { Sealing } from './tender.ts'
import { HOLDERS, type HolderName } from './two-keys-rule.ts'

/** As which holder of its bids' key a tender names an organisation, by the key that its publication has; undefined for everybody else, and where nothing is sealed in shares. */
export async function findHolder(db: Database, { holders, threshold }: Sealing, organisationId: string): Promise<HolderName | undefined> {
  if (threshold === undefined) return undefined
  const owners = await findKeyOwners(db, holders.map(({ publicKey }) => publicKey))
  const own = holders.find(({ publicKey }) => owners.get(publicKey) === organisationId)
  return HOLDERS.find((name) => name === own?.id)
}

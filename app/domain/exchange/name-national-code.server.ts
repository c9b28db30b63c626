import { transact } from '#db/client.ts'
import { findApprovalItem } from '#db/repositories/approval-items.ts'
import { insertAudit } from '#db/repositories/audits.ts'
import { listWordings } from '#db/repositories/listings.ts'
import { findNationalCode, insertNationalCode, listNationalCodes, type NamedCode } from '#db/repositories/national-codes.ts'
import { insertEvent } from '#db/repositories/outbox.ts'
import { memberWho } from '../accounts/actor.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { CodeKind } from './national-code.ts'

/**
 * The regulator says which national code a listed service or an approval item has, for its division and all below. Every service
 * with it gets a corrected row in the national tables; what was named before stays on record.
 *
 * @param code in capital letters and digits; empty takes the code back
 * Refuses at `key` `exchange.no-such-key`, at `code` `exchange.same-code`.
 */
export async function nameNationalCode(context: Context, { kind, key, code }: { kind: CodeKind; key: string; code: string }): Promise<void> {
  const { accountId, organisationId, divisionCode } = memberWho(context.actor, 'name:national-code')
  await transact(context.db, async (trx) => {
    // Of two who name one code at once the second sees what the first one said.
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`national-code:${kind}:${key}`])
    const isKnown = kind === 'item' ? (await findApprovalItem(trx, key))?.code === key : (await listWordings(trx, { code: key, divisionCode })).length > 0
    if (!isKnown) throw new Refusal('invalid', 'exchange.no-such-key', { field: 'key' })
    const before = await findNationalCode(trx, { divisionCode, kind, key })
    if ((before ?? '') === code) throw new Refusal('conflict', 'exchange.same-code', { field: 'code' })
    const at = await context.clock.read(trx)
    await insertNationalCode(trx, { divisionCode, kind, key, code, at, by: accountId })
    await insertAudit(trx, { at, accountId, organisationId, act: 'name:national-code', subject: key, traceId: context.traceId, details: { kind, before, code } })
    await insertEvent(trx, { type: 'marketplace.national-code.named.v1', subject: key, data: { kind, division: divisionCode }, at, traceId: context.traceId })
  })
}

/** The national codes that hold in the member's division, by kind and key. Refuses `accounts.not-allowed`. */
export async function showNationalCodes({ db, actor }: Context): Promise<NamedCode[]> {
  return listNationalCodes(db, memberWho(actor, 'name:national-code').divisionCode)
}

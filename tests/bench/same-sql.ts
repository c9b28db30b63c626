import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Member } from '#app/domain/accounts/actor.ts'
import type { Statement } from './captured.ts'

/** The statements of one bid that took the place of an earlier one, and what in them is another's in the next bid. */
export type Sent = { statements: Statement[]; fresh: readonly string[]; agency: Member; earlier: string; bid: string }

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const LONGEST = 200

/**
 * A client that sends the statements of a bid as they were sent, for whichever agency: each awaited, with ids and hashes of its own,
 * and nothing read, judged or signed. Long documents are the first one's.
 *
 * @param last the standing bid of each agency, which the next one replaces
 */
export function bareBids(pool: pg.Pool, { statements, fresh, agency, earlier, bid }: Sent, last: Map<string, string>): (member: Member) => Promise<void> {
  return async (member) => {
    const now = new Map(fresh.map((key) => [key, key.includes('-') ? randomUUID() : randomBytes(key.length / 2).toString('hex')]))
    now.set(agency.organisationId, member.organisationId).set(agency.accountId, member.accountId).set(earlier, last.get(member.organisationId)!)
    const renew = (value: unknown) => {
      if (Buffer.isBuffer(value)) return Buffer.from(now.get(value.toString('hex')) ?? value.toString('hex'), 'hex')
      return typeof value === 'string' && value.length <= LONGEST ? value.replace(UUID, (uuid) => now.get(uuid) ?? uuid) : value
    }
    const client = await pool.connect()
    try {
      for (const { sql, values } of statements) await client.query(sql, values.map((value) => (Array.isArray(value) ? value.map(renew) : renew(value))))
      client.release()
      last.set(member.organisationId, now.get(bid)!)
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}

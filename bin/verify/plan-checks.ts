import type { FailedMerit, MeritBundle, OpenedBid } from './bundle.ts'
import type { Work } from './findings.ts'
import { contentOf, hasMembers, type Ruling } from './sealed.ts'

/** A valid offer counts only with its plan. Where plans stay sealed, or no holder recovered the key, the word of the platform stands, and only the bidder can show better. */
export function* withPlan({ publication: { facts }, tender }: MeritBundle | FailedMerit, opened: OpenedBid, ruling: Ruling): Work<Ruling> {
  const { plans, planCharacters } = facts.procedure
  const key = opened.keys.plan
  if (key === undefined) return opened.reason === 'no-plan' || plans === 'opened' ? { reason: 'no-plan' } : ruling
  if (plans === 'sealed') return { reason: 'no-plan' }
  return (yield* isPlanIn(opened, key, opened.envelope.parts[0].header.uscc, tender, planCharacters)) ? ruling : { reason: 'no-plan' }
}

/** Does the second part open to a plan of this bid, no longer than so many characters? */
function* isPlanIn({ bid, envelope }: OpenedBid, key: string, label: string, tender: string, planCharacters: number): Work<boolean> {
  const content = yield* contentOf(envelope.parts[1]!, key)
  if ('reason' in content || !hasMembers(content.value, ['bid', 'salt', 'tender', 'text', 'uscc'])) return false
  const { text, salt, ...about } = content.value
  if (typeof text !== 'string' || text === '' || [...text].length > planCharacters || typeof salt !== 'string' || !/^[0-9a-f]{32,8256}$/.test(salt)) return false
  return about.tender === tender && about.bid === bid && about.uscc === label
}

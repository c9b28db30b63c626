import { memberWho } from '#app/domain/accounts/actor.ts'
import { timeLeft, type TimeLeft } from '#app/domain/agenda.ts'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { prefixOf } from '#app/domain/divisions/division.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { isUuid } from '#app/domain/uuid.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listWaitingWords, type Waiting } from '#db/views/words-to-decide.ts'
import type { NearestListing } from './judgement.ts'

/** An officer's words that wait for a regulator, with what the list has nearest and by when they are decided. */
export type WaitingWords = { id: string; words: string; authority: string; approvalItem: string; nearest: NearestListing[]; decidedAt: Date; until: Date; left: TimeLeft }

const MOST = 100
const YEAR = 366 * 86_400_000

/**
 * Words of officers in the regulator's division that came near to no listing, the most urgent first. Nothing is guessed of them: the
 * refusal stands until a regulator says what they mean, within the policy's `wordsDecided`.
 *
 * Refuses `accounts.sign-in-first`, `accounts.not-allowed`.
 */
export async function findWords(context: Context, { limit = MOST }: { limit?: number } = {}): Promise<WaitingWords[]> {
  return waiting(context, { limit })
}

/** One of them. Refuses `reports.no-such-words` where it is decided, taken back, or of another division. */
export async function showWords(context: Context, id: string): Promise<WaitingWords> {
  const [found] = isUuid(id) ? await waiting(context, { id, limit: 1 }) : []
  if (!found) throw new Refusal('missing', 'reports.no-such-words')
  return found
}

async function waiting(context: Context, wanted: { id?: string; limit: number }): Promise<WaitingWords[]> {
  const { divisionCode } = memberWho(context.actor, 'decide:words')
  const { db } = context
  const at = await context.clock.read(db)
  const [rows, calendar, { wordsDecided }] = await Promise.all([
    listWaitingWords(db, { divisionPrefix: prefixOf(divisionCode), from: new Date(at.getTime() - YEAR), ...wanted }),
    calendarOf(db, divisionCode),
    policiesOf(db, divisionCode, dayOf(at)),
  ])
  return rows.map((row) => {
    const until = endOf(row.decidedAt, wordsDecided.value, calendar).at
    return { id: row.id, words: wordsOf(row), authority: row.authority, approvalItem: row.approvalItem, nearest: row.document.nearest, decidedAt: row.decidedAt, until, left: timeLeft(at, until, calendar) }
  })
}

function wordsOf({ document }: Waiting): string {
  return (document.demand.demanded as { text: string }).text
}

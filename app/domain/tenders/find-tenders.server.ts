import type { Context } from '#app/domain/context.ts'
import { listPublishedTenders, listResults, type TenderLine } from '#db/views/tender-lists.ts'
import { statusAt, type ResultState, type TenderState } from './tender.ts'
import { publicly, type PublicTender } from './tender-view.ts'

export type ListedTender = Omit<TenderLine, 'tender'> & { tender: PublicTender; state: TenderState }
export type TenderPage = { tenders: ListedTender[]; next: string | null; at: Date }

const PAGE = 20

/**
 * The public's list of tenders, newest first.
 *
 * @param state only those in this state now
 * @param before the number of the last tender of the page before
 * @returns one page, and the number after which the next one begins
 */
export async function findTenders({ db, clock }: Context, { state, before }: { state?: TenderState; before?: string }): Promise<TenderPage> {
  const at = await clock.read(db)
  return pageOf(await listPublishedTenders(db, { state, at, before, limit: PAGE + 1 }), at)
}

/** Tenders with an outcome, the latest first: awarded and still public, awarded and binding, failed, or cancelled. */
export async function findResults({ db, clock }: Context, { state, before }: { state?: ResultState; before?: string }): Promise<TenderPage> {
  const at = await clock.read(db)
  return pageOf(await listResults(db, { state, at, before, limit: PAGE + 1 }), at)
}

/** A line as a list shows it at an instant. */
export function listed<Line extends TenderLine>(line: Line, at: Date): Omit<Line, 'tender'> & { tender: PublicTender; state: TenderState } {
  return { ...line, tender: publicly(line.tender), state: statusAt(line.tender, at) }
}

function pageOf(lines: TenderLine[], at: Date): TenderPage {
  const tenders = lines.slice(0, PAGE).map((line) => listed(line, at))
  const next = lines.length > PAGE ? tenders.at(-1)!.tender.publication!.number : null
  return { tenders, next, at }
}

import { findMarketplace } from '#db/repositories/divisions.ts'
import { listComments, type Comment } from '#db/repositories/list-comments.ts'
import { findProposal, listProposals } from '#db/repositories/list-proposals.ts'
import { z } from 'zod'
import { can, memberWho } from '../accounts/actor.ts'
import { addDays, dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { nameDivision } from '../divisions/name-division.server.ts'
import { Refusal } from '../refusal.ts'
import type { EntryFault } from './entry-faults.ts'
import { gatherRules, standingList } from './gather-rules.server.ts'
import { countsOf, earliestFrom, isOver, isProposalNumber, missingOpinions, objections, stateOf, type EntryKind, type Opinion, type OpinionKind, type Proposal, type ProposalState } from './proposal.ts'
import { showBelow } from './show-below.server.ts'
import { shownEntry, type Below, type ShownEntry } from './shown-entry.ts'
import { listAfter, twinsIn, type Twin } from './twins.ts'

const A_PAGE = 50

type Said = Omit<Proposal, 'entries' | 'opinions' | 'proposedBy'>
/** A proposal as anybody may see it: no person is named, and a visitor's words are shown once they are answered. */
export type ShownProposal = {
  proposal: Said
  state: ProposalState
  entries: ShownEntry[]
  counts: Record<EntryKind, number>
  opinions: Omit<Opinion, 'givenBy'>[]
  missing: OpinionKind[]
  objections: OpinionKind[]
  comments: (Omit<Comment, 'contact' | 'words'> & { words: string | null; contact: string | null })[]
  next: number | null
  divisionName: string
  at: Date
  governs: boolean
}

/**
 * A proposal with its differences, opinions, comments and answers.
 *
 * @param after the ordinal of the last comment of the page before
 * @throws Refusal `governance.no-such-proposal` (404)
 */
export async function showProposal(context: Context, { number, after, waiting = false }: { number: string; after?: number | undefined; waiting?: boolean }): Promise<ShownProposal> {
  const { db, actor } = context
  const [at, proposal] = await Promise.all([context.clock.read(db), isProposalNumber(number) ? findProposal(db, { number }) : undefined])
  if (!proposal) throw new Refusal('missing', 'governance.no-such-proposal')
  const governs = actor.kind === 'member' && can(actor, 'propose:listing') && actor.divisionCode === proposal.divisionCode
  const [comments, divisionName] = await Promise.all([listComments(db, { proposalId: proposal.id, after, limit: A_PAGE + 1, waiting }), nameDivision(context, { code: proposal.divisionCode })])
  const { entries, opinions, proposedBy: _proposedBy, ...said } = proposal
  return {
    proposal: said,
    state: stateOf(proposal, at),
    entries: entries.map(shownEntry),
    counts: countsOf(entries),
    opinions: opinions.map(({ givenBy: _givenBy, ...one }) => one),
    missing: missingOpinions(proposal),
    objections: objections(proposal).map(({ kind }) => kind),
    comments: comments.slice(0, A_PAGE).map((one) => ({ ...one, contact: governs ? one.contact : null, words: governs || !one.isVisitor || one.answer ? one.words : null })),
    next: comments.length > A_PAGE ? comments[A_PAGE - 1]!.ordinal : null,
    divisionName: divisionName ?? proposal.divisionCode,
    at,
    governs,
  }
}

/** `twins`: what the list says already under another code, of each entry that has such; nothing once it has come to an end. `below`: what lower lists would follow with. */
export type Governed = ShownProposal & { mayDecide: boolean; mayGive: OpinionKind[]; earliest: Day; below: Below[]; twins: { code: string; name: string; twins: Twin[] }[] }

/** The same for whoever governs that list, with what they themselves may do now. Others are refused `catalogue.other-division`. */
export async function showGoverned(context: Context, asked: { number: string; after?: number | undefined }): Promise<Governed> {
  const member = memberWho(context.actor, 'propose:listing')
  const shown = await showProposal(context, { ...asked, waiting: true })
  if (!shown.governs) throw new Refusal('forbidden', 'catalogue.other-division')
  const whole = (await findProposal(context.db, { number: asked.number }))!
  const hasGiven = whole.opinions.some(({ kind, givenBy }) => kind !== 'fair-competition' && givenBy === member.accountId)
  const takes = (shown.state === 'opinions' || shown.state === 'blocked') && whole.proposedBy !== member.accountId
  const earliest = earliestFrom(whole, shown.at)
  const below = isOver(shown.state) ? [] : await showBelow(context, { ...whole, from: earliest, today: dayOf(shown.at) })
  const twinsOf = isOver(shown.state) ? () => [] : twinsIn(listAfter(await standingList(context.db, whole.divisionCode, earliest), whole.entries))
  const twins = whole.entries.map((entry) => ({ code: entry.code, name: entry.wording?.name ?? entry.code, twins: twinsOf(entry) })).filter((entry) => entry.twins.length > 0)
  return { ...shown, twins, below, mayDecide: can(member, 'adopt:listing'), mayGive: takes ? shown.missing.filter((kind) => kind === 'fair-competition' || !hasGiven) : [], earliest }
}

export type ShownDraft = { draft: Said; entries: (ShownEntry & { faults: EntryFault[]; twins: Twin[] })[]; counts: Record<EntryKind, number>; mayBeUrgent: boolean; below: Below[]; divisionName: string }

/** A draft of one's own division with everything that speaks against it, and what the list says already under another code. Refuses `governance.no-such-proposal`. */
export async function showDraftProposal(context: Context, id: string): Promise<ShownDraft> {
  const { divisionCode } = memberWho(context.actor, 'propose:listing')
  const { db } = context
  const [at, proposal] = await Promise.all([context.clock.read(db), z.uuid().safeParse(id).success ? findProposal(db, { id }) : undefined])
  if (!proposal || proposal.divisionCode !== divisionCode || proposal.number !== null || proposal.discardedAt) throw new Refusal('missing', 'governance.no-such-proposal')
  const today = dayOf(at)
  const [{ faultsOf, standing }, divisionName, below] = await Promise.all([gatherRules(db, { divisionCode, on: today }), nameDivision(context, { code: divisionCode }), showBelow(context, { ...proposal, from: addDays(today, 1), today })])
  const { entries, opinions: _opinions, proposedBy: _proposedBy, ...draft } = proposal
  const twinsOf = twinsIn(listAfter(standing, entries))
  const mayBeUrgent = can(context.actor, 'retire:listing') && entries.length > 0 && entries.every(({ wording }) => wording === null)
  return { draft, entries: entries.map((entry) => ({ ...shownEntry(entry), faults: faultsOf(entry), twins: twinsOf(entry) })), counts: countsOf(entries), mayBeUrgent, below, divisionName: divisionName ?? divisionCode }
}

export type ProposalLine = { id: string; number: string | null; ordinal: number; title: string; state: ProposalState; counts: Record<EntryKind, number>; comments: number; proposedAt: Date | null; endsAt: Date | null; draftedAt: Date }

/** What a list shows: how many entries and comments, and where it stands at `at`; nobody's opinion, words or name. `number` is null while it is a draft. */
export function lineOf(proposal: Proposal, at: Date): ProposalLine {
  const { id, number, ordinal, title, entries, comments, proposedAt, period, draftedAt } = proposal
  return { id, number, ordinal, title, state: stateOf(proposal, at), counts: countsOf(entries), comments: comments.all, proposedAt, endsAt: period?.endsAt ?? null, draftedAt }
}

/** What was proposed for the marketplace's list, newest first. Anybody may read it. */
export async function findProposals(context: Context, { before }: { before?: number | undefined } = {}): Promise<{ proposals: ProposalLine[]; next: number | null; divisionName: string }> {
  const { db } = context
  const [at, marketplace] = await Promise.all([context.clock.read(db), findMarketplace(db)])
  if (!marketplace) throw new Refusal('unavailable', 'catalogue.no-marketplace')
  const found = await listProposals(db, { divisionCode: marketplace.divisionCode, before, limit: A_PAGE + 1 })
  return { proposals: found.slice(0, A_PAGE).map((one) => lineOf(one, at)), next: found.length > A_PAGE ? found[A_PAGE - 1]!.ordinal : null, divisionName: marketplace.divisionName }
}

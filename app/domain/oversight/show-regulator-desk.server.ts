import { can, memberWho } from '#app/domain/accounts/actor.ts'
import type { CheckState } from '#app/domain/agencies/agency-state.ts'
import { agendaOf, type AgendaItem, type Due } from '#app/domain/agenda.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { CatalogueVersion } from '#app/domain/catalogue/catalogue.ts'
import type { Context } from '#app/domain/context.ts'
import { watchLimits } from '#app/domain/contracts/watch-limits.server.ts'
import { chainOf, prefixOf } from '#app/domain/divisions/division.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { listVersions } from '#db/repositories/catalogue-versions.ts'
import { listRunningProposals } from '#db/repositories/list-proposals.ts'
import { countQueue } from '#db/views/agency-queue.ts'
import { countDemands, listDemands, type DemandFigures, type DemandLine } from '#db/views/demands.ts'
import { countTenders, findCurrentVersion, listHeldTenders, listOverdueObjections, listOverdueQuestions, listSanctionsToAgree, listStuckTenders, listWaitingForKeys } from '#db/views/regulator-desk.ts'
import { listOverdueResults } from '#db/views/overdue-results.ts'
import type { TenderState } from '../tenders/tender.ts'
import { listAwaiting } from '#db/views/awaited-values.ts'
import { awaitedValue } from '../draw/awaited.ts'
import { findWords } from '#app/domain/guard/find-words.server.ts'
import { listInquiries } from '#db/views/inquiries.ts'
import { findLeads, type LeadsPage } from './find-leads.server.ts'
import { regulatorsItems } from './inquiry-agenda.ts'
import { proposalItem } from './governance-agenda.ts'
import { demandItem, heldItem, keysItem, lotteryItem, objectionItem, questionItem, REGULATOR_KINDS, resultItem, sanctionItem, stuckItem, versionItem, wordsItem, type RegulatorKind } from './regulator-agenda.ts'

export type RegulatorDesk = {
  today: Due<AgendaItem<RegulatorKind>>[]
  /** How many agencies stand where with their formal check. */
  checks: Record<CheckState, number>
  /** The most urgent leads, and how many there are. */
  leads: Pick<LeadsPage, 'items'> & { count: number }
  /** The newest, whatever they were answered. */
  demands: DemandLine[]
  figures: DemandFigures
  tenders: { state: TenderState; count: number }[]
  version: { number: number; effectiveOn: string } | null
  versions: (CatalogueVersion & { begun: number; ended: number })[]
}

const NEWEST = 6
const MOST_URGENT = 3
const VERSIONS = 5
const FILES = 50
const DAY = 86_400_000
const LOOKS_BACK = 30 * DAY
/** A demand of the last two weeks is news; an older one stays in the list. */
const NEWS = 14 * DAY
/** The clockwork moves a tender within seconds; after this long something is wrong. */
const STUCK = 5 * 60_000

/** What needs a regulator today, sorted by the clock; then demands, tenders by state, and the versions of the list. */
export async function showRegulatorDesk(context: Context): Promise<RegulatorDesk> {
  const { divisionCode, organisationId, accountId } = memberWho(context.actor, 'see:demands')
  const { db } = context
  const [at, calendar] = await Promise.all([context.clock.read(db), calendarOf(db, divisionCode)])
  const divisionPrefix = prefixOf(divisionCode)
  const [demands, refused, incomplete, figures, tenders, stuck, unanswered, disputed, overdue, held, lotteries, keys, checks, version, versions, leads, words, files, proposals, watched, unagreed] = await Promise.all([
    listDemands(db, { divisionPrefix, limit: NEWEST }),
    listDemands(db, { divisionPrefix, verdict: 'refused', limit: NEWEST }),
    listDemands(db, { divisionPrefix, verdict: 'needs-facts', limit: NEWEST }),
    countDemands(db, { divisionPrefix, from: new Date(at.getTime() - LOOKS_BACK) }),
    countTenders(db, { divisionPrefix, at }),
    listStuckTenders(db, { divisionPrefix, since: new Date(at.getTime() - STUCK), limit: NEWEST }),
    listOverdueQuestions(db, { divisionPrefix, at, limit: NEWEST }),
    listOverdueObjections(db, { divisionPrefix, at, limit: NEWEST }),
    listOverdueResults(db, { divisionPrefix, at, limit: NEWEST }),
    listHeldTenders(db, { divisionPrefix, limit: NEWEST }),
    listAwaiting(db, { source: 'lottery', divisionPrefix }),
    listWaitingForKeys(db, { organisationId, limit: NEWEST }),
    countQueue(db),
    findCurrentVersion(db, { divisions: chainOf(divisionCode), on: dayOf(at) }),
    listVersions(db, divisionCode, VERSIONS),
    findLeads(context, { limit: MOST_URGENT }),
    findWords(context, { limit: NEWEST }),
    listInquiries(db, { divisionPrefix, limit: FILES, unsettled: true }),
    listRunningProposals(db, divisionCode),
    watchLimits(context, { at, divisionPrefix }),
    listSanctionsToAgree(db, { divisionPrefix, accountId, at, on: dayOf(at), limit: NEWEST }),
  ])
  const news = [...refused, ...incomplete].filter(({ decidedAt }) => at.getTime() - decidedAt.getTime() < NEWS)
  const toRead = lotteries.map((tender) => ({ tender, awaited: awaitedValue(tender) })).filter(({ awaited }) => awaited.covered && awaited.at <= at)
  const items = [...words.map(wordsItem), ...files.flatMap((file) => regulatorsItems(file, at)), ...stuck.map(stuckItem), ...toRead.map(({ tender, awaited }) => lotteryItem(tender, awaited)), ...keys.map(keysItem), ...unagreed.map(sanctionItem), ...unanswered.map(questionItem), ...disputed.map(objectionItem), ...overdue.map(resultItem), ...held.map(heldItem), ...watched, ...proposals.flatMap((one) => proposalItem(one, { accountId, mayDecide: can(context.actor, 'adopt:listing') }, at) ?? []), ...versions.flatMap((one) => versionItem(one, at) ?? []), ...news.map(demandItem)]
  return { today: agendaOf(items, { at, calendar, kinds: REGULATOR_KINDS }), leads: { items: leads.items, count: Object.values(leads.counts).reduce((sum, found) => sum + found, 0) }, checks, demands, figures, tenders, version, versions }
}

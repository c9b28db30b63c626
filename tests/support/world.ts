import { randomUUID } from 'node:crypto'
import { test as base } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { grantToken } from '#app/domain/accounts/access-token.server.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import { openSession } from '#app/domain/accounts/open-session.server.ts'
import { prepareImport } from '#app/domain/agencies/import-agencies.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { askQuestion } from '#app/domain/tenders/ask-question.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { databaseClock, transact } from '#db/client.ts'
import { openSearch } from '#search/search.ts'
import { refresh } from '#search/sync.ts'
import { beginProposal, putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { commentOnProposal } from '#app/domain/governance/comment-on-proposal.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { ABOUT, entry, examined, proposed, regulators } from './governed.ts'
import { insertPolicy } from '#db/repositories/policies.ts'
import * as make from './factories.ts'
import { openedFile, refusedDemand } from './inquiries.ts'
import { aCaseFor } from './contracts.ts'
import { makeTraffic } from './events.ts'
import { tellOf } from './exchange.ts'
import { startSite, type Site } from './site.ts'
import { aListing, offering, setPeriods, type Published } from './tenders.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import { openCase, recordCaseState } from '#app/domain/guard/keep-case.server.ts'
import type { Visitor } from './visitor.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { say } from '#tests/support/inquiries.ts'

/** One of each that a URL can name, and who owns them; `other` are people of the same roles who own none of it. */
export type World = {
  people: Record<Person, Member>
  ids: { listing: string; approvalItem: string; decision: string; case: string; tender: string; sealed: string; auction: string; draft: string; bid: string; uscc: string; entry: string; project: string; disputed: string; client: string; payload: string; offering: string; register: string; inquiry: string; words: string; upheld: string; delivery: string; inbound: string; webhook: string; proposal: string; listDraft: string }
}

export type Person = 'agency' | 'owner' | 'delegate' | 'authority' | 'regulator' | 'operator' | 'otherAgency' | 'otherOwner' | 'otherAuthority'

export type Caller = { name: Person | 'visitor' | 'caseSystem'; headersFor: (pattern: string) => Promise<Record<string, string>> }

/** The product in production mode with the demo's people, a hundred of whose requests do not disturb one another. */
export const test = base
  .extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
    const site = await startSite({ demo: true })
    onCleanup(site.stop)
    return site
  })
  .extend('world', { scope: 'file' }, ({ site }) => makeWorld(site))

/** A project that one registered and of which an office then names another as the applicant. */
async function disputedProject(as: (actor: Member) => Context, { registrant, office, applicant }: Record<'registrant' | 'office' | 'applicant', Member>): Promise<string> {
  const { project } = await registerProject(as(registrant), { code: make.makeProjectCode(), name: '绿园区仓库', divisionCode: '220106', flowType: 'industrial', moneySource: 'private', investmentFen: null, facts: {} })
  await openCase(as(office), { say, number: '长审〔2026〕9号', projectCode: project.code, approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: 10 })
  return project.code
}

async function makeWorld({ database, config }: Site): Promise<World> {
  // What the tests demand has a fixed day, and the site's clock is the machine's.
  await insertPolicy(database.owner, { divisionCode: make.CHANGCHUN, name: 'demandBackDays', value: 36_500, source: 'test', fromOn: '2026-01-01' })
  const db = database.owner
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  const as = (actor: Member): Context => ({ db: database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) })
  const people: World['people'] = {
    agency: await make.agency(db),
    owner: await make.owner(db),
    delegate: await make.owner(db, { duty: 'delegate' }),
    authority: await make.authority(db),
    regulator: await make.regulator(db),
    operator: await make.operator(db),
    otherAgency: await make.agency(db),
    otherOwner: await make.owner(db),
    otherAuthority: await make.authority(db),
  }
  const { code: project } = await make.project(db, people.owner)
  const listing = await aListing(db)
  const bidder = await offering(db, listing)
  const wish = { projectCode: project, listingCode: listing.code, method: 'random', title: '绿园区厂房岩土勘察', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 } as const
  const { id: draft } = await draftTender(as(people.owner), wish)
  const { id: tenderId } = await draftTender(as(people.owner), wish)
  const { publication } = await publishTender(as(people.owner), { id: tenderId })
  const { id: sealedId } = await draftTender(as(people.owner), { ...wish, method: 'lowest-price' })
  const sealed = await publishTender(as(people.owner), { id: sealedId })
  const { id: auctionId } = await draftTender(as(people.owner), { ...wish, method: 'live-auction' })
  const auction = await publishTender(as(people.owner), { id: auctionId })
  const bid = await submitBid(as(bidder), { number: publication!.number, contribution: '' })
  await askQuestion(as(bidder), { number: publication!.number, question: '踏勘现场由谁组织？' })
  const demand = DemandInput.parse({ caseNumber: null, projectCode: null, authority: people.authority.uscc, approvalItem: 'A01', demanded: { item: listing.code }, demandedOn: dayOf(new Date()) })
  const decided = await decide(as(people.authority), { demand, say: ({ code }) => ({ text: code, source: '' }) })
  const decision = JSON.parse(decided.body) as Decision
  const { id: caseId } = await openCase(as(people.authority), { say, number: '长审〔2026〕1号', projectCode: project, approvalItem: 'A01', flowType: 'industrial', applicantUscc: people.owner.uscc, applicantName: people.owner.organisationName, statutoryDays: 20, promisedDays: 10 })
  await recordCaseState(as(people.authority), { id: caseId, state: 3, note: '请委托第三方机构补充客流影响评价报告。' })
  const disputed = await disputedProject(as, { registrant: people.otherOwner, office: people.authority, applicant: people.owner })
  const { id: client } = await makeApiClient(as(people.operator), { id: randomUUID(), secret: 'a secret of the world', name: '工程审批系统', organisationId: people.authority.organisationId })
  const { number: inquiry, decision: upheld } = await openedFile(as, { office: people.authority, governor: people.regulator })
  const { id: words } = await refusedDemand(as, people.authority)
  const payload = await db('ledger_payloads').select('hash').first<{ hash: Buffer } | undefined>()
  const traffic = await makeTraffic({ database, keyring, officer: people.authority, at: new Date() })
  const tied = { owner: people.owner, listing, number: publication!.number, tender: { id: tenderId, divisionCode: make.CHANGCHUN, projectCode: project } as Published }
  await aCaseFor(db, tied, people.authority)
  await tellOf({ database, keyring, number: publication!.number })
  people.agency = bidder
  // What the factories put beside the town, no event tells.
  const beside = { service: listing.code, agency: bidder.uscc!, tender: publication!.number }
  await transact(database.app, async (trx) => { for (const kind of ['service', 'agency', 'tender'] as const) await refresh(trx, openSearch(trx), kind, [beside[kind]]) })
  const { id: offeringId } = (await db('offerings').where({ agency_id: bidder.organisationId }).first<{ id: string }>('id'))!
  const { importId } = await prepareImport(as(people.operator), { fileName: '名录.xlsx', sha256: '0'.repeat(64), rows: [{ row: 2, fields: { uscc: make.makeUscc(), name: '长春某测绘院', divisionCode: make.CHANGCHUN }, qualifications: [] }, { row: 3, fields: { uscc: 'x', name: '', divisionCode: '' }, qualifications: [] }] })
  // The demo counts this period in seconds, and a test of every form takes longer.
  await setPeriods(db, { listComment: { n: 7, unit: 'd' } })
  const office = await regulators(database)
  const proposal = await proposed(as, office, { wordings: [{ code: 'W0001' }], retire: ['R05'] })
  await examined(as, office, proposal)
  await openComment(as(office.manager), { number: proposal })
  await commentOnProposal(as(people.owner), { number: proposal, words: '建议把时限写得更短一些。', contact: null })
  const { id: listDraft } = await beginProposal(as(office.manager), ABOUT)
  await putWording(as(office.manager), { id: listDraft, form: entry({ code: 'W0002' }) })
  return {
    people,
    ids: {
      listing: listing.code,
      approvalItem: 'A01',
      decision: decision.id,
      case: caseId,
      tender: publication!.number,
      sealed: sealed.publication!.number,
      auction: auction.publication!.number,
      draft,
      bid: bid.id,
      uscc: people.agency.uscc!,
      entry: decision.ledger.entry,
      project,
      disputed,
      client,
      offering: offeringId,
      register: importId,
      inquiry,
      words,
      upheld,
      ...traffic,
      proposal,
      listDraft,
      payload: payload?.hash.toString('hex') ?? '0'.repeat(64),
    },
  }
}

/** A session of somebody's own, as the cookie that a browser would send. */
export async function cookieOf({ database }: Site, { accountId }: Pick<Member, 'accountId'>): Promise<string> {
  const { token } = await transact(database.owner, (trx) => openSession(trx, { accountId, userAgent: 'test', at: new Date() }))
  return `mingdan-session=${token}`
}

/** A visitor with a session of this member's. */
export async function signedIn(site: Site, member: Member): Promise<Visitor> {
  const person = site.visitor()
  const [name, value] = (await cookieOf(site, member)).split('=') as [string, string]
  person.cookies.set(name, value)
  return person
}

/** The visitor, and everybody in the world with a session that lasts. Where a request may end it, each gets one of its own. */
export async function callers(site: Site, { people }: World): Promise<Caller[]> {
  const named = await Promise.all(
    Object.entries(people).map(async ([name, member]): Promise<Caller> => {
      const cookie = await cookieOf(site, member)
      return { name: name as Person, headersFor: async (pattern) => ({ cookie: /^\/(?:sign-out|sign-in|account)/.test(pattern) ? await cookieOf(site, member) : cookie }) }
    }),
  )
  return [{ name: 'visitor', headersFor: async () => ({}) }, ...named]
}

/** The authority's own machine, with everything that a token can allow. */
export async function caseSystem({ database, config }: Site, { people }: World): Promise<Caller> {
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  const [id, secret] = [`machine-${people.authority.accountId}`, 'a secret of a test']
  await makeApiClient({ db: database.app, clock: databaseClock }, { id, secret, name: 'test', organisationId: people.authority.organisationId })
  const grant = await grantToken({ db: database.app, clock: databaseClock, keyring }, { id, secret, scopes: null })
  if ('fault' in grant) throw new Error(grant.fault)
  return { name: 'caseSystem', headersFor: async () => ({ authorization: `Bearer ${grant.accessToken}` }) }
}

/** Names that our forms and queries use: odd values in them reach the rules behind the parsing. */
const FIELDS = [
  'q', 'upTo', 'show', 'kind', 'page', 'year', 'category', 'stage', 'authority', 'nature', 'on', 'after', 'before', 'state', 'service', 'item', 'code', 'from', 'to', 'next', 'as', 'language', 'verdict', 'division', 'project', 'role',
  'signInName', 'password', 'passwordAgain', 'displayName', 'uscc', 'name', 'legalRepresentative', 'phone', 'address', 'divisionCode', 'introduction', 'commitment', 'accountId', 'intent', 'organisationId', 'session',
  'sum', 'show', 'version', 'draftId', 'exemption', 'directReason', 'deliverables', 'contact', '_refill', 'listingCode', 'conditions', 'process', 'promisedDays', 'fee', 'serviceDivisions', 'projectCode', 'method', 'title', 'requirements', 'serviceDays', 'ceiling', 'auctionRounds', 'auctionMinutes', 'auctionStep', 'quote', 'contribution', 'price', 'bid', 'envelope', 'publicKey', 'shares', 'twoKeys',
  'flowType', 'moneySource', 'investment', 'caseNumber', 'caseId', 'lane', 'applicantName', 'applicantUscc', 'statutoryDays', 'materialState', 'source', 'sharedFrom', 'approvalItem', 'demanded', 'text', 'material', 'commissioner', 'namedAgency', 'demandedOn', 'facts', 'note', 'reason', 'number', 'act', 'id', 'question', 'answer', 'words', 'confirmed', 'basis', 'ids', 'outcome', 'favours', 'office', 'urgentReason', 'whole', 'what', 'done', 'file', 'verdict', 'reasons', 'kind', 'grade', 'issuer', 'validUntil', 'qualificationId', 'practitionerId', 'proof', 'licenceKind1', 'licenceNumber1', 'contactName', 'contactPhone', 'agentName', 'offeringId', 'grant_type', 'scope', 'url', 'types', 'source', 'specversion', 'type', 'subject', 'limit', 'webhook', '__proto__', 'constructor',
]

export function knownTo(site: Site, { ids, people }: World) {
  // Who asks for the stream of an auction that is to come waits for it, and a test of odd requests would wait along.
  const { auction: _auction, ...others } = ids
  return { fields: FIELDS, ids: [...Object.values(others), people.authority.uscc!], origin: site.address }
}

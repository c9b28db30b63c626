import { randomUUID } from 'node:crypto'
import { CaseInput } from '#app/domain/cases/case.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import type { Client, Member } from '#app/domain/accounts/actor.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { canonical, sha256, type Json } from '#app/domain/ledger/canonical.ts'
import { transact } from '../client.ts'
import { findCase, insertCaseTender } from '../repositories/cases.ts'
import type { Cast } from './demo-tender.ts'

const DAY = 86_400_000

/** Cases of the year whose documents the town's tenders yielded: `decided` are days from the accepted result to the permit. */
const STORIES = [
  { serial: 11, applicant: 'owner', approvalItem: 'A12', service: 'R36', material: '环境影响报告书', decided: 8, statutoryDays: 30, promisedDays: 10 },
  { serial: 12, applicant: 'owner', approvalItem: 'A10', service: 'R28', material: '水土保持方案报告书', decided: 5, statutoryDays: 12, promisedDays: 5 },
  { serial: 13, applicant: 'owner', approvalItem: 'A19', service: 'R34', material: '地质灾害危险性评估报告', decided: 3, statutoryDays: 5, promisedDays: 1 },
  { serial: 14, applicant: 'owner', approvalItem: 'A05', service: 'R04', material: '固定资产投资项目节能报告', decided: 6, statutoryDays: 15, promisedDays: 10 },
  { serial: 16, applicant: 'person', approvalItem: 'A25', service: 'S0301', material: '地形图', decided: 4, statutoryDays: 20, promisedDays: 7 },
] as const
/** Cases without a service, in days before now: an early stage that was kept in time, and an office over its promise, with a review by experts in between. */
const PLAIN = [
  { serial: 15, applicant: 'owner', approvalItem: 'A24', material: '建设工程设计方案', statutoryDays: 20, promisedDays: 10, states: [[1, 26], [3, 25], [9, 18], [10, 13]] },
  { serial: 17, applicant: 'owner', approvalItem: 'A07', material: '国有建设用地使用权出让合同', statutoryDays: 20, promisedDays: 15, states: [[1, 68], [3, 67], [11, 42]] },
] as const

type Machine = Context & { actor: Client }

/** The cases that the town's services went into, as the authority's case system would have written them. Those that are there stay as they are. */
export async function bringCaseStories(machine: Machine, cast: Cast, { at, numberOf }: { at: Date; numberOf: (serial: number) => string }): Promise<void> {
  for (const { serial, applicant, service, material, decided, ...days } of STORIES) {
    const member = cast.get(applicant)!
    const bought = await firstBought(machine.db, member, service)
    if (!bought || (await findCase(machine.db, { authorityId: machine.actor.organisationId, number: numberOf(serial) }))) continue
    const received = new Date(bought.published_at.getTime() - 6 * DAY)
    const since = (from: Date, n: number) => new Date(Math.min(from.getTime() + n * DAY, at.getTime()))
    // What is not there yet is supplemented: the office waits for it.
    const { accepted_at: accepted } = bought
    const states = accepted ? [{ state: 1, at: received }, { state: 6, at: since(received, 1) }, { state: 7, at: accepted }, { state: 3, at: since(accepted, 1) }, { state: 11, at: since(accepted, 1 + decided) }] : [{ state: 1, at: received }, { state: 6, at: since(received, 1) }]
    const id = await write(machine, member, { ...days, number: numberOf(serial), received, states, materials: [{ code: 'M1', name: material, source: 'service', service, state: accepted ? 'accepted' : 'lacking' }, { code: 'M2', name: '申请表', state: 'accepted' }] })
    if (id) await transact(machine.db, (trx) => insertCaseTender(trx, { tenderId: bought.id, caseId: id, material: 'M1', at: new Date(bought.published_at.getTime() - 2 * DAY) }))
  }
  const before = (n: number) => new Date(at.getTime() - n * DAY)
  for (const { serial, applicant, material, states, ...days } of PLAIN) {
    if (await findCase(machine.db, { authorityId: machine.actor.organisationId, number: numberOf(serial) })) continue
    await write(machine, cast.get(applicant)!, { ...days, number: numberOf(serial), received: before(states[0][1]), states: states.map(([state, n]) => ({ state, at: before(n) })), materials: [{ code: 'M1', name: material, state: 'accepted' }] })
  }
}

type Story = { number: string; approvalItem: string; received: Date; statutoryDays: number; promisedDays: number; states: { state: number; at: Date }[]; materials: object[] }

async function write(machine: Machine, member: Member, { number, received, states, ...story }: Story): Promise<string | undefined> {
  const project = await projectOf(machine, member)
  if (!project) return undefined
  const input = CaseInput.parse({ ...story, projectCode: project.code, flowType: project.flow_type, applicant: { uscc: member.uscc, name: member.organisationName }, receivedAt: received.toISOString(), states: states.map(({ state, at }) => ({ state, at: at.toISOString() })) })
  await putCase(machine, { number, input, say: sayingIn('zh'), idempotency: once(input) })
  return (await findCase(machine.db, { authorityId: machine.actor.organisationId, number }))?.id
}

/** The first tender of a service that somebody's own project published and that no case has, with the day on which its result was accepted. */
async function firstBought(db: Database, { organisationId }: Member, service: string) {
  return db('tenders')
    .join('listings', 'listings.id', 'tenders.listing_id')
    .leftJoin('contracts', (join) => join.on('contracts.tender_id', 'tenders.id').onNull('contracts.refused_at'))
    .leftJoin('deliverables', (join) => join.on('deliverables.contract_id', 'contracts.id').onNotNull('deliverables.accepted_at'))
    .where({ 'tenders.owner_id': organisationId, 'listings.code': service })
    .whereNotNull('tenders.published_at')
    .whereNotExists(db('case_tenders').whereRaw('case_tenders.tender_id = tenders.id'))
    .orderBy('tenders.published_at')
    .first<{ id: string; published_at: Date; accepted_at: Date | null } | undefined>('tenders.id', 'tenders.published_at', 'deliverables.accepted_at')
}

export function once(input: unknown): { key: string; requestHash: string } {
  return { key: randomUUID(), requestHash: sha256(canonical(JSON.parse(JSON.stringify(input)) as Json)).toString('hex') }
}

/** A building of theirs within the office's district, the first that they registered. */
export async function projectOf({ db }: Pick<Context, 'db'>, { organisationId }: Member) {
  return db('projects').where({ owner_id: organisationId }).orderBy('registered_at').first<{ code: string; name: string; division_code: string; flow_type: string; money_source: string } | undefined>('code', 'name', 'division_code', 'flow_type', 'money_source')
}

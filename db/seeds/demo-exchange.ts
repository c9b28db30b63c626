import { randomBytes } from 'node:crypto'
import { API_SCOPES } from '#app/domain/accounts/api-client.ts'
import { makeApiClient } from '#app/domain/accounts/make-api-client.server.ts'
import type { Client } from '#app/domain/accounts/actor.ts'
import { CaseInput, ProjectInput } from '#app/domain/cases/case.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import { putProject } from '#app/domain/cases/put-project.server.ts'
import type { Context } from '#app/domain/context.ts'
import { tellServices } from '#app/domain/exchange/keep-exchange.server.ts'
import { nameNationalCode } from '#app/domain/exchange/name-national-code.server.ts'
import { findNationalCode } from '#db/repositories/national-codes.ts'
import { connect, transact } from '../client.ts'
import { findCase, insertCaseTender } from '../repositories/cases.ts'
import { once } from './demo-case-stories.ts'
import type { Cast } from './demo-tender.ts'

const DAY = 86_400_000

/** For which approval an owner of the town needs what they bought. */
const NEEDED_FOR: Record<string, string> = { R04: 'A05', R28: 'A10', R36: 'A12', R29: 'A16', R34: 'A19', S0402: 'A25', S0301: 'A25', R26: 'A02', S1201: 'A58' }

/** Of these, what an office may ask for: what was bought of the others is in a case once it is finished, brought by whoever wanted it. */
const DEMANDABLE = ['R04', 'S0402', 'S0301']

/**
 * What the national side makes of each, the newest purchase first: `good` rows it takes or has not looked at, and others it would refuse
 * or has refused. A fault is what somebody here left out.
 */
const TOLD = {
  authority: { prefix: 'LYX', outcomes: ['good', 'accepted', 'no-assessment', 'good', 'not-stated', 'no-item-code', 'accepted', 'no-service-code'] },
  park: { prefix: 'GX', outcomes: ['accepted', 'refused', 'good'] },
} as const
type Outcome = (typeof TOLD)[keyof typeof TOLD]['outcomes'][number]
type Bought = { id: string; number: string; code: string; published_at: Date; finished_at: Date | null; project: string; name: string; flow_type: string; money_source: string; owner: string; uscc: string | null }

/**
 * Cases of two offices for which the town's owners bought services, and what the national exchange has of them: told once, and
 * corrected when the regulator named the services' national codes. Codes are samples. A demo that has them keeps them.
 *
 * @param ownerUrl of the one who may answer in the exchange's place; the web may not
 */
export async function bringExchange(context: Context, cast: Cast, { clientId, ownerUrl }: { clientId: string; ownerUrl: string }): Promise<void> {
  const { db, clock } = context
  if (await db('exchange_rows').first('lsh')) return
  const told: (Bought & { outcome: Outcome })[] = []
  for (const [office, { prefix, outcomes }] of Object.entries(TOLD)) {
    const { organisationId, organisationName, uscc, divisionCode } = cast.get(office)!
    const bought = await listBought(context, divisionCode, outcomes.length)
    if (bought.length === 0) continue
    const machine = { ...context, actor: { kind: 'client', clientId: office === 'authority' ? clientId : await machineOf(context, `demo-${office}-system`, { organisationId, organisationName }), organisationId, uscc: uscc!, divisionCode, scopes: [...API_SCOPES] } satisfies Client }
    for (const [place, one] of bought.entries()) {
      await openFor(machine, one, { place, number: `${prefix}-${one.published_at.getUTCFullYear()}-${String(place + 1).padStart(4, '0')}`, outcome: outcomes[place]! })
      told.push({ ...one, outcome: outcomes[place]! })
    }
  }
  if (told.length === 0) return
  const tell = () => transact(db, async (trx) => tellServices(trx, { tenders: told.map(({ number }) => number), projects: [], agencies: [], services: [], items: [] }, await clock.read(trx)))
  await tell()
  const unnamed = told.find(({ outcome }) => outcome === 'no-service-code')?.code
  const regulator = { ...context, actor: cast.get('regulator')! }
  for (const key of new Set(told.map(({ code }) => code))) {
    const divisionCode = regulator.actor.divisionCode
    if (key !== unnamed && !(await findNationalCode(db, { divisionCode, kind: 'service', key }))) await nameNationalCode(regulator, { kind: 'service', key, code: `SAMPLE-${key}` })
  }
  await tell()
  await answer(ownerUrl, told.filter(({ code }) => code !== unnamed), await clock.read(db))
}

const FINISHED = 'select max(result.accepted_at) from contracts standing join deliverables result on result.contract_id = standing.id where standing.tender_id = tenders.id and standing.refused_at is null'

/** What owners in a division bought and was awarded of services that an approval needs: of each project the last, the newest first. */
async function listBought({ db }: Context, divisionCode: string, most: number): Promise<Bought[]> {
  const last = db('tenders')
    .distinctOn('projects.code')
    .join('standing_awards as awards', 'awards.tender_id', 'tenders.id')
    .join('projects', 'projects.code', 'tenders.project_code')
    .join('organisations as owner', 'owner.id', 'tenders.owner_id')
    .join('listings', 'listings.id', 'tenders.listing_id')
    .where('projects.division_code', divisionCode)
    .whereIn('listings.code', Object.keys(NEEDED_FOR))
    .whereRaw(`(listings.code = any (?) or (${FINISHED}) is not null)`, [DEMANDABLE])
    .whereNotExists(db('case_tenders').whereRaw('case_tenders.tender_id = tenders.id'))
    .orderBy(['projects.code', { column: 'tenders.published_at', order: 'desc' }, 'tenders.id'])
    .select('tenders.id', 'tenders.number', 'listings.code', 'tenders.published_at', { project: 'projects.code', name: 'projects.name' }, 'projects.flow_type', 'projects.money_source', { owner: 'owner.name', uscc: 'owner.uscc' }, db.raw(`(${FINISHED}) as finished_at`))
    .as('bought')
  return db.from(last).orderBy([{ column: 'published_at', order: 'desc' }, { column: 'id' }]).limit(most).select('*')
}

async function openFor(machine: Context & { actor: Client }, one: Bought, { place, number, outcome }: { place: number; number: string; outcome: Outcome }): Promise<void> {
  const party = { uscc: one.uscc, name: one.owner }
  const states = historyOf(one, { place, now: await machine.clock.read(machine.db) })
  if (outcome !== 'not-stated') {
    const stated = ProjectInput.parse({ name: one.name, divisionCode: machine.actor.divisionCode, owner: party, flowType: one.flow_type, moneySource: one.money_source, facts: outcome === 'no-assessment' ? {} : { 'site.regionalAssessments': [] } })
    await putProject(machine, { code: one.project, input: stated, idempotency: once(stated) })
  }
  const input = CaseInput.parse({
    projectCode: one.project,
    approvalItem: NEEDED_FOR[one.code],
    nationalCode: outcome === 'no-item-code' ? null : `SAMPLE-${NEEDED_FOR[one.code]}`,
    flowType: one.flow_type,
    applicant: party,
    receivedAt: states[0]!.at,
    states,
    materials: [{ code: 'M1', name: '申请书', state: 'accepted' }, { code: 'M2', name: '中介服务成果', source: 'service', service: one.code, state: states.some(({ state }) => state === 3) ? 'accepted' : one.finished_at ? 'submitted' : 'lacking' }],
  })
  await putCase(machine, { number, input, say: sayingIn('zh'), idempotency: once(input) })
  const { id: caseId } = (await findCase(machine.db, { authorityId: machine.actor.organisationId, number }))!
  await transact(machine.db, (trx) => insertCaseTender(trx, { tenderId: one.id, caseId, material: 'M2', at: new Date(one.published_at.getTime() - DAY) }))
}

/** An office sends back what is not complete, accepts when the result has come, and decides: mostly in time, every fourth late. */
function historyOf({ published_at, finished_at }: Bought, { place, now }: { place: number; now: Date }): { state: number; at: string }[] {
  const after = (from: Date, days: number) => new Date(from.getTime() + days * DAY)
  const lacking = [{ state: 1, at: after(published_at, -6) }, { state: 6, at: after(published_at, -5) }]
  const decided = place % 4 === 3 ? 24 : 4 + (place % 3)
  const complete = finished_at ? [{ state: 7, at: after(finished_at, 1) }, { state: 3, at: after(finished_at, 1) }, { state: 11, at: after(finished_at, 1 + decided) }] : []
  return [...lacking, ...complete].filter(({ at }) => at <= now).map(({ state, at }) => ({ state, at: at.toISOString() }))
}

/** Nobody of the demo speaks for this office by machine, so its secret is kept by nobody. */
async function machineOf(context: Context, id: string, { organisationId, organisationName }: { organisationId: string; organisationName: string }): Promise<string> {
  await makeApiClient(context, { id, secret: randomBytes(24).toString('base64url'), name: `${organisationName}的审批系统`, organisationId })
  return id
}

/** What the exchange's machine would have answered by its own role. */
async function answer(ownerUrl: string, told: readonly (Bought & { outcome: Outcome })[], at: Date): Promise<void> {
  const owner = connect(ownerUrl, 'owner', { most: 1 })
  try {
    for (const { number, outcome } of told.filter(({ outcome }) => outcome === 'accepted' || outcome === 'refused')) {
      const rows = await owner('exchange_standing').where({ instance: number, sjyxbs: 1 }).orderBy('lsh').select<{ lsh: number; form: string }[]>('lsh', 'form')
      for (const { lsh, form } of rows) {
        const isRefused = outcome === 'refused' && form === 'service'
        await owner.raw(`select spgl_answer(?, 1, ?, ?, cast(cast(? as timestamptz) at time zone 'Asia/Shanghai' as timestamp))`, [lsh, isRefused ? 3 : 2, isRefused ? '项目基本信息（spgl_xmjbxxb）未校验通过，请先重新上传项目。' : null, at])
      }
    }
  } finally {
    await owner.destroy()
  }
}

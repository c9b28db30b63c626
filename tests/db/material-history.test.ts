import { expect } from 'vitest'
import { keepMaterial } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { showCase, showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { acceptResult } from '#app/domain/contracts/answer-result.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { aCase, caseMachineOf, once } from '#tests/support/cases.ts'
import { boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority, unique } from '#tests/support/factories.ts'
import { contextsOf } from '#tests/support/tenders.ts'
import { say } from '#tests/support/inquiries.ts'

test('every document of a case says when it came into which state, from the office’s writing and from its purchase', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { owner: applicant, tender, number: bought, winner } = stage
  const office = await authority(database.owner)
  const machine = await caseMachineOf(database.owner, context, office)
  const number = unique('AJ-')
  const service = { code: 'M1', name: '成果', source: 'service', service: stage.listing.code }
  const own = (state: string, reason = '') => ({ code: 'M2', name: '申请表', state, reason })
  const write = (materials: object[]) => putCase(machine, { number, input: aCase(applicant, { projectCode: tender.projectCode, materials }), say, idempotency: once(materials) })
  const times: Date[] = []
  const later = async (act: () => Promise<unknown>) => {
    clock.advance(60_000)
    times.push(clock.now)
    await act()
  }
  await later(() => write([service, own('lacking')]))
  const { case: { id } } = await showOwnCase(machine, number)
  await later(() => write([service, own('turned-away', '没有盖章')]))
  // What changes nothing of a document is no step of it.
  await later(() => write([service, own('turned-away', '没有盖章'), { code: 'M3', name: '附件' }]))
  await later(() => keepMaterial(context(office), { say, id, material: { code: 'M2', name: '申请表', source: 'applicant', listingCode: null, sharedFrom: null, state: 'accepted', reason: '' } }))
  await database.owner('case_tenders').insert({ tender_id: tender.id, case_id: id, material_code: 'M1', opened_at: clock.now })
  await contracted(make, clock, stage)
  const { id: result } = await deliverResult(make(winner), { number: bought, name: '论证成果', document: null, handover: '收据 2026-17，李某某签收，当日。' })
  await later(() => acceptResult(make(applicant), { number: bought, id: result }))

  const steps = async () => (await showCase({ ...context(applicant), actor: applicant }, id)).steps
  const { published_at: publishedAt } = await database.owner('tenders').where({ id: tender.id }).first('published_at')
  expect(await steps()).toEqual({
    M1: [{ step: 'bought', at: publishedAt, reason: '' }, { step: 'lacking', at: times[0], reason: '' }, { step: 'landed', at: times[4], reason: '' }],
    M2: [{ step: 'lacking', at: times[0], reason: '' }, { step: 'turned-away', at: times[1], reason: '没有盖章' }, { step: 'accepted', at: times[3], reason: '' }],
    M3: [{ step: 'lacking', at: times[2], reason: '' }],
  })
})

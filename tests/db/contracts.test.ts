import { expect } from 'vitest'
import { VISITOR } from '#app/domain/accounts/actor.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { confirmContract, refuseContract } from '#app/domain/contracts/answer-contract.server.ts'
import { acceptResult, acceptSilently, returnResult } from '#app/domain/contracts/answer-result.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { fileContract } from '#app/domain/contracts/file-contract.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { showContractFile, showResultFile } from '#app/domain/contracts/show-file.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { listUnansweredResults } from '#db/repositories/deliverables.ts'
import { listReferencedFiles } from '#db/repositories/clean-up.ts'
import { findCaseDeliverable } from '#db/views/case-deliverables.ts'
import { readGuardFacts } from '#db/views/guard-facts.ts'
import { listResultsOnFile } from '#db/views/results-on-file.ts'
import { aCaseFor, aFile, boundTender, contracted } from '#tests/support/contracts.ts'
import { test, type TestDatabase } from '#tests/support/database.ts'
import { authority, CHANGCHUN, owner, regulator } from '#tests/support/factories.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const DAY = 24 * 3_600_000
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
const told = async (database: TestDatabase, subject: string) => (await database.owner('ledger_entries').where({ subject }).orderBy('ordinal').select('kind', 'body')).map(({ kind, body }: { kind: string; body: string }) => ({ kind, facts: JSON.parse(body).facts })).filter(({ kind }: { kind: string }) => /^(contract|deliverable)\./.test(kind))
const events = (database: TestDatabase, tender: string, type: string) => database.owner('outbox').where({ type }).whereRaw(`data ->> 'tender' = ?`, [tender]).orderBy('at')

test('a contract is filed by one side and confirmed by the other, once, within what the award says', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, winner, loser } = stage
  const good = { number, amountFen: 50_000_00, serviceDays: 10, signedOn: dayOf(clock.now), document: aFile() }
  expect(await codeOf(fileContract(make(loser), good))).toBe('contracts.not-a-party')
  expect(await codeOf(fileContract(make(await owner(database.owner)), good))).toBe('contracts.not-a-party')
  expect(await codeOf(fileContract({ ...make(winner), actor: VISITOR }, good))).toBe('accounts.sign-in-first')
  expect(await codeOf(fileContract(make({ ...stage.owner, role: 'agency' }), good))).toBe('contracts.not-a-party')
  expect(await codeOf(fileContract(make(winner), { ...good, amountFen: 50_000_01 }))).toBe('contracts.amount-over')
  expect(await codeOf(fileContract(make(winner), { ...good, amountFen: 0 }))).toBe('contracts.amount-zero')
  expect(await codeOf(fileContract(make(winner), { ...good, serviceDays: 11 }))).toBe('contracts.days-over')
  expect(await codeOf(fileContract(make(winner), { ...good, signedOn: addDays(dayOf(clock.now), 1) }))).toBe('contracts.signed-ahead')
  expect(await codeOf(fileContract(make(winner), { ...good, signedOn: '2026-01-01' }))).toBe('contracts.signed-before')

  // Both sides file at once: one of them does.
  const both = await Promise.all([winner, stage.owner].map((one) => codeOf(fileContract(make(one), { ...good, document: aFile(one.organisationName) }))))
  expect(both.sort()).toEqual(['contracts.filed-already', null].sort())
  const { award } = await showAfterAward(make(stage.owner), { number })
  const [filed] = award!.contracts
  const [filer, other] = filed!.filedBy === 'owner' ? [stage.owner, winner] : [winner, stage.owner]
  expect((await fileContract(make(filer), { ...good, document: filed!.document! })).id).toBe(filed!.id)
  expect(await codeOf(confirmContract(make(filer), { number, id: filed!.id }))).toBe('contracts.own-filing')
  expect(await codeOf(deliverResult(make(winner), { number, name: '报告书', document: aFile(), handover: null }))).toBe('contracts.not-confirmed')

  // It is not what they signed: refused with a reason, then another is filed and confirmed.
  const answers = await Promise.all([codeOf(refuseContract(make(other), { number, id: filed!.id, reason: '缺少盖章页，请重新备案。' })), codeOf(refuseContract(make(other), { number, id: filed!.id, reason: '缺少盖章页，请重新备案！' }))])
  expect(answers.sort()).toEqual(['contracts.no-such-contract', null].sort())
  expect(await codeOf(confirmContract(make(other), { number, id: filed!.id }))).toBe('contracts.no-such-contract')
  clock.advance(DAY)
  const { id } = await fileContract(make(filer), { ...good, document: aFile('盖章的合同') })
  await Promise.all([confirmContract(make(other), { number, id }), confirmContract(make(other), { number, id })])
  expect(await codeOf(refuseContract(make(other), { number, id, reason: '现在才说不对。' }))).toBe('contracts.confirmed-already')
  expect((await told(database, number)).map(({ kind }) => kind)).toEqual(['contract.filed', 'contract.refused', 'contract.filed', 'contract.confirmed'])
  expect(JSON.stringify(await told(database, number))).not.toMatch(/5000000|盖章页/)
  expect(await events(database, number, 'marketplace.contract.confirmed.v1')).toHaveLength(1)

  const seen = JSON.stringify(await showAfterAward({ ...make(winner), actor: VISITOR }, { number }))
  expect(seen).not.toMatch(/"amountFen":\d|盖章|sha256/)
  expect((await showContractFile(make(winner), { id })).name).toBe('盖章的合同.pdf')
  for (const actor of [VISITOR, loser, await regulator(database.owner, { divisionCode: '210100' })]) expect(await codeOf(showContractFile({ ...make(winner), actor }, { id }))).toBe('contracts.no-such-file')
  expect((await showContractFile(make(await regulator(database.owner)), { id })).bytes).toBe(4096)
  expect(await listReferencedFiles(database.app, [aFile('盖章的合同').sha256, aFile('没有人用').sha256])).toEqual(new Set([aFile('盖章的合同').sha256]))
})

test('what is signed or confirmed late is taken, and said to be late', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const { number, owner: buyer, winner } = await boundTender(database, make, clock)
  clock.advance(40 * DAY)
  const { id } = await fileContract(make(buyer), { number, amountFen: 1_00, serviceDays: 1, signedOn: dayOf(clock.now), document: aFile() })
  clock.advance(10 * DAY)
  await confirmContract(make(winner), { number, id })
  const [filed, confirmed] = await told(database, number)
  expect(filed!.facts).toMatchObject({ by: 'owner', signedLate: true })
  expect(filed!.facts).not.toHaveProperty('filedLate')
  expect(confirmed!.facts).toMatchObject({ by: 'agency', late: true })
})

test('a result is returned once with all reasons, mended and accepted; it is on file and in its case', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, winner, owner: buyer } = stage
  await database.owner('listings').where({ id: stage.listing.id }).update({ rules: database.owner.raw(`rules || '{"validYears": 5}'`) })
  const office = await authority(database.owner)
  const { number: caseNumber } = await aCaseFor(database.owner, stage, office)
  await contracted(make, clock, stage)
  clock.advance(3 * DAY)
  const given = { number, name: '环境影响报告书', document: aFile('报告'), handover: null }
  expect(await codeOf(deliverResult(make(buyer), given))).toBe('accounts.not-allowed')
  const [first, again] = await Promise.all([deliverResult(make(winner), given), deliverResult(make(winner), given)])
  expect([first!.round, again!.id]).toEqual([1, first!.id])
  expect(await codeOf(deliverResult(make(winner), { ...given, name: '另一份' }))).toBe('contracts.waits-already')
  expect(await codeOf(acceptResult(make(winner), { number, id: first!.id }))).toBe('accounts.not-allowed')
  clock.advance(DAY)
  const reasons = '一、缺少噪声监测；二、图纸未签章。'
  const [one, two] = await Promise.all([codeOf(returnResult(make(buyer), { number, id: first!.id, reasons, unmet: '' })), codeOf(returnResult(make(buyer), { number, id: first!.id, reasons, unmet: '' }))])
  expect([one, two].sort()).toEqual(['contracts.answered-already', null].sort())
  clock.advance(2 * DAY)
  const second = await deliverResult(make(winner), { ...given, document: aFile('报告二') })
  expect(second.round).toBe(2)
  expect(await codeOf(returnResult(make(buyer), { number, id: second.id, reasons: '三、再补一份纸质文件。', unmet: '' }))).toBe('contracts.unmet-needed')
  await returnResult(make(buyer), { number, id: second.id, reasons: '图纸仍未签章。', unmet: '第二条没有改。' })
  const landedAs = (id: string) => findCaseDeliverable(database.app, { id, authorityId: office.organisationId, on: dayOf(clock.now) })
  const third = await deliverResult(make(winner), { ...given, document: aFile('报告三') })
  expect(await landedAs(third.id)).toBeUndefined()
  await acceptResult(make(buyer), { number, id: third.id })
  await acceptResult(make(buyer), { number, id: third.id })
  expect(await codeOf(returnResult(make(buyer), { number, id: third.id, reasons: '改主意了，还是不要。', unmet: '不要了不要了。' }))).toBe('contracts.answered-already')

  const landed = await landedAs(third.id)
  expect(landed).toMatchObject({ id: third.id, tender: number, materialCode: 'M1', round: 3, deemed: false, file: { name: '报告三.pdf' } })
  expect(landed!.validUntil).toMatch(/^2031-/)
  const [event] = await events(database, number, 'marketplace.deliverable.accepted.v1')
  expect(event).toMatchObject({ subject: caseNumber, data: { tender: number, case: caseNumber, material: 'M1', deliverable: third.id, deemed: false } })
  expect((await told(database, number)).map(({ kind }) => kind).filter((kind) => kind.startsWith('deliverable'))).toEqual(['deliverable.delivered', 'deliverable.returned', 'deliverable.delivered', 'deliverable.returned', 'deliverable.delivered', 'deliverable.accepted'])
  expect(JSON.stringify(await told(database, number))).not.toMatch(/噪声|环境影响/)
  expect((await showResultFile(make(office), { id: third.id })).name).toBe('报告三.pdf')
  expect(await codeOf(showResultFile(make(office), { id: first!.id }))).toBe('contracts.no-such-file')

  const on = dayOf(clock.now)
  const service = { code: stage.listing.code, name: `服务${stage.listing.code}`, material: null, duplicateOf: null, mergedInto: null }
  expect(await listResultsOnFile(database.app, { projectCodes: [stage.tender.projectCode], divisionCodes: [CHANGCHUN], on })).toMatchObject([{ id: third.id, number, service }])
  const read = (day: string) => readGuardFacts(database.app, { divisionCode: CHANGCHUN, on: day, code: stage.listing.code, material: null, approvalItem: 'A01', projectCode: stage.tender.projectCode, caseNumber: null, agency: null, authorityId: null, idempotency: null })
  expect((await read(on)).deliverables).toEqual([{ service, validUntil: landed!.validUntil }])
  expect((await read(addDays(on, -1))).deliverables).toEqual([])
  expect((await read(landed!.validUntil!)).deliverables).toEqual([])
})

test('silence accepts when the time to answer is over, once, and as of that instant', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { number, winner, owner: buyer } = stage
  await contracted(make, clock, stage)
  const { id } = await deliverResult(make(winner), { number, name: '测绘成果', document: null, handover: '收据 2026-17，李某某签收，当日。' })
  const { answerBy } = (await showAfterAward(make(buyer), { number })).award!.deliverables[0]!
  clock.set(new Date(answerBy.getTime() - 1))
  expect(await acceptSilently(make(buyer), { tenderId: stage.tender.id })).toBe(false)
  expect(await listUnansweredResults(database.app, clock.now, 5)).toEqual([])
  clock.advance(1)
  expect(await listUnansweredResults(database.app, clock.now, 5)).toEqual([{ tenderId: stage.tender.id, number }])
  expect(await codeOf(returnResult(make(buyer), { number, id, reasons: '晚了一毫秒的退回。', unmet: '' }))).toBe('contracts.answer-late')
  expect((await showAfterAward(make(buyer), { number })).award!.state).toBe('accepted')
  clock.advance(DAY)
  expect(await Promise.all([1, 2, 3].map(() => acceptSilently(make(buyer), { tenderId: stage.tender.id })))).toContain(true)
  const { award } = await showAfterAward(make(buyer), { number })
  expect(award!.deliverables[0]).toMatchObject({ acceptedAt: answerBy, deemed: true, validUntil: null, secret: true })
  expect(award!.clock).toMatchObject({ running: null })
  expect(await events(database, number, 'marketplace.deliverable.accepted.v1')).toHaveLength(1)
  expect(await codeOf(showResultFile(make(buyer), { id }))).toBe('contracts.no-such-file')
  expect(JSON.stringify(await showAfterAward({ ...make(buyer), actor: VISITOR }, { number }))).not.toMatch(/测绘成果|签收/)
})

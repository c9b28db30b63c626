import { expect } from 'vitest'
import { CaseInput } from '#app/domain/cases/case.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { publishApprovalItems } from '#app/domain/catalogue/show-approval-items.server.ts'
import { nameNationalCode } from '#app/domain/exchange/name-national-code.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { decideWords } from '#app/domain/guard/decide-words.server.ts'
import { faultsOfDemand } from '#app/domain/guard/faults-of-demand.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { once } from '#db/seeds/demo-case-stories.ts'
import { findMeantItem } from '#db/repositories/approval-items.ts'
import { testApart as test } from '#tests/support/database.ts'
import { machineOf } from '#tests/support/events.ts'
import * as make from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'

const BASE = '000115011000'
const OTHER = '000115012000'

test('a case and a demand take our code, the name, the base code that holds in the place and an implementation code that ends with it', async ({ database, context }) => {
  const db = database.owner
  const { client, officer } = await machineOf(database, context(), { divisionCode: '220106' })
  const regulator = await make.regulator(db, { divisionCode: '220100' })
  const name = (key: string, code: string) => nameNationalCode(context(regulator), { kind: 'item', key, code })
  await name('A12', BASE)
  const machine = { ...context(), actor: client }
  const { code: projectCode } = await make.project(db, await make.owner(db))
  const implementation = `${officer.uscc}4${BASE}`
  let count = 0
  const put = async (approvalItem: string, more: object = {}) => {
    count += 1
    const input = CaseInput.parse({ projectCode, approvalItem, flowType: 'industrial', applicant: { name: '某公司' }, receivedAt: '2026-11-16T09:00:00+08:00', ...more })
    return JSON.parse((await putCase(machine, { number: `AI-${count}`, input, say, idempotency: once({ input, count }) })).body) as Record<string, string | null>
  }
  const ask = async (approvalItem: string, caseNumber: string | null = null) => {
    count += 1
    const demand = DemandInput.parse({ caseNumber, authority: officer.uscc, approvalItem, demanded: { item: 'S0601' }, demandedOn: '2026-11-20' })
    const { demand: said, ...answer } = JSON.parse((await decide(machine, { demand, say: ({ code }) => ({ text: code, source: '' }), idempotency: { key: String(count), requestHash: '00' } })).body) as { demand: { approvalItem: string }; verdict: string; reasons: { code: string }[] }
    return { said: said.approvalItem, verdict: answer.verdict, reasons: answer.reasons.map(({ code }) => code) }
  }
  expect(await put(BASE)).toMatchObject({ approvalItem: 'A12', nationalCode: BASE, implementationCode: null })
  expect(await put(implementation)).toMatchObject({ approvalItem: 'A12', nationalCode: BASE, implementationCode: implementation })
  expect(await put('A12', { nationalCode: OTHER })).toMatchObject({ approvalItem: 'A12', nationalCode: OTHER, implementationCode: null })
  const ours = await ask('A12')
  for (const code of [BASE, implementation]) expect(await ask(code)).toEqual({ ...ours, said: code })
  expect((await ask(implementation, 'AI-1')).said).toBe(implementation)
  await expect(ask(OTHER)).rejects.toMatchObject({ kind: 'invalid', code: 'cases.no-such-item', field: 'approvalItem' })
  for (const code of [OTHER, `${officer.uscc}4${OTHER}`]) await expect(put(code)).rejects.toMatchObject({ kind: 'invalid', code: 'cases.no-such-item', field: 'approvalItem' })
  const { name: whole } = (await db('approval_items').where({ code: 'A12' }).first<{ name: string }>('name'))!
  await expect(put(whole.slice(0, -1))).rejects.toMatchObject({ code: 'cases.item-near', params: { near: expect.stringContaining(`${whole} (A12)`) } })
  // A case of another item keeps its own, however the demand names another.
  await put('A01')
  await expect(ask(BASE, `AI-${count}`)).rejects.toMatchObject({ code: 'guard.case-of-other-item' })
})

test('a base code counts where it holds: not in another division, not when it was taken back or named anew nearer, not where two items have it', async ({ database, context }) => {
  const db = database.owner
  const [city, county] = [await make.regulator(db, { divisionCode: '220100' }), await make.regulator(db, { divisionCode: '220106' })]
  const name = (who: typeof city, key: string, code: string) => nameNationalCode(context(who), { kind: 'item', key, code })
  const codeIn = async (division: string, item = 'A12') => (await publishApprovalItems(context(), { division })).items.find((one) => one.item === item)!.nationalCode
  const meant = async (divisionCode: string, said = BASE) => (await findMeantItem(database.app, said, divisionCode))?.code ?? null
  await name(city, 'A12', BASE)
  expect([await codeIn('220106'), await codeIn('220200'), await meant('220106'), await meant('220200')]).toEqual([BASE, null, 'A12', null])
  await name(county, 'A12', OTHER)
  expect([await codeIn('220106'), await meant('220106'), await meant('220106', OTHER), await meant('220100')]).toEqual([OTHER, null, 'A12', 'A12'])
  await name(city, 'A13', BASE)
  expect([await meant('220100'), await meant('220106')]).toEqual([null, 'A13'])
  await name(city, 'A13', '')
  expect([await meant('220100'), await meant('220106')]).toEqual(['A12', null])
  await expect(publishApprovalItems(context(), { division: '999999' })).rejects.toMatchObject({ kind: 'missing' })
})

test('a code that two items have is answered with both, to a case, to a demand, and to one with more faults', async ({ database, context }) => {
  const db = database.owner
  const { client, officer } = await machineOf(database, context(), { divisionCode: '220106' })
  const regulator = await make.regulator(db, { divisionCode: '220100' })
  for (const key of ['A12', 'A13']) await nameNationalCode(context(regulator), { kind: 'item', key, code: BASE })
  const names = (await db('approval_items').whereIn('code', ['A12', 'A13']).orderBy('code')).map(({ code, name }: { code: string; name: string }) => `${name} (${code})`).join(', ')
  const machine = { ...context(), actor: client }
  const ambiguous = { kind: 'invalid', code: 'cases.item-ambiguous', field: 'approvalItem', params: { items: names } }
  const input = CaseInput.parse({ projectCode: (await make.project(db, await make.owner(db))).code, approvalItem: `${officer.uscc}4${BASE}`, flowType: 'industrial', applicant: { name: '某公司' }, receivedAt: '2026-11-16T09:00:00+08:00' })
  await expect(putCase(machine, { number: 'AI-TWO', input, say, idempotency: once(input) })).rejects.toMatchObject(ambiguous)
  const demand = DemandInput.parse({ authority: officer.uscc, approvalItem: BASE, demanded: { item: 'S0601' }, demandedOn: '2026-11-20' })
  await expect(decide(machine, { demand, say, idempotency: { key: 'two', requestHash: '00' } })).rejects.toMatchObject(ambiguous)
  expect(await faultsOfDemand(machine, { approvalItem: BASE })).toMatchObject([ambiguous])
})

test('words that were asked for by a national code are decided for the item that was meant, though the code was taken back since', async ({ database, context }) => {
  const db = database.owner
  const { client, officer } = await machineOf(database, context(), { divisionCode: '220106' })
  const regulator = await make.regulator(db, { divisionCode: '220100' })
  const name = (key: string, code: string) => nameNationalCode(context(regulator), { kind: 'item', key, code })
  await name('A12', BASE)
  const demand = DemandInput.parse({ authority: officer.uscc, approvalItem: BASE, demanded: { text: '请交一份没有人听说过的星际说明' }, demandedOn: '2026-11-20' })
  const { id } = await decide({ ...context(), actor: client }, { demand, say, idempotency: { key: 'words', requestHash: '00' } })
  await name('A12', '')
  const { name: whole } = (await db('approval_items').where({ code: 'A12' }).first<{ name: string }>('name'))!
  const read = await decideWords(context(regulator), { decision: id!, listing: null, say })
  expect(await db('guard_decisions').where({ id: read.id }).first('approval_item', 'verdict')).toEqual({ approval_item: whole, verdict: 'refused' })
})


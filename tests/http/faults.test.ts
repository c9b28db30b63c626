import { expect, test } from 'vitest'
import { CaseInput, ProjectInput } from '#app/domain/cases/case.ts'
import { IncomingEvent } from '#app/domain/events/cloud-event.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { faultsOf, problemBody } from '#app/http/problem.server.ts'

type Schema = typeof CaseInput | typeof ProjectInput | typeof DemandInput | typeof IncomingEvent
const told = (schema: Schema, body: object) => {
  const faults = faultsOf(schema.safeParse(body).error!, body)
  return Object.fromEntries(problemBody(422, 'zh', faults).errors.map(({ pointer, code, detail }) => [pointer, `${code} ${detail}`]))
}

const GOOD = { projectCode: '2020-451421-88-03-016343', approvalItem: 'A01', flowType: 'industrial', applicant: { uscc: null, name: '王一' }, receivedAt: '2026-11-02T09:00:00+08:00' }
const at = (day: number) => `2026-11-0${day}T09:00:00+08:00`

test('everything that is wrong with a case is told at once, its history and what stands beside a fault too', () => {
  const body = {
    ...GOOD,
    flowType: 'sideways',
    states: [{ state: 6, at: at(3) }, { state: 10, at: at(2) }, { state: 1, at: at(4) }],
    materials: [{ code: 'M1', name: '', source: 'service' }, { code: 'M1', name: '方案', state: 'turned-away' }, { code: 'M3', name: '方案', source: 'service', service: 'x y', sharedFrom: 'AJ-1' }],
    vendor: 1,
  }
  expect(Object.keys(told(CaseInput, body)).sort()).toEqual(['/flowType', '/materials/0/name', '/materials/0/service', '/materials/1/code', '/materials/1/reason', '/materials/2/service', '/materials/2/sharedFrom', '/states/0/state', '/states/1/at', '/states/1/state', '/states/2/state', '/vendor'])
})

test('a value of another type is told which one is wanted; what is missing is missing', () => {
  const faults = told(CaseInput, { approvalItem: 5, flowType: 3, applicant: 'x', receivedAt: 1, states: 'x', materials: [{ code: 'M1', name: null }], statutoryDays: '5', promisedDays: 1.5, lane: ['parallel'] })
  expect(Object.fromEntries(Object.entries(faults).filter(([, said]) => said.startsWith('api.wrong-type')))).toEqual({
    '/approvalItem': 'api.wrong-type 类型不对，请用字符串。',
    '/flowType': 'api.wrong-type 类型不对，请用字符串。',
    '/applicant': 'api.wrong-type 类型不对，请用对象。',
    '/receivedAt': 'api.wrong-type 类型不对，请用字符串。',
    '/states': 'api.wrong-type 类型不对，请用数组。',
    '/materials/0/name': 'api.wrong-type 类型不对，请用字符串。',
    '/statutoryDays': 'api.wrong-type 类型不对，请用数字。',
    '/lane': 'api.wrong-type 类型不对，请用字符串。',
  })
  expect(faults['/projectCode']).toContain('projects.code-required')
  expect(faults['/promisedDays']).toContain('cases.days')
  expect(told(ProjectInput, { ...GOOD, name: '厂房', facts: { 'site.hilly': 'yes' } })['/facts/site.hilly']).toContain('请用true 或 false')
})

test('what is too long or too large says its bound', () => {
  expect(told(CaseInput, { ...GOOD, nationalCode: 'x'.repeat(65) })['/nationalCode']).toContain('最多 64 个字')
  expect(told(CaseInput, { ...GOOD, states: Array.from({ length: 201 }, () => ({ state: 8, at: at(3) })) })['/states']).toContain('200')
  expect(told(ProjectInput, { ...GOOD, facts: { 'site.areaSquareMetres': 1e13, 'site.earthworkCubicMetres': -1, 'site.park': 'x'.repeat(61) } })).toMatchObject({ '/facts/site.areaSquareMetres': 'api.number-most 最大是 1000000000000。', '/facts/site.earthworkCubicMetres': 'api.number-least 最小是 0。', '/facts/site.park': expect.stringContaining('最多 60 个字') })
  expect(told(DemandInput, { caseNumber: 'x'.repeat(65) })['/caseNumber']).toContain('最多 64 个字')
  expect(told(IncomingEvent, { id: 'x'.repeat(201) })['/id']).toContain('最多 200 个字')
})

test('one fault is told once, at its place and in the sentence of the whole', () => {
  const body = { specversion: '1.0', id: '', source: 's', type: 't' }
  const faults = faultsOf(IncomingEvent.safeParse({ ...body, source: '\u0000', id: '\u0000' }).error!, body)
  const places = faults.map(({ pointer, code }) => `${pointer} ${code}`)
  expect(new Set(places).size).toBe(places.length)
  const { detail, errors } = problemBody(422, 'zh', faults)
  expect(errors).toHaveLength(2)
  expect(detail).toBe(errors[0]!.detail)
})

test('of what may be one thing or another, the fault is told of the member that is there', () => {
  const demanded = (given: unknown) => Object.fromEntries(Object.entries(told(DemandInput, { authority: 'x', approvalItem: 'A01', demandedOn: '2026-11-20', demanded: given })).map(([pointer, said]) => [pointer, said.split(' ')[0]]))
  const union = { '/demanded': 'guard.demanded' }
  expect(demanded({ item: 5 })).toEqual({ '/demanded/item': 'api.wrong-type' })
  expect(demanded({ material: 'x'.repeat(65) })).toEqual({ '/demanded/material': 'guard.too-long' })
  expect(demanded({ text: ' ' })).toEqual({ '/demanded/text': 'guard.required' })
  expect(demanded({ text: '报告', colour: 1 })).toEqual({ '/demanded/colour': 'guard.unknown-field' })
  for (const given of [{}, { colour: 1 }, { item: 'R04', text: '环评' }, 'R04', undefined, null]) expect(demanded(given)).toEqual(union)
  const named = (namedAgency: unknown) => Object.keys(told(DemandInput, { authority: 'x', approvalItem: 'A01', demandedOn: '2026-11-20', demanded: { item: 'R04' }, namedAgency }))
  expect(named({ kind: 'whispered', agency: '甲' })).toEqual(['/namedAgency/kind'])
  expect(named({ agency: '甲' })).toEqual(['/namedAgency'])
  expect(named(5)).toEqual(['/namedAgency'])
})

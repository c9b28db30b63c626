import { expect, test } from 'vitest'
import { countOutcomes, judge, type RawAgency } from '#app/domain/agencies/agency-import.ts'
import { qualificationKindsOf, type QualificationFact } from '#db/seeds/qualification-kinds.ts'
import { readData } from '#db/seeds/reference.ts'
import { makeUscc } from '#tests/support/factories.ts'

const kinds = qualificationKindsOf(readData<QualificationFact[]>('qualifications.json'))
const ground = { registered: new Set<string>(), divisions: new Set(['220100']), kinds }
const row = (n: number, fields: Record<string, string> = {}, qualifications: RawAgency['qualifications'] = []): RawAgency => ({ row: n, fields: { uscc: makeUscc(n), name: '长春某测绘院', divisionCode: '220100', ...fields }, qualifications })
const certificate = (fields: Record<string, string> = {}) => ({ row: 9, fields: { kind: '测绘资质', grade: '甲级', issuer: '自然资源部', number: '甲测资字 1', validUntil: '2030-12-31', ...fields } })

test('a good row is new, whatever it leaves unstated stays unstated', () => {
  const { rows } = judge([row(2, {}, [certificate()])], ground)
  expect(rows[0]).toMatchObject({ outcome: 'new', faults: [], agency: { legalRepresentative: null, phone: null, address: null, introduction: '', qualifications: [{ kind: 'Q13', grade: '甲级' }] } })
})

test('every fault of a row is named, with its row, field and value', () => {
  const { rows } = judge([row(3, { uscc: '123456789012345678', name: '', divisionCode: '999999', phone: 'abc' }, [certificate({ kind: '没有这种', number: '' }), certificate({ grade: '特级' })])], ground)
  const faults = rows[0]!.faults.map(({ row, field, code }) => [row, field, code])
  for (const fault of [[3, 'uscc', 'accounts.uscc-organisation-check'], [3, 'name', 'forms.required'], [3, 'phone', 'accounts.phone'], [9, 'kind', 'agencies.qualification-unknown'], [9, 'number', 'forms.required'], [9, 'grade', 'agencies.grade-unknown']]) expect(faults).toContainEqual(fault)
  expect(rows[0]!.outcome).toBe('refused')
  expect(judge([row(4, { divisionCode: '999999' })], ground).rows[0]!.faults).toMatchObject([{ field: 'divisionCode', value: '999999', code: 'accounts.division-unknown' }])
})

test('whoever is registered, or stands in the file before, is a duplicate', () => {
  const uscc = makeUscc(7)
  const report = judge([row(2, { uscc }), row(3, { uscc: ` ${uscc.toLowerCase()} ` }), row(4, { uscc: makeUscc(8) })], { ...ground, registered: new Set([makeUscc(8)]) })
  expect(report.rows.map(({ outcome, faults }) => [outcome, faults[0]?.code])).toEqual([['new', undefined], ['duplicate', 'agencies.import-twice'], ['duplicate', 'agencies.import-registered']])
  expect(countOutcomes(report)).toEqual({ new: 1, refused: 0, duplicate: 2, imported: 0 })
})

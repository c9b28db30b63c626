import { expect, test } from 'vitest'
import { changedBetween, CorrectionStep } from '#app/domain/agencies/correction.ts'

const before = { legalRepresentative: '王一', phone: '0431-81110001', address: '长春市南关区人民大街 2 号', agentName: null, contactName: null, contactPhone: null, shareholders: null }

test('a record sent as it stands changes nothing, hyphens or not; what an imported agency never said is a change', () => {
  const typed = CorrectionStep.parse({ ...before, agentName: '', shareholders: '', contactName: '李联络', contactPhone: '139 0000 2222' })
  expect(changedBetween(before, typed)).toEqual(['contactName', 'contactPhone'])
  expect(changedBetween({ ...typed, phone: before.phone }, typed)).toEqual([])
  expect(changedBetween(typed, { ...typed, legalRepresentative: '赵二' })).toEqual(['legalRepresentative'])
})

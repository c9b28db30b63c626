import { expect, test } from 'vitest'
import { reasonsAgainst, reasonsSince, type Bidder, type Ground, type Ineligibility } from '#app/domain/bids/eligibility.ts'
import { ticketsOf, type Identity } from '#app/domain/bids/ties.ts'

const owner: Identity = {
  id: 'owner',
  name: '绿园区教育局',
  kind: 'organisation',
  uscc: '11220106013000001A',
  legalRepresentative: '林 校长',
  phone: '0431-88880000',
  address: '长春市绿园区正阳街 1 号',
  supervisorId: null,
  supervisingAuthority: null,
}
const ground: Ground = { at: new Date('2026-03-05T02:00:00Z'), divisionCode: '220106', owner, authorities: ['水利局', '施工图审查机构（住房和城乡建设局监管）'] }
const bidder: Bidder = {
  id: 'agency',
  name: '北方勘测有限公司',
  kind: 'organisation',
  uscc: '91220101MA0000001X',
  legalRepresentative: '王一',
  phone: '0431-81110001',
  address: '长春市南关区人民大街 2 号',
  supervisorId: null,
  supervisingAuthority: null,
  admittedAt: new Date(0),
  expelledAt: null,
  serviceDivisions: ['220100'],
}

test.each<[string, Partial<Bidder>, string[]]>([
  ['An agency with a live offering in the area may bid', {}, []],
  ['One that serves the whole province may bid', { serviceDivisions: ['220000'] }, []],
  ['One that was not admitted may not', { admittedAt: null }, ['not-admitted']],
  ['One whose agreement ended may not', { expelledAt: new Date(1) }, ['agreement-ended']],
  ['One without a live offering of this service may not', { serviceDivisions: null }, ['not-offered']],
  ['One that serves another county only may not', { serviceDivisions: ['220102'] }, ['area-not-served']],
  ['The owner itself may not', { id: 'owner' }, ['is-the-owner']],
  ['One with the owner’s code may not', { uscc: owner.uscc }, ['is-the-owner']],
  ['One with the owner’s legal representative may not, spaces or not', { legalRepresentative: '林校长' }, ['same-person']],
  ['One with the owner’s telephone may not, however it is written', { phone: '+86 431 8888 0000' }, ['same-phone']],
  ['One at the owner’s address may not, full-width digits or not', { address: '长春市绿园区正阳街１号' }, ['same-address']],
  ['One that the owner supervises may not', { supervisorId: 'owner' }, ['supervised-by-owner']],
  ['A body of the office that approves may not', { supervisorId: 'x', supervisingAuthority: '长春市水利局' }, ['body-of-authority']],
  ['A body of an office that reviews may not, though its name stands before a bracket only', { supervisorId: 'x', supervisingAuthority: '长春市施工图审查机构' }, ['body-of-authority']],
  ['A body of an office that does not approve this may', { supervisorId: 'x', supervisingAuthority: '长春市气象局' }, []],
  ['Every reason is named, not the first alone', { admittedAt: null, serviceDivisions: null, phone: owner.phone }, ['not-admitted', 'not-offered', 'same-phone']],
])('%s', (_, change, reasons) => {
  expect(reasonsAgainst({ ...bidder, ...change }, ground)).toEqual(reasons)
})

const paper = (validUntil: string | null, kind = 'Q13') => ({ qualifications: [{ id: 'q', kind, grade: '甲级', scope: '', issuer: '自然资源部', number: '1', validUntil }], licences: [] })
const lawAsks = (rule: 'not-expired' | 'recorded'): Partial<Ground> => ({ needed: { kinds: [{ code: 'Q13' }], rule } })

test.each<[string, Partial<Bidder>, Partial<Ground>, Ineligibility[]]>([
  ['valid on its last day', { held: paper('2026-03-05') }, lawAsks('recorded'), []],
  ['that ran out the day before', { held: paper('2026-03-04') }, lawAsks('not-expired'), ['qualification-expired']],
  ['of another kind, where one must be on record', { held: paper(null, 'Q14') }, lawAsks('recorded'), ['qualification-missing']],
  ['that is not on record, where only one that ran out counts', {}, lawAsks('not-expired'), []],
  ['that ran out, of a service for which no law asks for any', { held: paper('2026-03-04') }, { needed: { kinds: [], rule: 'recorded' } }, []],
])('a certificate %s counts alike before the bid and after it', (_, change, asked, reasons) => {
  expect(reasonsAgainst({ ...bidder, ...change }, { ...ground, ...asked })).toEqual(reasons)
  expect(reasonsSince({ ...bidder, ...change }, { ...ground, ...asked })).toEqual(reasons)
})

test.each<[string, Partial<Bidder>, Ineligibility[]]>([
  ['an area that no longer holds the project counts', { serviceDivisions: ['220102'] }, ['area-not-served']],
  ['a listing that was taken back does not', { serviceDivisions: null }, []],
  ['a formal check that was returned does not', { entryFaults: ['check-returned', 'not-committed'] }, []],
])('once a bid was taken, %s', (_, change, reasons) => {
  expect(reasonsSince({ ...bidder, ...change }, ground)).toEqual(reasons)
})

test('an unknown telephone or address ties nobody to anybody', () => {
  const unknown = { legalRepresentative: null, phone: null, address: ' ' }
  expect(reasonsAgainst({ ...bidder, ...unknown }, { ...ground, owner: { ...owner, ...unknown } })).toEqual([])
})

test('a natural person who owns the project is the legal representative of the agency', () => {
  const person: Identity = { ...owner, kind: 'natural-person', name: '王一', uscc: null, legalRepresentative: null }
  expect(reasonsAgainst(bidder, { ...ground, owner: person })).toEqual(['same-person'])
})

test('related bidders are one ticket, through a third one too', () => {
  const a = { ...bidder, id: 'a', uscc: 'A', legalRepresentative: '甲', phone: '1', address: 'a' }
  const b = { ...bidder, id: 'b', uscc: 'B', legalRepresentative: '乙', phone: '2', address: 'b' }
  const c = { ...bidder, id: 'c', uscc: 'C', legalRepresentative: '丙', phone: '2', address: 'a' }
  const d = { ...bidder, id: 'd', uscc: 'D', legalRepresentative: '丁', phone: '4', address: 'd' }
  expect(ticketsOf([a, b, c, d])).toEqual([0, 0, 0, 3])
  expect(ticketsOf([a, b, d])).toEqual([0, 1, 2])
  expect(ticketsOf([])).toEqual([])
})

test('what was corrected after the tender was published still counts, on both sides, and what was corrected before does not', () => {
  const until = new Date('2026-03-02')
  const moved = { ...bidder, former: [{ legalRepresentative: '林校长', phone: null, address: owner.address, until }] }
  expect(reasonsAgainst(moved, { ...ground, since: new Date('2026-03-01') })).toEqual(['same-person', 'same-address'])
  for (const since of [new Date('2026-03-03'), until, null]) expect(reasonsAgainst(moved, { ...ground, since })).toEqual([])
  const renamed = { ...owner, former: [{ legalRepresentative: '王一', phone: null, address: null, until }] }
  expect(reasonsAgainst(bidder, { ...ground, owner: renamed, since: new Date('2026-03-01') })).toEqual(['same-person'])
  expect(ticketsOf([moved, { ...bidder, id: 'b', uscc: null, legalRepresentative: '林校长', phone: '1', address: '别处' }, { ...bidder, id: 'c', uscc: null, legalRepresentative: '丙', phone: '2', address: '某处' }], new Date('2026-03-01'))).toEqual([0, 0, 2])
})

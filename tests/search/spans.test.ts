import { expect, test } from 'vitest'
import type { Listing } from '#app/domain/catalogue/listing.ts'
import { spansOf } from '#search/documents/service.ts'

const wording = (divisionCode: string, inForceFrom: string, inForceUntil: string | null) => ({ divisionCode, inForceFrom, inForceUntil }) as Listing
const spans = (...wordings: Listing[]) => spansOf(wordings).map(({ wording, from, until }) => `${wording.divisionCode} ${from} ${until}`)

test('a wording stands from its first day to its last', () => {
  expect(spans(wording('220100', '2023-01-01', null))).toEqual(['220100 2023-01-01 null'])
  expect(spans(wording('220100', '2023-01-01', '2024-01-01'), wording('220100', '2024-01-01', null))).toEqual(['220100 2023-01-01 2024-01-01', '220100 2024-01-01 null'])
})

test('while the city words a service the province’s wording is not found, and is again afterwards', () => {
  expect(spans(wording('220000', '2020-01-01', null), wording('220100', '2022-01-01', '2023-01-01'))).toEqual(['220000 2020-01-01 2022-01-01', '220100 2022-01-01 2023-01-01', '220000 2023-01-01 null'])
})

test('between two wordings with days apart there is nothing', () => {
  expect(spans(wording('220100', '2020-01-01', '2021-01-01'), wording('220100', '2022-01-01', null))).toEqual(['220100 2020-01-01 2021-01-01', '220100 2022-01-01 null'])
})

test('a wording of the province that nothing interrupts stays one span', () => {
  expect(spans(wording('220000', '2020-01-01', null), wording('220100', '2019-01-01', '2020-01-01'), wording('220100', '2018-01-01', '2019-01-01'))).toEqual(['220100 2018-01-01 2019-01-01', '220100 2019-01-01 2020-01-01', '220000 2020-01-01 null'])
})

import { expect } from 'vitest'
import { SYSTEM, VISITOR } from '#app/domain/accounts/actor.ts'
import { openMarketplace } from '#app/domain/divisions/open-marketplace.server.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { test } from '#tests/support/database.ts'
import { regulator } from '#tests/support/factories.ts'

const JILIN = '220200'
const today = '2026-11-20'

test('a city opens its marketplace: today, no demo, and it stands in ledger, audit and outbox', async ({ database, context }) => {
  const { ledger, ...opened } = await openMarketplace(context(SYSTEM), { divisionCode: JILIN })
  expect(opened).toEqual({ divisionCode: JILIN, divisionName: '吉林市', openedOn: today, demo: false })
  expect(await findMarketplace(database.app, '220202')).toEqual(opened)
  const entry = await database.owner('ledger_entries').where({ id: ledger.entry }).first()
  expect(entry).toMatchObject({ kind: 'marketplace.opened', subject: JILIN, division_code: JILIN })
  expect(JSON.parse(entry.body.toString()).facts).toEqual({ name: '吉林市', openedOn: today, demo: false })
  expect(await database.owner('audits').where({ act: 'open:marketplace', subject: JILIN }).count()).toEqual([{ count: 1 }])
  expect(await database.owner('outbox').where({ type: 'marketplace.opened.v1', subject: JILIN }).count()).toEqual([{ count: 1 }])
})

test('a marketplace that is open is not opened again, not even by two at once', async ({ database, context }) => {
  const twice = await Promise.allSettled([1, 2].map(() => openMarketplace(context(SYSTEM), { divisionCode: '220300' })))
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(openMarketplace(context(SYSTEM), { divisionCode: '220300', demo: true })).rejects.toMatchObject({ kind: 'conflict', code: 'catalogue.already-open' })
  expect(await database.owner('ledger_entries').where({ kind: 'marketplace.opened', subject: '220300' }).count()).toEqual([{ count: 1 }])
})

test('a county and a province may open one too, and on a later day', async ({ context }) => {
  expect(await openMarketplace(context(SYSTEM), { divisionCode: '220106', on: '2027-01-01' })).toMatchObject({ divisionName: '绿园区', openedOn: '2027-01-01' })
  expect(await openMarketplace(context(SYSTEM), { divisionCode: '210000' })).toMatchObject({ divisionName: '辽宁省' })
})

test('no marketplace opens where nobody governs, nor before today', async ({ context }) => {
  const opening = (divisionCode: string, on?: string) => openMarketplace(context(SYSTEM), { divisionCode, on })
  await expect(opening('2201')).rejects.toMatchObject({ code: 'catalogue.division-malformed' })
  await expect(opening('229999')).rejects.toMatchObject({ code: 'catalogue.division-unknown' })
  await expect(opening('110100')).rejects.toMatchObject({ code: 'catalogue.division-no-place', params: { name: '市辖区' } })
  await expect(opening('220400', '2026-11-19')).rejects.toMatchObject({ code: 'catalogue.opens-in-the-past' })
})

test('nobody but the system opens a marketplace', async ({ database, context }) => {
  for (const actor of [VISITOR, await regulator(database.owner)]) {
    await expect(openMarketplace(context(actor), { divisionCode: '220500' })).rejects.toMatchObject({ kind: 'forbidden', code: 'accounts.not-allowed' })
  }
})

test('the demo city was opened by the same act, before its first list', async ({ database }) => {
  const entries = await database.owner('ledger_entries').whereIn('kind', ['marketplace.opened', 'catalogue.version-adopted']).orderBy('recorded_at').select('kind', 'subject')
  expect(entries[0]).toEqual({ kind: 'marketplace.opened', subject: '220100' })
})

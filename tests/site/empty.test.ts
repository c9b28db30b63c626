import { expect, test as base } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { openMarketplace } from '#app/domain/divisions/open-marketplace.server.ts'
import { databaseClock } from '#db/client.ts'
import { testKeyring } from '#tests/support/database.ts'
import { startSite } from '#tests/support/site.ts'

const test = base.extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
  const site = await startSite()
  onCleanup(site.stop)
  // What a deployment has after `npm run migrate`: the template's city and its list are taken away again.
  for (const table of ['listings', 'catalogue_versions', 'marketplaces']) await site.database.owner(table).delete()
  return site
})

test('a deployment without a marketplace says so and how to open one, then shows an empty one', async ({ site }) => {
  const visitor = site.visitor()
  for (const [path, status] of [['/', 200], ['/catalogue', 503], ['/tenders', 200], ['/ask', 200]] as const) {
    const answer = await visitor.get(path)
    expect([path, answer.status]).toEqual([path, status])
    expect(answer.text).toContain('npm run marketplace -- open --division')
  }
  expect((await visitor.get('/catalogue')).text).toContain('中介超市尚未开通')
  expect((await visitor.send('/api/v1/catalogue', {})).status).toBe(503)

  await openMarketplace({ db: site.database.app, clock: databaseClock, keyring: testKeyring(), actor: SYSTEM, traceId: '0'.repeat(32) }, { divisionCode: '220100' })
  // Public pages are kept for a second, and what another process did is seen after it (docs/decisions/015).
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  for (const [path, said] of [['/', '还没有采购公告'], ['/catalogue', '还没有第一版清单'], ['/tenders', '还没有采购公告'], ['/catalogue/versions', '还没有清单']] as const) {
    const { status, text } = await visitor.get(path)
    expect([path, status]).toEqual([path, 200])
    expect(text).toContain(said)
    expect(text).toContain('长春市')
    expect(text).not.toContain('npm run marketplace')
  }
  expect((await visitor.get('/ledger')).text).toContain('长春市的中介超市自')
})

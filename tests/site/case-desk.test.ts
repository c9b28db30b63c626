import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { cookieOf, test } from '#tests/support/world.ts'

test('an address with -000 behind the code leads to the project that is kept without it, for good and with its query', async ({ site, world: { people, ids } }) => {
  const cookie = await cookieOf(site, people.owner)
  for (const [path, kept] of [[`/projects/${ids.project}-000/approvals?x=1`, `/projects/${ids.project}/approvals?x=1`], [`/owner/projects/${ids.project}-000`, `/owner/projects/${ids.project}`], [`/owner/projects/${ids.project}-000/facts`, `/owner/projects/${ids.project}/facts`]] as const) {
    const { status, headers } = await rawRequest(site.address, { method: 'GET', path, headers: { accept: 'text/html', cookie } })
    expect([status, headers.location]).toEqual([308, kept])
    expect((await rawRequest(site.address, { method: 'GET', path: kept, headers: { accept: 'text/html', cookie } })).status).toBe(200)
  }
})

test('an end that is refused says so above its form, and of a granted case nothing but the permit ends', async ({ site, world: { people, ids } }) => {
  const headers = { accept: 'text/html', cookie: await cookieOf(site, people.authority) }
  const path = paths.editCase(ids.case)
  const { body } = await rawRequest(site.address, { method: 'POST', path, headers: { ...headers, origin: site.address, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ act: 'state', state: '13', since: '2999-01-01', note: '' }).toString() })
  expect(body).toContain('id="errors"')
  expect(body.indexOf('id="errors"')).toBeLessThan(body.indexOf('结束案件'))
  const page = async () => (await rawRequest(site.address, { method: 'GET', path, headers })).body
  expect(await page()).not.toContain('撤销许可')
  await site.database.owner('case_states').insert({ case_id: ids.case, place: 90, state: 11, at: new Date() })
  const granted = await page()
  expect(granted).toContain('撤销许可')
  expect(granted).not.toContain('结束案件')
  await site.database.owner('case_states').where({ case_id: ids.case, place: 90 }).delete()
})

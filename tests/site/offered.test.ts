import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { callers, test, type Caller } from '#tests/support/world.ts'

const READERS: readonly Caller['name'][] = ['visitor', 'agency', 'owner', 'authority', 'regulator', 'operator']

test('no page that everybody reads offers somebody what they are then refused', async ({ site, world }) => {
  const { ids } = world
  const pages = [paths.home(), paths.tenders(), paths.tender(ids.tender), paths.listing('R28'), paths.decision(ids.decision), paths.agencies()]
  const refused: string[] = []
  let offered = 0
  for (const { name, headersFor } of (await callers(site, world)).filter((one) => READERS.includes(one.name))) {
    const ask = async (path: string) => rawRequest(site.address, { method: 'GET', path, headers: { accept: 'text/html', ...(await headersFor(path)) } })
    const links = new Map<string, string>()
    for (const page of pages) {
      const main = /<main[\s>].*<\/main>/s.exec((await ask(page)).body)![0]
      for (const [, href = ''] of main.matchAll(/href="(\/[^"#]*)/g)) links.set(href.replaceAll('&amp;', '&'), page)
    }
    await Promise.all([...links].map(async ([href, page]) => (await ask(href)).status >= 400 && refused.push(`${name} at ${page}: ${href}`)))
    offered += links.size
  }
  expect(refused).toEqual([])
  expect(offered).toBeGreaterThan(READERS.length * 10)
})

test('from a document that was turned away one tells of it with what the case knows, and nobody else learns it so', async ({ site, world }) => {
  const { ids } = world
  const [code, reason] = ['M77', '没有机构公章，不收自己编的']
  await site.database.owner('case_materials').insert({ case_id: ids.case, code, place: 77, name: '水土保持方案（自编）', source: 'applicant', state: 'turned-away', reason })
  const all = await callers(site, world)
  const ask = async (name: Caller['name'], path: string) => (await rawRequest(site.address, { method: 'GET', path, headers: { accept: 'text/html', ...(await all.find((one) => one.name === name)!.headersFor(path)) } })).body
  const link = /href="(\/documents\/turned-away[^"]*)"/.exec(await ask('owner', paths.case(ids.case)))![1]!.replaceAll('&amp;', '&')
  for (const name of ['owner', 'authority'] as const) expect(await ask(name, link)).toContain(reason)
  expect(await ask('otherOwner', link)).not.toContain(reason)
})

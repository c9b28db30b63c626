import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { attributeOf, kilobytes, SCRIPT_LIMITS, STYLE_LIMIT, weighPage, weighRuntime } from '#tests/support/page-weight.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import type { Site } from '#tests/support/site.ts'
import { callers, test, type Person, type World } from '#tests/support/world.ts'

type Shown = { address: string; html: string; headers: Record<string, string | string[] | undefined> }

/** Pages of every kind, each as whoever may see it. */
async function shown(site: Site, world: World): Promise<Shown[]> {
  const { ids } = world
  const pages: [Person | 'visitor', string][] = [
    ...[paths.home(), paths.search({ q: '水土保持' }), paths.catalogue(), paths.listing(ids.listing), paths.approvalItems(), paths.ask({ service: 'R28' }), paths.decision(ids.decision), paths.tenders(), paths.tender(ids.tender), paths.results(), paths.agencies(), paths.agency(ids.uscc), paths.ledger(), paths.ledgerEntry(ids.entry), paths.signIn(), paths.register({ as: 'agency' }), paths.about(), paths.verify(), paths.ledgerConsistency(), '/nowhere'].map((path): ['visitor', string] => ['visitor', path]),
    ['agency', paths.bid(ids.tender)], ['agency', paths.bid(ids.sealed)], ['agency', paths.offerings()], ['owner', paths.newProject()], ['owner', paths.draft(ids.draft)], ['authority', paths.newDemand()], ['regulator', paths.demands()], ['regulator', paths.proposedWording(ids.listDraft)], ['regulator', paths.governProposal(ids.proposal)], ['operator', paths.operatorDesk()], ['operator', paths.parts()],
  ]
  const who = await callers(site, world)
  return Promise.all(
    pages.map(async ([name, path]) => {
      const { body, headers } = await rawRequest(site.address, { method: 'GET', path, headers: { accept: 'text/html', ...(await who.find((caller) => caller.name === name)!.headersFor(path)) } })
      return { address: site.address + path, html: body, headers }
    }),
  )
}

test('a page that only shows brings at most 10 kB of script, one that verifies or seals 30, one with values from outside 45, one with the runtime 95, any 10 of style', async ({ site, world }) => {
  for (const { address, html } of await shown(site, world)) {
    const { script, style, outside, runtime, verifies, seals } = await weighPage(address, html)
    expect(kilobytes(script), `script of ${address}`).toBeLessThanOrEqual(runtime ? SCRIPT_LIMITS.runtime : verifies ? SCRIPT_LIMITS.verifies : seals ? SCRIPT_LIMITS.seals : SCRIPT_LIMITS.shows)
    if (verifies) expect(outside, `script of ${address} with values from outside`).toBeGreaterThan(script)
    if (!runtime) expect(kilobytes(outside), `script of ${address} with values from outside`).toBeLessThanOrEqual(SCRIPT_LIMITS.outside)
    expect(kilobytes(style), `style of ${address}`).toBeLessThanOrEqual(STYLE_LIMIT)
  }
  expect(kilobytes((await weighRuntime(site.address)).script)).toBeLessThanOrEqual(SCRIPT_LIMITS.runtime)
})

test('every script carries the nonce of its answer, no element carries a style, and nothing unsafe is allowed', async ({ site, world }) => {
  const nonces = new Set<string>()
  for (const { address, html, headers } of await shown(site, world)) {
    const policy = String(headers['content-security-policy'])
    const nonce = /'nonce-([A-Za-z0-9+/=]{20,})'/.exec(policy)?.[1]
    expect(nonce, address).toBeDefined()
    nonces.add(nonce!)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    for (const [, attributes = ''] of html.matchAll(/<script\b([^>]*)>/g)) expect(attributeOf(attributes, 'nonce'), address).toBe(nonce)
    expect(html, address).not.toMatch(/<style\b|<[^>]+\sstyle="|<[^>]+\son[a-z]+="|href="javascript:/)
  }
  expect(nonces.size).toBe((await shown(site, world)).length)
})

test('every answer says how it may be used', async ({ site, world }) => {
  const answers = [...(await shown(site, world)), ...(await Promise.all([paths.api.catalogue(), paths.keys(), '/favicon.svg'].map(async (path) => ({ address: path, ...(await rawRequest(site.address, { method: 'GET', path })) }))))]
  for (const { address, headers } of answers) {
    expect(headers, address).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'x-frame-options': 'SAMEORIGIN' })
    expect(headers['permissions-policy'], address).toContain('camera=()')
    expect(headers['x-powered-by'], address).toBeUndefined()
    // A proxy keeps an idle connection for a minute; hung up on by us, it would tell somebody that nobody answers.
    expect(Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1]), address).toBeGreaterThan(60)
    expect(headers['x-trace-id'], address).toMatch(/^[0-9a-f]{32}$/)
  }
})

test('what a member sees is never kept by a cache that others share', async ({ site, world }) => {
  for (const { address, headers } of (await shown(site, world)).filter(({ html }) => html.startsWith('<!DOCTYPE'))) {
    expect(String(headers['cache-control']), address).toMatch(/private|no-store/)
    expect(String(headers.vary), address).toContain('Cookie')
  }
})

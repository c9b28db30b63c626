import { expect } from 'vitest'
import { LEAD_KINDS, type LeadKind } from '#app/domain/oversight/lead.ts'
import { METHODS, type Method } from '#app/domain/tenders/tender.ts'
import { paths } from '#app/paths.ts'
import { zh } from '#app/words/zh.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const test = standingSite({ demo: true })

/** Nobody in the town’s year was put out between a close and its award by two officers; tests/db/sanctions.test.ts tells of it. */
const UNTOLD: readonly LeadKind[] = ['award-passed-over']

test('the demo’s regulator finds a lead of every kind but one, and few authorities that repeat what was refused', async ({ site }) => {
  const { signIn } = site.demo!.accounts.find(({ role }) => role === 'regulator')!
  const regulator = site.visitor()
  await regulator.signIn(signIn.name, signIn.password)
  for (const kind of LEAD_KINDS.filter((one) => !UNTOLD.includes(one))) {
    const { text } = await regulator.get(paths.leads({ kind }))
    const lines = text.split(`class="agenda-title"`).length - 1
    expect(lines, kind).toBeGreaterThan(0)
    if (kind === 'demand-insisted') expect(lines).toBeLessThan(10)
    expect(text).not.toContain(zh.leads.emptyKind.title)
  }
})

test('the demo has agencies that corrected their record', async ({ site }) => {
  expect(await site.database.owner('agency_corrections').distinct('agency_id')).toHaveLength(4)
})

/** The newest awarded tender of a kind, by its number. */
async function awarded({ database }: Site, method: Method, where = 'true'): Promise<string> {
  const found = await database.owner('tenders').join('awards', 'awards.tender_id', 'tenders.id').where({ method }).whereRaw(where).orderBy('published_at', 'desc').first<{ number: string } | undefined>('number')
  expect(found, `${method} ${where}`).toBeDefined()
  return found!.number
}

const SHARED = `sealing -> 'threshold' is not null`
const ALSO = {
  'sealed in shares': { method: 'lowest-price', where: SHARED, sentence: /^Put together again, 2 of the right shares/ },
  'with an electronic lot': { method: 'lowest-price', where: `tie_rule = 'electronic-lot'`, sentence: /equal ones by the electronic lot/ },
  witnessed: { method: 'lowest-price', where: 'exists (select from witness_signatures signed where signed.tender_id = tenders.id)', sentence: /witness/i },
} as const

test('the demo has a finished example of each method, one sealed in shares, one with an electronic lot and one that was witnessed, and whoever downloads their bundles can verify them', async ({ site }) => {
  const bundleOf = async (number: string) => (await site.visitor().get(paths.bundle(number))).text
  for (const method of METHODS) {
    const number = await awarded(site, method)
    expect(verifyBundle(await bundleOf(number)).faults, `${method} ${number}`).toEqual([])
  }
  for (const [name, { method, where, sentence }] of Object.entries(ALSO)) {
    const number = await awarded(site, method, where)
    const { faults, passed } = verifyBundle(await bundleOf(number))
    expect(faults, `${name} ${number}`).toEqual([])
    expect(passed.map((each) => each.sentence), name).toContainEqual(expect.stringMatching(sentence))
  }
})

test('one tender of the demo waits for holders who let their day pass, and says so to everybody', async ({ site }) => {
  const { number } = (await site.database.owner('tenders').join('draw_pools', 'draw_pools.tender_id', 'tenders.id').whereRaw(SHARED).whereNotIn('tenders.id', site.database.owner('tender_openings').select('tender_id')).first<{ number: string }>('number'))!
  expect((await site.visitor().get(paths.tender(number))).text).toContain(zh.keys.steps.waiting(1))
})

test('the demo’s list has changed by proposals: one is open for comment, one adopted, one withdrawn, one waits for opinions', async ({ site }) => {
  const { text } = await site.visitor().get(paths.proposals())
  for (const state of ['comment', 'adopted', 'withdrawn', 'opinions'] as const) expect(text, state).toContain(zh.governance.states[state])
  const { signIn } = site.demo!.accounts.find((one) => one.signIn.name === 'regulator2')!
  const legal = site.visitor()
  await legal.signIn(signIn.name, signIn.password)
  expect((await legal.get(paths.regulatorDesk())).text).toContain(zh.desks.items['opinion-to-give'].what)
})

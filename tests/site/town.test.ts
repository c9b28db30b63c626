import { expect } from 'vitest'
import { LEAD_KINDS } from '#app/domain/oversight/lead.ts'
import { paths } from '#app/paths.ts'
import { zh } from '#app/words/zh.ts'
import { standingSite } from '#tests/support/standing-site.ts'

const test = standingSite({ demo: true })

test('the demo’s regulator finds a lead of every kind, and few authorities that repeat what was refused', async ({ site }) => {
  const { signIn } = site.demo!.accounts.find(({ role }) => role === 'regulator')!
  const regulator = site.visitor()
  await regulator.signIn(signIn.name, signIn.password)
  // Shares are dealt in bidders' own browsers, and the story has none; so nobody is late with theirs.
  for (const kind of LEAD_KINDS.filter((each) => each !== 'keys-late')) {
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

test('the demo’s list has changed by proposals: one is open for comment, one adopted, one withdrawn, one waits for opinions', async ({ site }) => {
  const { text } = await site.visitor().get(paths.proposals())
  for (const state of ['comment', 'adopted', 'withdrawn', 'opinions'] as const) expect(text, state).toContain(zh.governance.states[state])
  const { signIn } = site.demo!.accounts.find((one) => one.signIn.name === 'regulator2')!
  const legal = site.visitor()
  await legal.signIn(signIn.name, signIn.password)
  expect((await legal.get(paths.regulatorDesk())).text).toContain(zh.desks.items['opinion-to-give'].what)
})

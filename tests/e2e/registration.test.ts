import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { Person, type Manner } from './person.ts'
import { registerInSteps } from './register.ts'

const test = standingSite({ demo: true })

test.for<Manner>([
  { name: 'registration-phone-without-scripts', locale: 'zh', javaScript: false, width: 390 },
  { name: 'registration-desk', locale: 'en', javaScript: true, width: 1280 },
])('an agency registers in steps, changes an answer, and is on its public page at once: $name', async (manner, { site, browser }) => {
  const agency = await Person.at(browser, site.address, 'newcomer', manner)
  const { name } = await registerInSteps(agency, { looking: true })
  expect(new URL(agency.page.url()).pathname).toBe(paths.agencyDesk())
  await agency.open(paths.agencyProfile())
  await agency.follow({ text: agency.words.agencies.desk.publicPage })
  expect(await agency.text()).toContain(name)
  expect(await agency.text()).toContain(agency.words.registration.states.noticed)
  expect(await agency.text()).not.toContain('刘改名')
  await agency.look('public-page')
  await agency.leave()
})

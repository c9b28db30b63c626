import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { DEMO_PEOPLE } from '#db/seeds/demo-people.ts'
import type { Browser } from '#tests/support/browser.ts'
import { makeProjectCode } from '#tests/support/factories.ts'
import type { Site } from '#tests/support/site.ts'
import { Person, type Manner } from './person.ts'
import { SERVICE } from './steps.ts'

/** From the home page, by the menu, as one of the demo's people. */
export async function arrives(site: Site, browser: Browser, signInName: string, manner: Manner): Promise<Person> {
  const { displayName } = DEMO_PEOPLE.find((person) => person.signInName === signInName)!
  const person = await Person.at(browser, site.address, signInName, manner)
  await person.open(paths.home())
  const top = person.page.locator('header')
  // A narrow window folds the menu away.
  if (await top.locator('summary').first().isVisible()) await top.locator('summary').first().click()
  await person.leaveTo(top.getByRole('link', { name: person.words.frame.signIn, exact: true }).filter({ visible: true }).first())
  await person.press(person.words.accounts.signIn.demoButton(displayName))
  await sound(person)
  return person
}

/** A project from the owner's desk, as far as the question what to buy for it. */
export async function registers(owner: Person, name: string): Promise<void> {
  const { projects } = owner.words
  await owner.follow({ href: paths.newProject() })
  await owner.fill({ code: makeProjectCode(), name, divisionCode: '220106', flowType: 'industrial', moneySource: 'private', investment: '５２，０００，０００' })
  await owner.press(projects.new.button)
  expect(await owner.text()).toContain(name)
  await owner.follow({ text: projects.page.newTender })
}

/** From the question how it must be bought to the check before publishing; digits come as an input method leaves them. */
export async function writes(owner: Person, wish: Record<string, string>): Promise<void> {
  const { drafts, tenders } = owner.words
  await owner.fill({ service: SERVICE, sum: '４８，０００' })
  await owner.press(drafts.ask.apply)
  expect(await owner.text()).toContain(drafts.route.words.free)
  await owner.fill({ ...wish, requirements: '按现行规范编制，成果纸质两份，电子一份。', serviceDays: '１５', ceiling: '４８０００.５' })
  await owner.press(tenders.saveDraft)
  expect(await owner.text()).toContain(wish.title)
  await sound(owner)
}

/** No wider than the phone, and nothing on the console. */
export async function sound(person: Person): Promise<void> {
  expect(await person.faultsHere({ axe: false })).toEqual([])
}

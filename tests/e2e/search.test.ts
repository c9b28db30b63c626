import { expect } from 'vitest'
import { paths } from '#app/paths.ts'
import { accessibilityFaults, browserOfWorker } from '#tests/support/browser.ts'
import { test as base } from '#tests/support/world.ts'
import { Person } from './person.ts'

const test = base.extend('browser', { scope: 'worker' }, browserOfWorker)

test('somebody types pinyin, goes through the suggestions with the keyboard and opens one', async ({ site, world, browser }) => {
  void world
  const person = await Person.at(browser, site.address, 'visitor', { name: 'search', locale: 'zh', javaScript: true, width: 1280 })
  const { page } = person
  await person.open(paths.about())
  const box = page.getByRole('combobox')
  await box.waitFor()
  const before = await page.evaluate(() => document.querySelector('main')!.getBoundingClientRect().top)
  await box.pressSequentially('shuitu')
  const options = page.getByRole('option')
  await options.first().waitFor()
  expect(await box.getAttribute('aria-expanded')).toBe('true')
  expect(await page.getByRole('status').filter({ hasText: '条建议' }).count()).toBe(1)
  expect(await page.evaluate(() => document.querySelector('main')!.getBoundingClientRect().top)).toBe(before)

  await box.press('ArrowDown')
  await box.press('ArrowDown')
  const active = await box.getAttribute('aria-activedescendant')
  expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true')
  expect(await page.locator('[aria-selected="true"]').count()).toBe(1)
  expect(await accessibilityFaults(page)).toEqual([])
  await box.press('ArrowUp')
  await box.press('ArrowUp')
  expect(await box.getAttribute('aria-activedescendant')).toBeNull()

  await box.press('Escape')
  expect([await options.count(), await box.getAttribute('aria-expanded'), await box.inputValue()]).toEqual([0, 'false', 'shuitu'])
  await box.press('Enter')
  await page.waitForURL(/\/search\?q=shuitu/)
  await page.getByRole('combobox').fill('地灾')
  await options.first().waitFor()
  await page.getByRole('combobox').press('ArrowDown')
  await page.getByRole('combobox').press('Enter')
  await page.waitForURL(/\/catalogue\//)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('地质灾害')
  expect(person.complaints).toEqual([])
  await person.leave()
})

test('without scripts the same box searches, and a result opens', async ({ site, world, browser }) => {
  void world
  const person = await Person.at(browser, site.address, 'visitor', { name: 'search-plain', locale: 'en', javaScript: false, width: 390 })
  await person.open(paths.home())
  await person.page.locator('header [name="q"]').fill('stbcfa')
  await person.page.locator('header [name="q"]').press('Enter')
  await person.page.waitForURL(/\/search\?q=stbcfa/)
  await person.follow({ text: '水土保持方案报告书' })
  expect(await person.page.getByRole('heading', { level: 1 }).textContent()).toContain('水土保持')
  await person.leave()
})

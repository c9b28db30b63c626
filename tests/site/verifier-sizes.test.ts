import { expect } from 'vitest'
import { DRAW_SOURCES } from '#app/domain/draw/draw.ts'
import { METHODS } from '#app/domain/tenders/tender.ts'
import { paths } from '#app/paths.ts'
import { partsOf } from '#app/ui/verify-parts.ts'
import type { Locale } from '#app/words/words.ts'
import { kilobytes, SCRIPT_LIMITS, weighPage } from '#tests/support/page-weight.ts'
import { test } from '#tests/support/world.ts'

const LOCALES: Locale[] = ['zh', 'en']

/** The page that verifies, in a language. */
async function verifying(address: string, locale: Locale): Promise<[page: string, html: string]> {
  const page = address + paths.verify()
  const html = await (await fetch(page, { headers: { accept: 'text/html', 'accept-language': locale } })).text()
  expect(html).toContain(`<html lang="${locale}`)
  return [page, html]
}

test.for(LOCALES.flatMap((locale) => METHODS.map((method) => [locale, method] as const)))('what a page fetches at once to check a result, %s, %s, is at most 30 kB of script, and 45 with a value from outside', async ([locale, method], { site }) => {
  const [page, html] = await verifying(site.address, locale)
  for (const source of DRAW_SOURCES) {
    const { script } = await weighPage(page, html, partsOf({ method, source }))
    expect(kilobytes(script), source).toBeLessThanOrEqual(source === 'local' ? SCRIPT_LIMITS.verifies : SCRIPT_LIMITS.outside)
  }
})

test.for(LOCALES)('a page for any file fetches no part before it is idle, and each part is there, %s', async (locale, { site }) => {
  const [page, html] = await verifying(site.address, locale)
  const { script } = await weighPage(page, html)
  expect(kilobytes(script)).toBeLessThanOrEqual(SCRIPT_LIMITS.verifies)
  const alone = await weighPage(page, html, [])
  expect(script).toBe(alone.script)
  for (const part of ['prices', 'auction', 'shortlist', 'merit', 'direct', 'receipt', 'consistency', 'witnesses', 'drand', 'lottery', 'library']) expect((await weighPage(page, html, [part])).script, part).toBeGreaterThan(alone.script)
})

import { test as base } from 'vitest'
import { browserOfWorker } from './browser.ts'
import { startSite, type Site } from './site.ts'

/**
 * Tests around one site of their file, and around one browser, which is launched where a test asks for it.
 *
 * @param prepare what is done to the site before the first test
 */
export function standingSite(options: Parameters<typeof startSite>[0], prepare?: (site: Site) => Promise<void>) {
  return base
    .extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
      const site = await startSite(options)
      onCleanup(site.stop)
      await prepare?.(site)
      return site
    })
    .extend('browser', { scope: 'worker' }, browserOfWorker)
}

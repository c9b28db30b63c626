import type { Member } from '#app/domain/accounts/actor.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { databaseClock } from '#db/client.ts'
import type { Browser } from '#tests/support/browser.ts'
import type { TestContext } from '#tests/support/database.ts'
import type { Site } from '#tests/support/site.ts'
import { standingSite } from '#tests/support/standing-site.ts'
import { aTender, type Stage } from '#tests/support/tenders.ts'
import { cookieOf } from '#tests/support/world.ts'
import { Person, type Manner } from './person.ts'

/** A site and a browser for journeys around sealed prices; each test publishes its own tender. */
export const test = standingSite({ demo: true })

export const DESK = { name: 'desk', locale: 'zh', javaScript: true, width: 1280 } as const
export const PHONE = { name: 'phone-without-scripts', locale: 'en', javaScript: false, width: 390 } as const

export type SealedStage = Stage & { as: (actor: Member) => TestContext }

/** Contexts with the site's own keyring. */
export function withContexts({ database, config }: Site): (actor: Member) => TestContext {
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  return (actor) => ({ db: database.app, actor, clock: databaseClock, keyring, traceId: '0'.repeat(32) }) as unknown as TestContext
}

/** A published tender that the lowest sealed price wins, unless another method is asked for, and contexts for its people with the site's own keyring. */
export async function staged(site: Site, asked: Parameters<typeof aTender>[2] = { method: 'lowest-price' }): Promise<SealedStage> {
  const as = withContexts(site)
  return { ...(await aTender(site.database, as, asked)), as }
}

/** A member's person at a browser, signed in. */
export async function signedIn(site: Site, browser: Browser, member: Member, manner: Manner): Promise<Person> {
  const person = await Person.at(browser, site.address, 'agency', manner)
  const [name, value] = (await cookieOf(site, member)).split('=') as [string, string]
  await person.page.context().addCookies([{ name, value, url: site.address }])
  return person
}

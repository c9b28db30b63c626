import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { headlineOf, isDemandable } from '#app/domain/catalogue/demandability.ts'
import { showFrame } from '#app/domain/divisions/show-frame.server.ts'
import { showHome } from '#app/domain/divisions/show-home.server.ts'
import { listListings } from '#db/repositories/listings.ts'
import { test } from '#tests/support/database.ts'
import { CHANGCHUN } from '#tests/support/factories.ts'
import { aTender, contextsOf, withBidders } from '#tests/support/tenders.ts'

const FAR = 1000

test('the front page counts as demandable what the list itself calls demandable', async ({ db, context }) => {
  const home = await showHome(context())
  const on = new Date(home.at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const standing = await listListings(db, { divisionCode: CHANGCHUN, on, limit: FAR })
  expect(home.figures.listings).toBe(standing.filter(({ details }) => !details.sample).length)
  expect(home.figures.demandable).toBe(standing.filter((listing) => !listing.details.sample && isDemandable(headlineOf(listing, on))).length)
  expect(home.figures.demandable).toBeGreaterThan(0)
})

test('an empty market shows empty lists and no error', async ({ context }) => {
  expect(await showHome(context())).toMatchObject({ notices: [], results: [], figures: { open: 0, awards: 0 } })
})

test('the frame stands even where no checkpoint has been signed', async ({ context }) => {
  expect(await showFrame(context())).toMatchObject({ checkpoint: null })
})

test('a notice on the front page says where it stands, not only that its time is over', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stages = [await aTender(database, make), await aTender(database, make)]
  await withBidders(database, make, stages[1]!, 3)
  // Both were published in the same millisecond, so that which stands first is left open.
  const states = async () => (await showHome(context())).notices.map(({ state }) => state).sort()
  expect(await states()).toEqual(['open', 'open'])
  clock.set(new Date(Math.max(...stages.map(({ tender }) => tender.publication.closesAt.getTime()))))
  expect(await states()).toEqual(['closing', 'closing'])
  for (const { owner, tender } of stages) await attendTender(make(owner), { id: tender.id })
  expect(await states()).toEqual(['failed', 'frozen'])
})

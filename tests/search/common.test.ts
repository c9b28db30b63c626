import { expect } from 'vitest'
import { findAnything } from '#app/domain/search/find-anything.server.ts'
import type { Kind } from '#app/domain/search/found.ts'
import { readQuestion } from '#search/question.ts'
import { openSearch } from '#search/search.ts'
import { reindex } from '#search/reindex.ts'
import { testApart as test, type TestDatabase } from '#tests/support/database.ts'

const MANY = 20_000
const RARE = '霁月湖'

/** So many tenders and results, all of them with one word, and every thousandth with a rare one. */
async function fill({ owner, app }: TestDatabase): Promise<void> {
  await reindex(app, openSearch(app))
  await owner.raw(
    `insert into search_documents (kind, id, subject, title, code, name, aliases, latin, words, spaced, facets, labels, newest, closes_at, outcome, shown)
     select case when n % 2 = 0 then 'tender' else 'result' end, 'SYN-' || n, 'SYN-' || n, '绿园区第' || n || '号工程', 'syn' || n, '绿园区第' || n || '号工程', '{}', ' syn' || n || ' ',
            cast('''工程'':1A ''绿园区'':2A' || case when n % 1000 < 2 then ' ' || :rare else '' end as tsvector), '绿园区 工程', '{}', '{}', timestamptz '2026-01-01Z' + n * interval '1 minute', timestamptz '2026-02-01Z', 'awarded',
            jsonb_build_object('number', 'SYN-' || n, 'service', '勘察', 'owner', null, 'winner', null, 'endedAt', '2026-02-01T00:00:00Z', 'closesAt', '2026-02-01T00:00:00Z', 'ceilingFen', 1, 'direct', false)
       from generate_series(1, ${MANY}) as n`,
    { rare: readQuestion(RARE).words.map((word, place) => `'${word}':${place + 3}A`).join(' ') },
  )
  await owner.raw('vacuum analyze search_documents')
}

/** That all of them are not ranked is what keeps a search within a tenth of a second; tests/bench/search.ts measures it. */
test('a word that stands nearly everywhere is ranked among the newest, and says so; a rare one is ranked whole', async ({ context, database }) => {
  await fill(database)
  const find = (text: string, kind: Kind | null) => findAnything(context(), { text, kind, filters: {}, page: 1 })
  const common = await find('工程', 'tender')
  expect(common).toMatchObject({ common: true, counts: { tender: 1001, result: 1001 }, total: 1001 })
  // Among equals the newest comes first, as if all had been ranked.
  expect(common.lines.slice(0, 3).map(({ id }) => id)).toEqual([`SYN-${MANY}`, `SYN-${MANY - 2}`, `SYN-${MANY - 4}`])
  // A name that begins with it is older than all of them, and still the first.
  const named = await find('工程', 'service')
  expect(named.lines[0]!.title).toMatch(/^工程/)
  const rare = await find(RARE, 'tender')
  expect(rare).toMatchObject({ common: false, total: MANY / 1000, counts: { tender: MANY / 1000, result: MANY / 1000 } })
})

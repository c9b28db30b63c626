import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sealing } from '#app/words/en/sealing.ts'
import { auctionBundle, FURTHER, GIVEN } from '#tests/support/auctioned.ts'
import { runCommand } from '#tests/support/commands.ts'
import { drawnBundle } from '#tests/support/drawn.ts'
import { meritBundle } from '#tests/support/judged.ts'
import { listedBundle } from '#tests/support/listed.ts'
import { namedBundle } from '#tests/support/named.ts'
import { pricedBundle } from '#tests/support/priced.ts'
import { verifyBundle } from '../bin/verify/at-once.ts'

const text = readFileSync('docs/verification.md', 'utf8')

/** The whole bundles among the vectors, each with a sentence of the command that only such a one brings about. */
const BUNDLES = {
  random: 'draw no. 1',
  'lowest-price': 'the lowest price first',
  'average-price': 'the price nearest to the mean from below first',
  'live-auction': 'live-auction',
  'credit-shortlist': 'credit-shortlist',
  direct: 'was named and accepted',
  merit: 'Counting the points of price and plan again',
  'two-keys': 'Put together again, 2 of the right shares',
  'electronic-lot': 'equal ones by the electronic lot of their numbers',
  'further-rounds': 'Further rounds were given once for an outage',
  witnesses: 'a citizen by the platform’s word',
}

/** Every name that some object of a tree gives to a member. */
function namesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return []
  return Array.isArray(value) ? value.flatMap(namesIn) : Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
}

test('the page that is enough to write a verifier names every member that a verifier reads, every method and every reason', async () => {
  const priced = await pricedBundle()
  const { procedure, title: _title, ...published } = priced.publication.facts as { procedure: Record<string, unknown>; title: string }
  const { rules, method, minimumBidders, drawDelay, quote, lowQuote } = procedure
  const read = { ...priced, publication: { ...priced.publication, facts: { ...published, procedure: { rules, method, minimumBidders, drawDelay, quote, lowQuote } } } }
  const missing = [...new Set([...namesIn(read), ...[drawnBundle(), auctionBundle({ calls: FURTHER, given: GIVEN }), listedBundle({ held: true }), namedBundle({ declined: true }), await meritBundle({ plans: 'opened' })].flatMap((bundle) => namesIn({ ...bundle, publication: null }))])].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))
  expect(missing).toEqual([])
  for (const word of [...Object.keys(sealing.invalid), ...Object.keys(sealing.low), 'random', 'lowest-price', 'average-price', 'live-auction', 'credit-shortlist', 'merit', 'direct', priced.format]) expect(text, word).toContain(`\`${word}\``)
})

test('the vectors that it names are there, and the whole bundles among them verify, by command too', async () => {
  expect(readdirSync('docs/vectors').filter((file) => file.startsWith('bundle-'))).toEqual(Object.keys(BUNDLES).map((name) => `bundle-${name}.json`).sort())
  const named = [...text.matchAll(/`(?:docs\/vectors\/)?([\w-]+\.json)`/g)].map(([, file]) => file!)
  for (const file of readdirSync('docs/vectors')) expect(named).toContain(file)
  for (const [name, sentence] of Object.entries(BUNDLES)) {
    const file = `docs/vectors/bundle-${name}.json`
    expect(verifyBundle(readFileSync(file, 'utf8')).faults, file).toEqual([])
    const { code, output } = await runCommand('bin/verify.ts', [file], {})
    expect([code, output], file).toEqual([0, expect.stringContaining('Everything holds together')])
    expect(output, file).toContain(sentence)
  }
})

import { expect, test } from 'vitest'
import type { Share } from '#app/domain/bids/release.ts'
import type { HolderName } from '#app/domain/tenders/two-keys-rule.ts'
import { changed, expectFlipsNamed } from '#tests/support/flipped.ts'
import { bidNo, failedBundle, pricedBundle, type Forgery } from '#tests/support/priced.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'
import { zh } from '../../bin/verify/sentences-zh.ts'
import { combined } from '../../bin/verify/shares.ts'

type Shown = { holder: HolderName; shares: Share[] }
const faultsOf = (bundle: object) => verifyBundle(JSON.stringify(bundle)).faults
const fieldsOf = (bundle: object) => faultsOf(bundle).map(({ field }) => field)
const inShares = (forged: Forgery = {}) => pricedBundle({ inShares: true, forged })
const showing = (change: (shown: Shown) => Shown): Forgery => ({ released: ([owner, regulator]) => [change(owner!), regulator!] })
const spoilt = ({ bid, share, salt }: Share): Share => ({ bid, salt, share: (share.startsWith('0') ? '1' : '0') + share.slice(1) })

test('bids that were sealed in shares open again with what two holders showed, and the header must say so', async () => {
  const bundle = await inShares()
  expect(bundle.steps.opened.map(({ outcome }) => outcome)).toEqual(['valid', 'valid', 'valid', 'valid', 'invalid'])
  const { passed, faults } = verifyBundle(JSON.stringify(bundle))
  expect(faults).toEqual([])
  expect(passed.map(({ sentence }) => sentence)).toContain('Put together again, 2 of the right shares give the published key of every bid that has one, and of the others none.')
  expect(passed.map(({ value }) => value)).toContain('owner 5/5\nregulator 5/5')
  expect(verifyAtOnce({ bundle: JSON.stringify(bundle) }, { keys: [] }, zh).passed.length).toBe(passed.length)
  expect(fieldsOf(changed(bundle, ['steps', 'opened', '0', 'envelope', 'parts', '0', 'header', 'threshold'], 3))[0]).toBe('/steps/opened/0/envelope')
  expect(fieldsOf(await inShares({ threshold: 3 }))[0]).toBe('/steps/opened/0/envelope/parts/0/header/threshold')
})

test('one flipped bit in any value of what was shown is refused, and the field that is named holds it', async () => {
  const bundle = await inShares(showing(({ holder, shares }) => ({ holder, shares: shares.map((share, place) => (place === 1 ? spoilt(share) : share)) })))
  expect(faultsOf(bundle)).toEqual([])
  expectFlipsNamed(bundle, faultsOf, { least: 90, among: (way) => way[1] === 'releases' || way[1] === 'released' || way[2] === 'releases' || way[3] === 'holders' || (way[1] === 'opened' && way[2] === '1') || way.includes('sealing') })
})

test('a wrong share names its holder and leaves the bid without a key; a missing one names who is missing', async () => {
  const wrong = await inShares(showing(({ holder, shares }) => ({ holder, shares: shares.map((share) => (share.bid === bidNo(2) ? spoilt(share) : share)) })))
  expect(wrong.steps.opened[2]).toMatchObject({ outcome: 'invalid', reason: 'share-wrong', holders: ['owner'], keys: {} })
  expect(faultsOf(wrong)).toEqual([])
  const missing = await inShares(showing(({ holder, shares }) => ({ holder, shares: shares.filter(({ bid }) => bid !== bidNo(2)) })))
  expect(missing.steps.opened[2]).toMatchObject({ outcome: 'invalid', reason: 'shares-missing', holders: ['platform', 'owner'] })
  expect(faultsOf(missing)).toEqual([])
  const failed = await failedBundle({ inShares: true, sent: [{ kind: 'money', fen: 100 }, { kind: 'money', fen: 200 }, { kind: 'money', fen: 300 }], forged: showing(({ holder, shares }) => ({ holder, shares: shares.map(spoilt) })) })
  expect(failed.steps.opened.map(({ reason }) => reason)).toEqual(['share-wrong', 'share-wrong', 'share-wrong'])
  expect(faultsOf(failed)).toEqual([])
})

test('a platform that keeps a price back whose shares are there, shows a holder twice, or drops what one showed is refused', async () => {
  const kept = (reason: 'share-wrong' | 'shares-missing' | 'other-commitment'): Forgery => ({ opened: (opened) => opened.map((each, place) => (place === 0 ? { ...each, keys: {}, offer: null, outcome: 'invalid', reason } : each)) })
  for (const reason of ['share-wrong', 'shares-missing', 'other-commitment'] as const) expect(fieldsOf(await inShares(kept(reason)))[0]).toBe('/steps/opened/0/keys')
  expect(fieldsOf(await inShares({ opened: (opened) => opened.map((each, place) => (place ? each : { ...each, holders: ['owner'] })) }))[0]).toBe('/steps/opened/0/holders')
  const bundle = await inShares()
  const { releases, released, ...steps } = bundle.steps
  expect(fieldsOf({ ...bundle, steps })[0]).toBe('/steps/releases')
  expect(fieldsOf({ ...bundle, steps: { ...bundle.steps, released: released!.slice(1) } })[0]).toBe('/steps/released')
  expect(fieldsOf({ ...bundle, steps: { ...bundle.steps, releases: [releases![0], releases![0]], released: [released![0], released![0]] } })).not.toEqual([])
  const alone = await pricedBundle()
  expect(fieldsOf({ ...alone, steps: { ...alone.steps, releases, released } })).not.toEqual([])
})

test('shares of a published example give its secret, whichever are taken', async () => {
  const { split } = await import('shamir-secret-sharing')
  const secret = Uint8Array.from({ length: 32 }, (_, place) => place * 7)
  const shares = await split(secret, 5, 3)
  for (const some of [[0, 1, 2], [4, 2, 0], [1, 3, 4]]) expect(combined(some.map((place) => shares[place]!))).toEqual(secret)
  expect(combined([shares[0]!, shares[0]!, shares[1]!])).toBeUndefined()
})

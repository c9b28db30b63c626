import { split } from 'shamir-secret-sharing'
import { expect, test } from 'vitest'
import { readEnvelope, type EnvelopeFault } from '#app/domain/bids/envelope.ts'
import { openBid } from '#app/domain/bids/opened.ts'
import { recoverKey, sealBid, sealWithKeys, shareHash, type Envelope, type SealedPart } from '#app/domain/bids/seal.ts'
import { combineShares, isPromised, recoverShare, sealInShares, type HeldShare } from '#app/domain/bids/two-keys.ts'
import { canonical } from '#app/domain/ledger/canonical.ts'
import { sealingKey } from '#app/domain/ledger/sealing-key.ts'
import type { SealedProcedure } from '#app/domain/tenders/procedure.ts'

const TENDER = 'MD-220100-2026-000001'
const BID = '0b9f4a3e-3c1d-4b60-9f0a-2f6e6c1f0a11'
const USCC = '91220100MA0000000X'
const NAMES = ['platform', 'owner', 'regulator'] as const
const KEYS = Object.fromEntries(NAMES.map((id, place) => [id, sealingKey({ drawSeed: Buffer.alloc(32, place + 1) }, TENDER)])) as Record<(typeof NAMES)[number], ReturnType<typeof sealingKey>>
const holders = NAMES.map((id) => ({ id, publicKey: KEYS[id].publicKey }))
const about = { tender: TENDER, rules: 'lowest-price/v1', bid: BID, uscc: USCC }
const offer = { tender: TENDER, bid: BID, uscc: USCC, quote: { kind: 'money', fen: 12_345 }, contribution: '', salt: '0'.repeat(32) }
const ground = { tender: TENDER, procedure: { quote: { kind: 'money' } } as unknown as SealedProcedure, ceilingFen: 50_000_00 }

const sealed = () => sealInShares({ offer }, { ...about, holders, threshold: 2 })
const partOf = (envelope: string) => (JSON.parse(envelope) as Envelope).parts[0]!
const held = async (part: SealedPart, id: (typeof NAMES)[number]) => (await recoverShare(part, { id, privateKey: KEYS[id].privateKey }))!
const open = (body: string, shares: HeldShare[]) => openBid({ id: BID, body, uscc: USCC }, { ...ground, shares })
const changed = (share: HeldShare): HeldShare => ({ ...share, share: share.share.map((byte, at) => (at ? byte : byte ^ 1)) })

test('any two of three holders open a bid together, and the third is not needed', async () => {
  const { envelope, keys } = await sealed()
  const part = partOf(envelope)
  expect(part.header).toMatchObject({ mode: 'two-keys', threshold: 2, holders: NAMES, shares: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String), expect.any(String)] })
  const [platform, owner, regulator] = [await held(part, 'platform'), await held(part, 'owner'), await held(part, 'regulator')]
  for (const pair of [[platform, owner], [owner, regulator], [regulator, platform]]) {
    expect(await combineShares(part, pair)).toEqual({ key: keys.offer, wrong: [] })
    expect(await open(envelope, pair)).toMatchObject({ outcome: 'valid', amountFen: 12_345, keys: { offer: Buffer.from(keys.offer!).toString('hex') } })
  }
  expect(await open(envelope, [platform, owner, regulator])).not.toHaveProperty('holders')
})

test('one holder alone learns nothing, not even with the other holder of the default mode', async () => {
  const { envelope } = await sealed()
  const part = partOf(envelope)
  for (const id of NAMES) {
    expect(await recoverKey(part, { id, privateKey: KEYS[id].privateKey })).toBeNull()
    expect(await combineShares(part, [await held(part, id)])).toEqual({ fault: 'shares-missing', holders: NAMES.filter((name) => name !== id) })
    expect(await openBid({ id: BID, body: envelope, uscc: USCC }, { ...ground, holder: { id, privateKey: KEYS[id].privateKey } })).toMatchObject({ outcome: 'invalid', reason: 'key-not-recovered' })
  }
  // The same share twice is one share.
  const platform = await held(part, 'platform')
  expect(await combineShares(part, [platform, platform])).toMatchObject({ fault: 'shares-missing' })
  expect(await recoverShare(part, { id: 'owner', privateKey: KEYS.platform.privateKey })).toBeNull()
})

test('a wrong share names its holder: with two right ones the bid opens all the same, with one it does not', async () => {
  const { envelope, keys } = await sealed()
  const part = partOf(envelope)
  const [platform, owner, regulator] = [await held(part, 'platform'), await held(part, 'owner'), await held(part, 'regulator')]
  expect(await open(envelope, [platform, changed(owner)])).toMatchObject({ outcome: 'invalid', reason: 'share-wrong', holders: ['owner'], keys: {} })
  expect(await open(envelope, [platform, changed(owner), regulator])).toMatchObject({ outcome: 'valid', holders: ['owner'] })
  // A share of another bid, another holder's share under one's own name, and a salt of one's own are wrong too.
  const other = await held(partOf((await sealed()).envelope), 'owner')
  for (const wrong of [other, { ...regulator, holder: 'owner' }, { ...owner, salt: new Uint8Array(16) }, { ...owner, holder: 'stranger' }]) {
    expect(await combineShares(part, [platform, wrong])).toEqual({ fault: 'share-wrong', holders: [wrong.holder] })
  }
  expect(await combineShares(part, [platform, changed(owner), owner])).toEqual({ key: keys.offer, wrong: [] })
  expect(await isPromised(part, owner)).toBe(true)
})

/** What a bidder of bad will can seal: shares of its own making, whose hashes it promises honestly. */
async function crooked(deal: (key: Uint8Array) => Promise<Uint8Array[]>): Promise<string> {
  const salt = new Uint8Array(16)
  const { envelope } = await sealWithKeys({ offer }, {
    ...about, holders,
    deal: async (key) => {
      const shares = await deal(Uint8Array.from(key))
      return { header: { mode: 'two-keys', threshold: 2, shares: await Promise.all(shares.map((share) => shareHash(share, salt))) }, secrets: shares.map((share) => Uint8Array.from([...salt, ...share])) }
    },
  })
  return envelope
}

test('shares that are what the bidder promised, and make no key that it promised, are the bidder’s fault and name no holder', async () => {
  const body = await crooked(() => split(new Uint8Array(32).fill(9), 3, 2))
  const part = partOf(body)
  const all = [await held(part, 'platform'), await held(part, 'owner'), await held(part, 'regulator')]
  expect(await open(body, all)).toMatchObject({ outcome: 'invalid', reason: 'other-commitment', holders: [] })
  // Shares that fit for some and not for others open whenever enough that fit are there.
  const mixed = await crooked(async (key) => [...(await split(key, 3, 2)).slice(0, 2), (await split(new Uint8Array(32).fill(9), 3, 2))[2]!])
  const part2 = partOf(mixed)
  const [platform, owner, regulator] = [await held(part2, 'platform'), await held(part2, 'owner'), await held(part2, 'regulator')]
  expect(await open(mixed, [regulator, platform, owner])).toMatchObject({ outcome: 'valid', amountFen: 12_345 })
  expect((await open(mixed, [regulator, platform])).outcome).toBe('invalid')
  // What is no share at all blocks nobody either.
  const short = await crooked(async () => [new Uint8Array(1), new Uint8Array(1), new Uint8Array(1)])
  const some = await Promise.all(NAMES.map((id) => held(partOf(short), id)))
  expect(await open(short, some)).toMatchObject({ outcome: 'invalid', reason: 'other-commitment' })
})

test('an envelope is in shares exactly where the publication says so, for its holders and its threshold', async () => {
  const { envelope } = await sealed()
  const read = (text: string, sealing: { holders: typeof holders; threshold?: number }) => {
    const found = readEnvelope(text, { ...about, sealing: { suite: 'intl-1', ...sealing }, parts: ['offer'] })
    return 'fault' in found ? found.fault : null
  }
  expect(read(envelope, { holders, threshold: 2 })).toBeNull()
  const whole = await sealBid({ offer }, { ...about, holders })
  expect(read(whole, { holders })).toBeNull()
  const header = (changes: object) => {
    const { format, parts: [part] } = JSON.parse(envelope) as Envelope
    return canonical({ format, parts: [{ ...part!, header: { ...part!.header, ...changes } }] } as never)
  }
  const cases: [string, Parameters<typeof read>[1], EnvelopeFault][] = [
    // Nobody can seal in shares for a tender of one key: such a tender has nobody to put them together.
    [envelope, { holders }, 'other-holders'],
    [whole, { holders, threshold: 2 }, 'other-holders'],
    [envelope, { holders, threshold: 3 }, 'other-holders'],
    [envelope, { holders: holders.slice(0, 2), threshold: 2 }, 'other-holders'],
    [header({ shares: ['0'.repeat(64), '1'.repeat(64)] }), { holders, threshold: 2 }, 'other-holders'],
    [header({ threshold: 1 }), { holders, threshold: 2 }, 'malformed'],
    [header({ shares: ['x', 'y', 'z'] }), { holders, threshold: 2 }, 'malformed'],
    [header({ mode: 'one-key' }), { holders, threshold: 2 }, 'malformed'],
  ]
  for (const [text, sealing, fault] of cases) expect(read(text, sealing)).toBe(fault)
  for (const threshold of [0, 1, 4, 1.5]) await expect(sealInShares({ offer }, { ...about, holders, threshold })).rejects.toThrow(RangeError)
})

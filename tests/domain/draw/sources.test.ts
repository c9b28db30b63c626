import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { awaitedValue, isLate } from '#app/domain/draw/awaited.ts'
import { drawKey, orderOf, type DrandBeacon, type LotteryBeacon } from '#app/domain/draw/draw.ts'
import { QUICKNET, roundFrom, timeOfRound } from '#app/domain/draw/drand.ts'
import { isRoundSigned, randomnessOf } from '#app/domain/draw/drand-proof.ts'
import { drawDayFrom, drawnAt, drumsOf, isDrawDay, isIssueOf } from '#app/domain/draw/lottery.ts'
import { lotteryValue, orderByRfc3797, orderUnder, publicKeyOf } from '#app/domain/draw/order.ts'
import { attemptOf, isSameReading, mustFit, ReadingForm } from '#app/domain/draw/reading.ts'
import { DrawTerms, drawTerms } from '#app/domain/draw/terms.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { testKeyring } from '#tests/support/keyring.ts'
import { sharedData } from '#tests/support/shared-data.ts'

type Round = { round: number; signature: string; randomness: string; time: number }
const published = sharedData<{ quicknet: { info: { public_key: string; period: number; genesis_time: number; hash: string; schemeID: string }; rounds: Round[] } }>('drand/vectors.json')
const beijing = (text: string) => new Date(`${text}+08:00`)

describe.skipIf(!published)('drand’s own vectors', () => {
  const { info, rounds } = published!.quicknet

  test('what is pinned is what drand says of quicknet', () => {
    expect(QUICKNET).toEqual({ chain: info.hash, publicKey: info.public_key, genesis: info.genesis_time, period: info.period, scheme: info.schemeID })
  })

  test.each(rounds)('round $round is signed, appears when it should, and its value is the hash of its signature', ({ round, signature, randomness, time }) => {
    expect(isRoundSigned(round, signature)).toBe(true)
    expect(randomnessOf(signature)).toBe(randomness)
    expect(timeOfRound(round).getTime() / 1000).toBe(time)
    expect(isRoundSigned(round + 1, signature)).toBe(false)
  })

  test('a signature with any other byte, length or sign is none', () => {
    const [{ round, signature }] = rounds as [Round]
    for (let at = 0; at < 96; at += 7) expect(isRoundSigned(round, signature.slice(0, at) + (signature[at] === '0' ? '1' : '0') + signature.slice(at + 1)), String(at)).toBe(false)
    for (const wrong of ['', signature.slice(2), `${signature}00`, 'zz'.repeat(48), '00'.repeat(48), `c0${'00'.repeat(47)}`]) expect(isRoundSigned(round, wrong), wrong).toBe(false)
  })
})

test('the round is the first at or after the published instant, and strictly after the checkpoint', () => {
  const at = timeOfRound(5_000_000)
  const ms = (n: number) => new Date(at.getTime() + n)
  expect([roundFrom(ms(0)), roundFrom(ms(1)), roundFrom(ms(-1)), roundFrom(ms(3000))]).toEqual([5_000_000, 5_000_001, 5_000_000, 5_000_001])
  expect([roundFrom(ms(0), ms(-1)), roundFrom(ms(0), ms(0)), roundFrom(ms(0), ms(2999)), roundFrom(ms(0), ms(3000)), roundFrom(ms(0), ms(-60_000))]).toEqual([5_000_000, 5_000_001, 5_000_001, 5_000_002, 5_000_000])
  expect(roundFrom(new Date(0))).toBe(1)
})

test('terms fix the round at publication, and the game of a lottery', () => {
  const times = { tender: 'MD-1', closesAt: beijing('2026-11-20T10:00:00'), drawsAfter: beijing('2026-11-20T11:00:00') }
  const drand = DrawTerms.parse(drawTerms(testKeyring(), { ...times, randomness: { source: 'drand', rules: 'rfc3797' } }))
  expect(drand).toMatchObject({ source: 'drand', rules: 'rfc3797', chain: QUICKNET.chain, round: roundFrom(times.drawsAfter) })
  expect(DrawTerms.parse(drawTerms(testKeyring(), { ...times, randomness: { source: 'lottery', game: 'dlt', rules: 'mingdan-draw/v1' } }))).toMatchObject({ source: 'lottery', game: 'dlt' })
  expect(() => DrawTerms.parse({ ...drand, chain: '00'.repeat(32) })).toThrow()
  expect(() => DrawTerms.parse({ ...drand, source: 'local' })).toThrow()
})

test('the lottery’s day is the first whose draw nobody can know yet, at the published instant and at the checkpoint', () => {
  // 20 November 2026 is a Friday: neither game is drawn.
  expect(drawDayFrom('ssq', beijing('2026-11-20T11:00:00'))).toBe('2026-11-22')
  expect(drawDayFrom('dlt', beijing('2026-11-20T11:00:00'))).toBe('2026-11-21')
  expect(drawDayFrom('ssq', beijing('2026-11-22T20:00:00'))).toBe('2026-11-22')
  expect(drawDayFrom('ssq', beijing('2026-11-22T20:00:01'))).toBe('2026-11-24')
  expect(drawDayFrom('ssq', beijing('2026-11-22T10:00:00'), beijing('2026-11-22T21:00:00'))).toBe('2026-11-24')
  expect(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-26'].map((day) => isDrawDay('ssq', day))).toEqual([true, false, true, true])
})

test('what a game cannot have drawn is no reading', () => {
  expect(drumsOf('ssq', [[33, 1, 5, 18, 9, 26], [7]])).toEqual([[1, 5, 9, 18, 26, 33], [7]])
  for (const wrong of [[[1, 2, 3, 4, 5], [7]], [[1, 1, 2, 3, 4, 5], [7]], [[0, 1, 2, 3, 4, 5], [7]], [[1, 2, 3, 4, 5, 34], [7]], [[1, 2, 3, 4, 5, 6], [17]], [[1, 2, 3, 4, 5, 6]], [[1.5, 2, 3, 4, 5, 6], [7]]]) expect(drumsOf('ssq', wrong), JSON.stringify(wrong)).toBeNull()
  expect([isIssueOf('ssq', '2026123', '2026-11-22'), isIssueOf('ssq', '2025123', '2026-11-22'), isIssueOf('ssq', '2026000', '2026-11-22'), isIssueOf('dlt', '26123', '2026-11-21'), isIssueOf('dlt', '2026123', '2026-11-21')]).toEqual([true, false, false, true, false])
  expect(ReadingForm.parse({ issue: '２０２６１２３', day: '2026-11-22', front: '01、05，09 18/26 33', back: '07' })).toMatchObject({ issue: '2026123', front: [1, 5, 9, 18, 26, 33], back: [7] })
})

test('a reading of another draw is refused, and a later one needs the announcement of a pause', () => {
  const awaited = awaitedValue({ source: 'lottery', game: 'ssq', from: beijing('2026-11-20T11:00:00'), coveredAt: beijing('2026-11-20T10:30:00') })
  if (awaited.source !== 'lottery') throw new Error('Not a lottery.')
  expect(awaited).toMatchObject({ day: '2026-11-22', moved: false, covered: true, at: drawnAt('2026-11-22') })
  const good = { issue: '2026123', day: '2026-11-22', numbers: [[33, 1, 5, 18, 9, 26], [7]], pause: '' }
  const code = (change: Partial<typeof good>, at = beijing('2026-11-25T09:00:00')) => {
    try {
      mustFit({ ...good, ...change }, awaited, at)
      return null
    } catch (error) {
      return isRefusal(error) ? error.code : String(error)
    }
  }
  expect([code({}), code({ day: '2026-11-19' }), code({ day: '2026-11-23' }), code({ day: '2026-11-24' }), code({ day: '2026-11-24', pause: '财政部公告：休市' }), code({ issue: '26123' }), code({ numbers: [[1], [2]] })]).toEqual([null, 'beacon.other-draw', 'beacon.other-draw', 'beacon.pause-missing', null, 'beacon.issue-wrong', 'beacon.numbers-wrong'])
  expect(code({}, beijing('2026-11-22T21:29:59'))).toBe('beacon.too-early')
  expect(mustFit({ ...good, pause: '没有休市' }, awaited, beijing('2026-11-25T09:00:00'))).toEqual({ ...good, numbers: [[1, 5, 9, 18, 26, 33], [7]], pause: '' })
  expect([attemptOf([]), attemptOf([1]), attemptOf([1, 2]), attemptOf([1, 2, 3])]).toEqual([1, 1, 2, 2])
  expect([isSameReading(good, { ...good, pause: 'x' }), isSameReading(good, { ...good, issue: '2026124' })]).toEqual([true, false])
  expect([isLate(awaited, beijing('2026-11-23T21:30:00')), isLate(awaited, beijing('2026-11-23T21:30:01'))]).toEqual([false, true])
})

type Rfc = { vectors: { name: string; sources: string[][]; key: string; pool: string[]; steps?: { md5: string; selected: number }[] }[] }
const rfc = sharedData<Rfc>('rfc3797/vectors.json')

test.skipIf(!rfc)('an order by RFC 3797 follows the RFC’s worked example, on a pool that is sorted', () => {
  const [{ sources, key, pool, steps }] = rfc!.vectors as [Rfc['vectors'][number]]
  const beacon: LotteryBeacon = { source: 'lottery', at: '2026-11-20T03:00:00.000Z', game: 'ssq', issue: '2026123', day: '2026-11-22', numbers: sources.map((source) => source.map(Number)), value: '' }
  expect(publicKeyOf(beacon)).toBe(key)
  const order = orderByRfc3797(beacon, pool)
  const sorted = [...pool].sort()
  expect(order.slice(0, steps!.length).map(({ label, position }) => [label, position.toUpperCase()])).toEqual(steps!.map(({ md5, selected }) => [sorted[selected - 1], md5]))
  expect(orderByRfc3797(beacon, pool.toReversed())).toEqual(order)
})

type Vectors = {
  tender: string; secret: string; poolRoot: string; labels: string[]
  rounds: { drawsAfter: string; covered: string | null; round: number; at: string }[]
  drand: { beacon: DrandBeacon; prk: string; order: object[] }
  lottery: { beacon: LotteryBeacon; key: string; prk: string; order: object[] }
  rfc3797: { beacon: DrandBeacon | LotteryBeacon; key: string; order: object[] }[]
}
const ours = JSON.parse(readFileSync('docs/vectors/draw-sources-v1.json', 'utf8')) as Vectors

test('our published vectors of the whole construction, with a beacon of each source', () => {
  for (const { drawsAfter, covered, round, at } of ours.rounds) {
    expect(roundFrom(new Date(drawsAfter), covered === null ? null : new Date(covered))).toBe(round)
    expect(timeOfRound(round).toISOString()).toBe(at)
  }
  const { tender, poolRoot, labels } = ours
  const secret = Buffer.from(ours.secret, 'hex')
  for (const { beacon, prk, order } of [ours.drand, ours.lottery]) {
    const key = drawKey({ beacon, poolRoot, tender, rules: 'mingdan-draw/v1' }, secret)
    expect(key.toString('hex')).toBe(prk)
    expect(orderOf(key, 'pool', labels)).toEqual(order)
    expect(orderUnder({ beacon, poolRoot, tender, rules: 'mingdan-draw/v1', secret, purpose: 'pool', labels })).toEqual(order)
  }
  expect(isRoundSigned(ours.drand.beacon.round, ours.drand.beacon.signature)).toBe(true)
  expect(randomnessOf(ours.drand.beacon.signature)).toBe(ours.drand.beacon.value)
  expect([publicKeyOf(ours.lottery.beacon), lotteryValue(ours.lottery.beacon.numbers)]).toEqual([ours.lottery.key, ours.lottery.beacon.value])
  for (const { beacon, key, order } of ours.rfc3797) {
    expect(publicKeyOf(beacon)).toBe(key)
    expect(orderUnder({ beacon, poolRoot, tender, rules: 'rfc3797', secret, purpose: 'pool', labels })).toEqual(order)
  }
})

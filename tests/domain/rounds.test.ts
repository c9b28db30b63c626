import { expect, test, vi } from 'vitest'
import { keepRound } from '#app/rounds/keep-round.ts'

const log = () => ({ error: vi.fn(), info: vi.fn() })
const patience = { newTrace: () => 'trace', random: () => 0.5 }

test('a round that fails is slowed down, tried again, and says when it runs again', async () => {
  const stop = new AbortController()
  const [spoken, began] = [log(), Date.now()]
  const calls: number[] = []
  const run = vi.fn(async () => {
    calls.push(Date.now() - began)
    if (calls.length <= 3) throw new Error('the database is away')
    if (calls.length === 5) stop.abort()
    return { again: false }
  })
  await keepRound({ name: 'clock', everyMs: 10, run }, { ...patience, signal: stop.signal, log: spoken })
  expect(spoken.error.mock.calls.map(([facts]) => facts.waitMs)).toEqual([20, 40, 80])
  expect(spoken.info).toHaveBeenCalledOnce()
  expect(calls[3]! - calls[2]!).toBeGreaterThanOrEqual(70)
})

test('a round with more to do goes on at once, and a stop ends it without waiting', async () => {
  const stop = new AbortController()
  let left = 5
  const run = async () => ({ again: --left > 0 })
  setTimeout(() => stop.abort(), 50)
  // A round that slept its minute out would outlast the test.
  await keepRound({ name: 'ledger', everyMs: 60_000, run }, { ...patience, signal: stop.signal, log: log() })
  expect(left).toBe(0)
})

import { createHash, createHmac } from 'node:crypto'
import { drawKey, orderOf, poolRoot, type PoolLeaf } from '#app/domain/draw/draw.ts'
import { median } from './pairs.ts'

/** A city's usual draw, again and again, and the largest that anybody may think of. */
const SIZES = [{ draws: 1_000, labels: 100 }, { draws: 10, labels: 10_000 }] as const

export type DrawFigure = { draws: number; labels: number; milliseconds: number; perDraw: number; p99: number; ratio: number }

/**
 * Draws pools from their frozen leaves to the whole order, and beside each the least that any draw of this construction
 * must do: an HMAC a label and a sort.
 */
export function measureDraws(): DrawFigure[] {
  return SIZES.map(measure)
}

function measure({ draws, labels }: { draws: number; labels: number }): DrawFigure {
  const ours: number[] = []
  const least: number[] = []
  for (let number = 0; number < draws; number++) {
    const pool = poolOfBids(number, labels)
    ours.push(timed(() => drawWhole(number, pool)))
    least.push(timed(() => sortedHmacs(number, pool)))
  }
  const sorted = [...ours].sort((a, b) => a - b)
  const milliseconds = ours.reduce((sum, one) => sum + one, 0)
  return { draws, labels, milliseconds, perDraw: median(ours), p99: sorted[Math.floor(draws * 0.99)]!, ratio: median(least) / median(ours) }
}

function drawWhole(number: number, pool: PoolLeaf[]) {
  const root = poolRoot(pool).toString('hex')
  const key = drawKey({ beacon: { source: 'local', at: '2026-11-20T10:00:00.000Z', value: root }, poolRoot: root, tender: `T-${number}`, rules: 'mingdan-draw/v1' }, Buffer.alloc(32, 7))
  return orderOf(key, 'pool', pool.map(({ label }) => label!))
}

function sortedHmacs(number: number, pool: PoolLeaf[]) {
  const key = Buffer.alloc(32, number)
  return pool.map(({ label }) => createHmac('sha256', key).update(label!).digest()).sort(Buffer.compare)
}

function poolOfBids(number: number, labels: number): PoolLeaf[] {
  return Array.from({ length: labels }, (_, place) => ({
    bid: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    bidHash: createHash('sha256').update(`${number} ${place}`).digest('hex'),
    label: `91220100MA${String(place).padStart(8, '0')}`,
    receivedAt: '2026-11-20T02:00:00.000Z',
    standing: 'eligible' as const,
    reasons: [],
  }))
}

function timed(work: () => unknown): number {
  const began = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - began) / 1e6
}

import { z } from 'zod'
import type { Context } from '#app/domain/context.ts'
import { listAwaiting } from '#db/views/awaited-values.ts'
import { awaitedValue } from './awaited.ts'
import { QUICKNET } from './drand.ts'
import { isRoundSigned } from './drand-proof.ts'
import { takeRound } from './take-round.server.ts'

/** How long one mirror may take before the next is asked. */
const PATIENCE = 4_000
const MOST_SIGNS = 4_096

const Answer = z.object({ round: z.int().positive(), signature: z.string().regex(/^[0-9a-f]{96}$/) })

/** What one visit brought: rounds that were taken, and what mirrors did instead of answering. */
export type Fetched = { taken: number; missing: { round: number; mirror: string; why: string }[] }

/**
 * Fetches the rounds that tenders wait for, each once, from the first mirror that brings a true one, and takes them.
 * A mirror that is away, slow or wrong is passed over; where none has the round the tenders go on waiting.
 *
 * @param mirrors addresses that speak drand's HTTP interface
 * @param patience milliseconds for each mirror
 */
export async function fetchRounds(context: Context, { mirrors, patience = PATIENCE }: { mirrors: readonly string[]; patience?: number }): Promise<Fetched> {
  const fetched: Fetched = { taken: 0, missing: [] }
  if (mirrors.length === 0) return fetched
  const at = await context.clock.read(context.db)
  const waiting = new Map<number, string[]>()
  for (const awaiting of await listAwaiting(context.db, { source: 'drand' })) {
    const awaited = awaitedValue(awaiting)
    if (awaited.source === 'drand' && awaited.covered && awaited.at <= at) waiting.set(awaited.round, [...(waiting.get(awaited.round) ?? []), awaiting.id])
  }
  for (const [round, ids] of waiting) {
    for (const mirror of mirrors) {
      const found = await askFor(round, mirror, patience)
      if ('why' in found) {
        fetched.missing.push({ round, mirror, why: found.why })
        continue
      }
      for (const id of ids) if (await takeRound(context, { id, round, signature: found.signature, from: mirror })) fetched.taken++
      break
    }
  }
  return fetched
}

/** One mirror's answer, checked; or in a few words why it is none. */
async function askFor(round: number, mirror: string, patience: number): Promise<{ signature: string } | { why: string }> {
  try {
    const response = await fetch(`${mirror.replace(/\/$/, '')}/${QUICKNET.chain}/public/${round}`, { signal: AbortSignal.timeout(patience), redirect: 'error', headers: { accept: 'application/json' } })
    if (!response.ok) return { why: `status ${response.status}` }
    const answer = Answer.safeParse(JSON.parse((await textOf(response)) ?? 'null'))
    if (!answer.success) return { why: 'not an answer of drand' }
    if (answer.data.round !== round) return { why: `round ${answer.data.round} instead` }
    return isRoundSigned(round, answer.data.signature) ? { signature: answer.data.signature } : { why: 'a false signature' }
  } catch (error) {
    return { why: (error as Error).name === 'TimeoutError' ? 'too slow' : (error as Error).message }
  }
}

/** The body, unless it is longer than any round is. */
async function textOf(response: Response): Promise<string | null> {
  if (!response.body) return null
  let text = ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
    if (text.length <= MOST_SIGNS) continue
    await reader.cancel()
    return null
  }
}

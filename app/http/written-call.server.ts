import { isRefusal } from '#app/domain/refusal.ts'
import type { z } from 'zod'
import type { Call } from './api.server.ts'
import { answerAgain, hashOf, keyOf, missingKey, noOf, refuseAndKeep } from './idempotently.server.ts'
import { wholeFaults, type AlsoWrong } from './parts.server.ts'
import { problem } from './problem.server.ts'
import { readJson } from './read-json.server.ts'

type Idempotency = { key: string; requestHash: string }
type Written = { status: number; body: string; replayed?: boolean }

/**
 * A call that writes: its key, its body, its schema, then the verb, which keeps its own answer under the key. Every "no" that
 * would be the same again is kept too.
 *
 * @param also what the verb would refuse besides, where the schema has found a fault, so that nobody comes back for it
 * @param headersOf what goes with an answer that is no refusal
 */
export async function writtenCall<T extends z.ZodType>(call: Call, schema: T, write: (input: z.output<T>, idempotency: Idempotency) => Promise<Written>, { headersOf = () => ({}), also = async () => [] }: { headersOf?: (body: string) => Record<string, string>; also?: AlsoWrong } = {}): Promise<Response> {
  const { request } = call
  const key = keyOf(request)
  if (key === null) return missingKey(call)
  const read = await readJson(request)
  if ('unreadable' in read) return problem(request, { status: read.unreadable.status, faults: [{ pointer: '', ...read.unreadable }] })
  const idempotency = { key, requestHash: hashOf(request, read.body) }
  const parsed = schema.safeParse(read.body)
  if (!parsed.success) return refuseAndKeep(call, idempotency, { status: 422, faults: await wholeFaults(parsed.error, read.body, also) })
  try {
    const { replayed, ...answer } = await write(parsed.data, idempotency)
    return answerAgain(answer, { ...(replayed && { 'Idempotency-Replayed': 'true' }), ...(answer.status < 400 && headersOf(answer.body)) })
  } catch (error) {
    if (!isRefusal(error)) throw error
    return refuseAndKeep(call, idempotency, noOf(error))
  }
}

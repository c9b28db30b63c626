import { expect } from 'vitest'
import { callRow, type Machine } from './api-rows.ts'
import type { Walked } from './api-stage.ts'
import type { RawAnswer } from './raw-request.ts'
import type { Site } from './site.ts'

type Problem = { type: string; title: string; status: number; detail: string; errors: { pointer: string; code: string; detail: string }[] }
/** What the machine's door answers a fault with: the words it leaves out are the test's. */
const CODE_ALONE = /^[a-z-]+\.[a-z_-]+$/

export const send = (site: Site, { method, path, row }: Walked, machine: Machine, sent = {}) => callRow(site, [method, path], row, machine, sent)
export const problemOf = ({ body }: RawAnswer) => JSON.parse(body) as Problem

/** What a problem lacks; nothing where it is one. */
export function lacks({ status, headers, body }: RawAnswer, wanted: number, { pointer, code }: { pointer?: RegExp; code?: string } = {}): string | null {
  if (status !== wanted) return `${status} for ${wanted}: ${body.slice(0, 200)}`
  if (!headers['content-type']?.startsWith('application/problem+json')) return `no problem but ${headers['content-type']}`
  const problem = JSON.parse(body) as Problem
  const said = [problem.title, problem.detail, ...problem.errors.map(({ detail }) => detail)]
  if (problem.status !== wanted || said.some((text) => !text || CODE_ALONE.test(text))) return `does not say what is wrong: ${body}`
  if (pointer && !problem.errors.some((error) => pointer.test(error.pointer))) return `points to ${problem.errors.map((error) => error.pointer)}`
  if (code && !problem.errors.some((error) => error.code === code)) return `says ${problem.errors.map((error) => error.code)}`
  return null
}

/** Runs a check over every call that it concerns, and says all that is wrong at once. */
export async function each(walked: Walked[], check: (call: Walked) => Promise<string | null | (string | null)[]>): Promise<void> {
  expect(walked.length).toBeGreaterThan(0)
  const faults: string[] = []
  for (const call of walked) for (const fault of [await check(call)].flat()) if (fault) faults.push(`${call.name}: ${fault}`)
  expect(faults).toEqual([])
}

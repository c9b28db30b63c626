import type { LoaderFunctionArgs } from '@remix-run/node'
import { problem } from '#app/http/problem.server.ts'

/** A program that asks for what there is not gets a problem, as everywhere below `/api`, and hears where all calls stand. */
export function loader({ request }: LoaderFunctionArgs): Response {
  return problem(request, { status: 404, faults: [{ pointer: '', code: 'api.no-such-call' }] })
}

export const action = loader

import { problem } from './problem.server.ts'

/**
 * The versions of the contract that are served, oldest first. The major one stands in the address; a minor one only adds, so a
 * program written for an older one goes on working, and may say so by `API-Version`. What leaves the list has a `sunset` before.
 */
export const API_VERSIONS = [
  { version: '1.0', since: '2026-11-22', sunset: null, adds: 'guard' },
  { version: '1.1', since: '2026-11-27', sunset: null, adds: 'cases' },
  { version: '1.2', since: '2026-11-27', sunset: null, adds: 'events' },
  { version: '1.3', since: '2026-11-27', sunset: null, adds: 'facts' },
  { version: '1.4', since: '2026-11-28', sunset: null, adds: 'reuse' },
  { version: '1.5', since: '2026-11-28', sunset: null, adds: 'supplements' },
  { version: '1.6', since: '2026-11-28', sunset: null, adds: 'judged' },
  { version: '1.7', since: '2026-11-28', sunset: null, adds: 'writtenBack' },
  { version: '1.8', since: '2026-11-28', sunset: null, adds: 'inWords' },
] as const
export const CURRENT_VERSION = API_VERSIONS.at(-1)!.version
const OLDEST_VERSION = API_VERSIONS[0].version
const HEADER = 'API-Version'

/** A problem where a program asks for a version that is not served (any more, or yet). Without the header the newest is meant. */
export function refuseVersion(request: { headers: Pick<Headers, 'get'> }): Response | undefined {
  const asked = request.headers.get(HEADER)?.trim()
  if (!asked || API_VERSIONS.some(({ version }) => version === asked)) return undefined
  return inVersion(problem(request as Request, { status: 400, faults: [{ pointer: '', code: 'api.version-unsupported', params: { oldest: OLDEST_VERSION, current: CURRENT_VERSION } }] }))
}

/** The answer, with the version of the contract that it keeps. */
export function inVersion(answer: Response): Response {
  answer.headers.set(HEADER, CURRENT_VERSION)
  return answer
}

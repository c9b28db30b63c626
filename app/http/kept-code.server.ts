import { redirect } from '@remix-run/node'
import { END_OF_TIME, normaliseProjectCode, parseProjectCode } from '#app/domain/projects/project-code.ts'

/**
 * The code of a project in an address. One that is written otherwise than it is kept, with `-000` behind it, leads to the page of the
 * project for good (308): there is one address for each.
 */
export function keptCode(request: Request, code = ''): string {
  const read = parseProjectCode(normaliseProjectCode(code), END_OF_TIME)
  if ('fault' in read || read.project.code === code) return code
  const url = new URL(request.url)
  const path = url.pathname.split('/').map((part) => (decodeURIComponent(part) === code ? encodeURIComponent(read.project.code) : part)).join('/')
  throw redirect(`${path}${url.search}`, 308)
}

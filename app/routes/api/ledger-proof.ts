import type { LoaderFunctionArgs } from '@remix-run/node'
import { findEntryProof } from '#app/domain/ledger/find-entry-proof.server.ts'
import { openlyFound } from '#app/http/openly.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** One entry with its way to the newest checkpoint, for anybody's verifier and to keep. */
export async function loader({ params }: LoaderFunctionArgs) {
  const answer = await openlyFound(findEntryProof(theServices(), { id: params.id ?? '' }), { type: 'application/json; charset=utf-8', cache: 'no-store' })
  if (answer.ok) answer.headers.set('Content-Disposition', `attachment; filename="proof-${params.id}.json"`)
  return answer
}

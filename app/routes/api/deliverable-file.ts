import { readFile } from 'node:fs/promises'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { showCaseDeliverable } from '#app/domain/contracts/show-case-deliverable.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { answerCalls } from '#app/http/api.server.ts'
import { downloadHeaders, pathOfFile } from '#app/http/upload.server.ts'

/** `GET /api/v1/deliverables/{id}/file`: its bytes, whose SHA-256 the metadata say. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCalls(arrived, {
    scope: 'case:read',
    GET: async ({ context }) => {
      const { file } = await showCaseDeliverable(context, { id: arrived.params.id ?? '' })
      const bytes = file && (await readFile(pathOfFile(file.sha256)).catch(() => null))
      if (!bytes) throw new Refusal('missing', 'contracts.no-such-file')
      return new Response(new Uint8Array(bytes), { headers: downloadHeaders(file) })
    },
  })
}

export function action(arrived: LoaderFunctionArgs) {
  return loader(arrived)
}

import { readFile } from 'node:fs/promises'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { showContractFile } from '#app/domain/contracts/show-file.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { downloadHeaders, pathOfFile } from '#app/http/upload.server.ts'

/** A filed contract as a download, for those who may see it. */
export async function loader(arrived: LoaderFunctionArgs) {
  const document = await orPage(arrived.request, showContractFile(await enter(arrived), { id: arrived.params.id ?? '' }))
  const bytes = await readFile(pathOfFile(document.sha256)).catch(() => {
    throw new Response(null, { status: 404 })
  })
  return new Response(new Uint8Array(bytes), { headers: downloadHeaders(document) })
}

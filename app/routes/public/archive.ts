import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { showArchive } from '#app/domain/awards/show-archive.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { orPage } from '#app/http/submit.server.ts'
import { zipOf } from '#app/http/zip-stream.server.ts'

/** The whole public record of a tender that has ended, as one file to keep. */
export async function loader(arrived: LoaderFunctionArgs) {
  const number = arrived.params.number!
  const { files } = await orPage(arrived.request, enter(arrived).then((context) => showArchive(context, { number })))
  const body = Readable.toWeb(Readable.from(zipOf(files))) as ReadableStream
  return new Response(body, { headers: { 'Content-Type': 'application/zip', 'Content-Disposition': `attachment; filename="${number}.zip"`, 'Cache-Control': 'no-store' } })
}

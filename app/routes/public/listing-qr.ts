import type { LoaderFunctionArgs } from '@remix-run/node'
import { toString } from 'qrcode'
import { ListingCode } from '#app/domain/catalogue/listing.ts'
import { theServices } from '#app/http/services.server.ts'
import { paths } from '#app/paths.ts'

const DAY_SECONDS = 86_400

/** A listed service's address as a QR code to print. It depends on nothing but the address, so any well-formed code has one. */
export async function loader({ params }: LoaderFunctionArgs): Promise<Response> {
  const code = ListingCode.safeParse(params.code)
  if (!code.success) throw new Response(null, { status: 404 })
  const address = new URL(paths.listing(code.data), theServices().config.publicUrl).href
  const svg = await toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  return new Response(svg, { headers: { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': `public, max-age=${DAY_SECONDS}` } })
}

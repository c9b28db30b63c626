/** Every address that nobody owns. It answers like anything else that is not there. */
export function loader(): never {
  throw new Response(null, { status: 404 })
}

export const action = loader

export default function NotFound() {
  return null
}

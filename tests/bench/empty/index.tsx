/** Knows nothing and shows nothing. */
export function loader() {
  return null
}

export default function Empty() {
  return <p>-</p>
}

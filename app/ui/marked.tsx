import { Fragment } from 'react'

/** A text in which what was looked for is marked, however it was cut: longer pieces first, in either case of letters. */
export function Marked({ text, marks }: { text: string; marks: readonly string[] }) {
  const pieces = marks.filter(Boolean).toSorted((one, other) => other.length - one.length).map((mark) => mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (!pieces.length) return text
  // A capture stands at every odd place of what is split.
  return text.split(new RegExp(`(${pieces.join('|')})`, 'iu')).map((part, place) => (place % 2 ? <mark key={place}>{part}</mark> : <Fragment key={place}>{part}</Fragment>))
}

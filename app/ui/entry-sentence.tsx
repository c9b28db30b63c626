import type { StoredEntry } from '#app/domain/ledger/entry.ts'
import { sayable } from '#app/domain/ledger/sayable.ts'
import type { Words } from '#app/words/words.ts'
import { useWords } from './locale.tsx'

type Told = Pick<StoredEntry, 'kind' | 'subject' | 'facts'>

/** An entry in words; a kind that has none yet shows its own name. */
export function entrySentence(words: Words, entry: Told): string {
  const say = words.ledger.kinds[entry.kind]
  return say ? say(sayable(entry)) : `${entry.kind} ${entry.subject}`
}

export function EntrySentence({ entry }: { entry: Told }) {
  return <>{entrySentence(useWords(), entry)}</>
}

import type { Twin } from '#app/domain/governance/twins.ts'
import { paths } from '#app/paths.ts'
import { useWords } from './locale.tsx'
import { Notice } from './notice.tsx'

/** Entries of the list that may say the same service as a proposed one; nothing where there is none. `text` is what its reader can do about it. */
export function TwinWarning({ twins, of, text }: { twins: readonly Twin[]; of?: { code: string; name: string }; text: string }) {
  const words = useWords().governance.draft
  if (!twins.length) return null
  return (
    <div className="mt-4"><Notice tone="open" title={of ? `${of.name}（${of.code}）：${words.twins(twins.length)}` : words.twins(twins.length)}>
      <ul>{twins.map(({ code, name, by }) => <li key={code}><a href={paths.listing(code)}>{name}</a> <code className="code">{code}</code> {words.twinBy[by]}</li>)}</ul>
      <p>{text}</p>
    </Notice></div>
  )
}

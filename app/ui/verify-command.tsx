import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { useWords } from './locale.tsx'

/** How to check without this page: the exact commands. */
export function VerifyCommand({ file = 'bundle.json' }: { file?: string }) {
  const words = useWords().verify.command
  return (
    <div className="stack">
      <p className="measure">{words.lead}</p>
      <ul className="stack">
        {Object.entries(words.lines).map(([name, { text, command }]) => (
          <li key={name}>
            {text}
            <br />
            <CodeText>{command(file)}</CodeText>
          </li>
        ))}
      </ul>
      <p className="small measure">
        <a href={paths.keys()} data-no-prefetch>{words.keys}</a> · {words.write}
      </p>
    </div>
  )
}

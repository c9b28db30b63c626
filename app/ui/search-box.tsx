import { KINDS, LONGEST_QUESTION } from '#app/domain/search/found.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'

/**
 * The one way in to search: a GET form that works as it is. `app/client/suggest.ts` adds suggestions where scripts run,
 * with the words that stand here, so that their answers are the same in every language.
 *
 * @param label where two boxes stand on one page, what the second is called and shows until something is typed
 */
export function SearchBox({ id, value, label, large }: { id: string; value?: string; label?: string; large?: boolean }) {
  const words = useWords().search
  const called = label ?? words.box
  const said = { ...words.suggestions, kinds: Object.fromEntries(KINDS.map((kind) => [kind, words.kinds[kind]])) }
  return (
    <form method="get" action={paths.search()} role="search" className={large ? 'search-box hero-search' : 'search-box'} aria-label={called} data-suggest={paths.suggest()} data-words={JSON.stringify(said)}>
      <input className="input" id={id} name="q" inputMode="search" enterKeyHint="search" maxLength={LONGEST_QUESTION} aria-label={called} placeholder={label ?? words.placeholder} autoComplete="off" autoCapitalize="none" spellCheck={false} defaultValue={value} />
      {large ? (
        <Button kind="main">
          <Icon name="search" />
          {words.button}
        </Button>
      ) : (
        <button className="button search-go">
          <Icon name="search" title={words.button} />
        </button>
      )}
    </form>
  )
}

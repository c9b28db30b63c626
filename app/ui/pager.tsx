import { ButtonLink } from './button.tsx'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'

/** Addresses of the neighbouring pages; keyset pages know their neighbours, not their number. */
export type PagerProps = { first?: string | null; previous?: string | null; next?: string | null }

export function Pager({ first, previous, next }: PagerProps) {
  const words = useWords().frame
  if (!first && !previous && !next) return null
  return (
    <nav className="pager" aria-label={words.pages}>
      <div className="actions">
        {first ? <ButtonLink href={first}>{words.firstPage}</ButtonLink> : null}
        {previous ? (
          <ButtonLink href={previous} rel="prev">
            <Icon name="previous" />
            {words.previousPage}
          </ButtonLink>
        ) : null}
      </div>
      {next ? (
        <ButtonLink href={next} rel="next">
          {words.nextPage}
          <Icon name="next" />
        </ButtonLink>
      ) : null}
    </nav>
  )
}

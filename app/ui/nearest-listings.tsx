import type { Nature } from '#app/domain/catalogue/listing.ts'
import type { NearestListing } from '#app/domain/guard/judgement.ts'
import { paths } from '#app/paths.ts'
import { CodeText } from './code-text.tsx'
import { useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { Rows } from './rows.tsx'

/** What of the list is nearest to words that fit none of it or several; each is asked about again for the same approval. */
export function NearestListings({ nearest, named, approvalItem }: { nearest: readonly NearestListing[]; /** Several may have one name. */ named: Record<string, { nature: Nature; division: string }>; approvalItem?: string | undefined }) {
  const { guard: { ask: words }, catalogue: { natures } } = useWords()
  return (
    <Section title={words.nearest} lead={words.nearestNote}>
      <Rows
        empty={{ title: words.noListing }}
        items={nearest.map(({ item, name, score }) => ({
          key: item,
          href: paths.ask({ service: item, ...(approvalItem && { item: approvalItem }) }),
          title: name,
          note: <><CodeText copy={false}>{item}</CodeText>{named[item] ? ` · ${natures[named[item].nature]} · ${named[item].division}` : ''}</>,
          end: words.likeness(score),
        }))}
      />
    </Section>
  )
}

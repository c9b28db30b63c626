/** Words by which a collection remembers where a copy lies; they help nobody who reads. */
const INTERNAL = /github|索引|仓库|file-id/i

/** Where an entry of a list was read, as a reader may see it: what the source says of itself, and an address only where a browser can open it. `collected`: nothing but a copy is known. */
export type ReadableSource = { title: string | null; url: string | null; collected: boolean }

/**
 * The source of a wording without what only its collector understands: a note about the copy is taken out of the title,
 * and a locator is no address. The document's name, its authority and its day stay as they are written.
 */
export function readableSource({ sourceTitle, sourceUrl }: { sourceTitle: string | null; sourceUrl: string | null }): ReadableSource {
  const url = sourceUrl && /^https?:\/\//.test(sourceUrl) ? sourceUrl : null
  const title = sourceTitle?.replace(/（([^（）]*)）/g, (whole, inner: string) => {
    if (!INTERNAL.test(inner)) return whole
    const kept = inner.split('；').filter((part) => !INTERNAL.test(part))
    return kept.length ? `（${kept.join('；')}）` : ''
  })
  const said = title && !INTERNAL.test(title) ? title : null
  return { title: said, url, collected: url === null && (sourceTitle !== null || sourceUrl !== null) }
}

import type { LoaderFunction, MetaFunction, SerializeFrom } from '@remix-run/node'
import type { Words } from '#app/words/words.ts'
import { registeredWords } from './locale.tsx'

/**
 * A page's `meta`: its title in the reader's language, with the marketplace's name behind it.
 *
 * @example export const meta = titled((words) => words.catalogue.title)
 * @example export const meta = titled<typeof loader>((words, data) => data?.listing.name ?? words.catalogue.title)
 */
export function titled<L extends LoaderFunction = LoaderFunction>(title: (words: Words, data: SerializeFrom<L> | undefined) => string): MetaFunction<L> {
  return ({ matches, data }) => {
    // Where the runtime wakes up, the title stands already and the words behind it were not sent.
    if (!import.meta.env.SSR) return [{ title: document.title }]
    const root = matches.find(({ id }) => id === 'root')?.data as { locale?: 'zh' | 'en'; marketplace?: { name: string } } | undefined
    const words = registeredWords(root?.locale ?? 'zh')
    return [{ title: `${title(words, data as SerializeFrom<L> | undefined)} · ${words.frame.brand}` }]
  }
}

/** How an owner narrows the list of what is its own: what it writes, what waits for its manager, what is out, what is over. */
export const OWN_LISTS = ['drafts', 'ready', 'published', 'ended'] as const
export type OwnList = (typeof OWN_LISTS)[number]

/** Takes what an address says, null where it says nothing. */
export function isOwnList(text: string | null): text is OwnList {
  return OWN_LISTS.some((name) => name === text)
}

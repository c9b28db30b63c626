import { healthOf, type Health } from './endpoint.ts'

/** A receiver as its authority's machine sees it; its secret is never among it. */
export type ShownWebhook = { id: string; url: string; types: string[]; health: Health; cause: string | null; since: string; waiting: number; oldestWaiting: string | null; nextAttemptAt: string | null }

type Known = { id: string; url: string; types: string[]; createdAt: Date; endedAt: Date | null; pausedAt: Date | null; pauseCause: string | null }
type Backlog = { waiting: number; retrying: number; givenUp: number; oldest: Date | null; nextAttemptAt: Date | null }

/**
 * In the names of the API. `waiting` counts what was given up too; `since` is the pause's beginning, else the receiver's own; a paused one has no
 * next attempt.
 *
 * @param backlog what waits for it; without one nothing does
 */
export function shownWebhook(webhook: Known, backlog?: Backlog): ShownWebhook {
  const health = healthOf({ ...webhook, retrying: backlog?.retrying ?? 0 })
  return {
    id: webhook.id,
    url: webhook.url,
    types: webhook.types,
    health,
    cause: webhook.pauseCause,
    since: (webhook.pausedAt ?? webhook.createdAt).toISOString(),
    waiting: (backlog?.waiting ?? 0) + (backlog?.givenUp ?? 0),
    oldestWaiting: backlog?.oldest?.toISOString() ?? null,
    nextAttemptAt: health === 'disabled' ? null : (backlog?.nextAttemptAt?.toISOString() ?? null),
  }
}

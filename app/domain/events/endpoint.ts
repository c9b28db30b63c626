import { z } from 'zod'
import { HEARD_TYPES } from './heard-outside.ts'

const LONGEST_URL = 1000
const MOST_TYPES = 100

/** What a machine says of its receiver. Without types it hears everything it may. */
export const WebhookInput = z.strictObject({
  url: z.string('events.url').max(LONGEST_URL, 'events.url').refine((url) => URL.canParse(url), 'events.url'),
  types: z.array(z.enum(HEARD_TYPES, 'events.unknown-type'), 'events.types').max(MOST_TYPES, 'events.types').default([]),
})
export type WebhookInput = z.output<typeof WebhookInput>

/** The body of a call that has nothing to say but its address. */
export const NothingMore = z.strictObject({})

export const SourceInput = z.strictObject({
  source: z.string('events.source').min(3, 'events.source').max(300, 'events.source').regex(/^[\x21-\x7e]+$/, 'events.source'),
})

/** How many receivers and sources one authority may have at a time. */
export const MOST_OF_ONE = 20

/** Why an address cannot be a receiver, before anybody asks where it leads; null where it can. */
export function urlFault(text: string, allowedHosts: readonly string[]): 'events.url' | 'events.url-https' | null {
  const url = new URL(text)
  if (!['https:', 'http:'].includes(url.protocol) || url.username || url.password || url.hash || !url.hostname) return 'events.url'
  return url.protocol === 'https:' || allowedHosts.includes(url.host) ? null : 'events.url-https'
}

/** The address as it may be shown: what stands behind the path is often a secret of the receiver's own. */
export function shownUrl(text: string): string {
  const { protocol, host, pathname, search } = new URL(text)
  return `${protocol}//${host}${pathname}${search ? '?…' : ''}`
}

export const HEALTHS = ['well', 'failing', 'disabled', 'ended'] as const
export type Health = (typeof HEALTHS)[number]

/** A receiver's health is read from facts: whether it ended or is paused, and whether something that failed waits. */
export function healthOf({ endedAt, pausedAt, retrying }: { endedAt: Date | null; pausedAt: Date | null; retrying: number }): Health {
  if (endedAt) return 'ended'
  if (pausedAt) return 'disabled'
  return retrying > 0 ? 'failing' : 'well'
}

export const DELIVERY_STATES = ['waiting', 'queued', 'retrying', 'delivered', 'given-up'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/**
 * Read from facts, for the receiver's machine. `isBehind`: an earlier event of the same subject waits, so this one is `queued` however often
 * it was tried. Without a next attempt it is `given-up` or `delivered`.
 */
export function deliveryState({ nextAttemptAt, tried, givenUpAt, isBehind }: { nextAttemptAt: Date | null; tried: number; givenUpAt: Date | null; isBehind: boolean }): DeliveryState {
  if (nextAttemptAt && isBehind) return 'queued'
  if (nextAttemptAt) return tried > 0 ? 'retrying' : 'waiting'
  return givenUpAt ? 'given-up' : 'delivered'
}

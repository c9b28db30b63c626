import { z } from 'zod'
import type { Json } from '#app/domain/ledger/canonical.ts'
import { subjectFor, type Hearer, type Scope } from './hearing.ts'

/** CloudEvents 1.0 in structured JSON. */
export type CloudEvent = { specversion: '1.0'; id: string; source: string; type: string; subject: string; time: string; datacontenttype: 'application/json'; dataschema: string; data: Record<string, Json> }

export const CLOUD_EVENT_TYPE = 'application/cloudevents+json'

/** One event of the feed with whom it concerns. */
export type FeedEvent = Scope & { position: number; eventId: string; type: string; data: Record<string, Json>; at: Date }

/** Where events come from: the ledger's name, which stays when the site moves, and the address under which schemas are served. */
export type Sender = { origin: string; publicUrl: string }

/** The event as this hearer gets it, by webhook and by feed alike. A case is named to its own authority only. */
export function cloudEvent(event: FeedEvent, hearer: Pick<Hearer, 'organisationId'>, { origin, publicUrl }: Sender): CloudEvent {
  const { caseNumber: _private, ...data } = event.data
  const subject = subjectFor(hearer, event)
  return {
    specversion: '1.0',
    id: event.eventId,
    source: `urn:mingdan:${origin}`,
    type: event.type,
    subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    dataschema: `${publicUrl}/api/v1/schemas/${encodeURIComponent(event.type)}`,
    data: subject === event.caseNumber ? { ...data, caseNumber: subject } : data,
  }
}

/** A signed event is taken as it is, so what no column could hold is refused and not mended. */
const attribute = (most: number) => z.string('events.attribute').min(1, 'events.attribute').max(most, 'events.attribute-long').regex(/^[^\p{Cc}\p{Cs}]*$/u, 'events.attribute')

/** An event that comes in. Extension attributes are allowed and kept; their names are lower-case letters and digits and their values plain, as the standard says. */
export const IncomingEvent = z
  .looseObject({
    specversion: z.literal('1.0', 'events.specversion'),
    id: attribute(200),
    source: attribute(300),
    type: attribute(200),
    subject: attribute(200).nullish(),
    time: z.iso.datetime({ offset: true, error: 'events.time' }).nullish(),
    datacontenttype: z.literal('application/json', 'events.content-type').nullish(),
    dataschema: attribute(500).nullish(),
    data: z.record(z.string(), z.unknown(), 'events.data').optional(),
    data_base64: z.undefined('events.data').optional(),
  })
  .superRefine((event, context) => {
    for (const [name, value] of Object.entries(event)) {
      const isWell = /^[a-z0-9]{1,40}$/.test(name) && (name === 'data' || typeof value !== 'object' || value === null)
      if (!isWell && name !== 'data_base64') context.addIssue({ code: 'custom', path: [name], message: 'events.extension' })
    }
  })
export type IncomingEvent = z.output<typeof IncomingEvent>

/** Reads what was sent, byte for byte as it was signed; the mark before a text that some programs write is no part of it. Throws where it is no JSON. */
export function readEvent(body: string): z.ZodSafeParseResult<IncomingEvent> & { given: unknown } {
  const given: unknown = JSON.parse(body.replace(/^\uFEFF/, ''))
  return { ...IncomingEvent.safeParse(given), given }
}

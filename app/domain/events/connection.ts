import { z } from 'zod'

/** How an authority's machines go on being connected when the client that registered it is gone: receivers of events, and sources that send them in. */
export const CONNECTIONS = ['webhook', 'source'] as const
export type ConnectionKind = (typeof CONNECTIONS)[number]

/** One that stands. `name` is the source's own name, or the address without what may be secret in it. */
export type Connection = { kind: ConnectionKind; id: string; name: string; createdAt: Date }

/** The form by which an operator ends one. */
export const ConnectionAct = z.object({ act: z.literal('end'), kind: z.enum(CONNECTIONS, 'forms.custom'), connection: z.uuid('forms.custom') })

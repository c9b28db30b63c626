import { closeServices, theServices } from '#app/http/services.server.ts'
import { traceIdOf } from '#app/http/trace.ts'
import { eventRounds } from '#app/rounds/event-rounds.ts'

/** The feed is left to the clones: what a test reads there begins with what it did itself. */
const HEARD = ['search', 'inbox', 'exchange']

/**
 * Hears what a told town has to say, as its worker does in the first seconds. Done once here, it is done for every clone;
 * otherwise each of them would begin by building the same index.
 */
const services = theServices()
const done = { documents: 0, messages: 0, published: 0, delivered: 0, received: 0, exchanged: 0 }
const rounds = eventRounds({ ...services, done, stop: new AbortController().signal }).filter(({ name }) => HEARD.includes(name))
for (const { run } of rounds) while ((await run(traceIdOf(undefined))).again);
await closeServices()

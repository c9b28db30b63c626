/** What the server's entrance needs of the house. In development it comes through Vite, so that both speak of the same pool. */
export { arrive } from './arrival.server.ts'
export { endStreams } from './auction-stream.server.ts'
export { beat } from '#app/domain/oversight/beat.server.ts'
export { BEAT_EVERY } from '#app/domain/tenders/outage.ts'
export { keptPages } from './kept-pages.server.ts'
export { lane } from './lane.server.ts'
export { answerProbe } from './probes.server.ts'
export { closeServices, theServices } from './services.server.ts'

/** What the server's entrance needs of the house. In development it comes through Vite, so that both speak of the same pool. */
export { endStreams } from './auction-stream.server.ts'
export { EXPOSITION_TYPE, exposition, observeRequest } from './metrics.server.ts'
export { beat } from '#app/domain/oversight/beat.server.ts'
export { BEAT_EVERY } from '#app/domain/tenders/outage.ts'
export { isReady } from './health.server.ts'
export { keptPages } from './kept-pages.server.ts'
export { lane } from './lane.server.ts'
export { closeServices, theServices } from './services.server.ts'

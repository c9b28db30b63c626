import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { measureWaiting } from '#app/domain/ledger/measure-waiting.server.ts'
import { measureOutbox } from '#app/domain/oversight/measure-outbox.server.ts'
import { theServices } from './services.server.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry })

const requests = new Histogram({
  name: 'mingdan_http_request_seconds',
  help: 'Time to answer, by method and status class.',
  labelNames: ['method', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
})

new Gauge({
  name: 'mingdan_database_connections',
  help: 'Connections of the pool, by state.',
  labelNames: ['state'] as const,
  registers: [registry],
  collect() {
    const pool = theServices().db.client.pool
    this.set({ state: 'used' }, pool.numUsed())
    this.set({ state: 'free' }, pool.numFree())
    this.set({ state: 'waiting' }, pool.numPendingAcquires())
  },
})

new Gauge({
  name: 'mingdan_ledger_waiting_entries',
  help: 'Ledger entries without a place in the tree.',
  registers: [registry],
  async collect() {
    const { db, clock } = theServices()
    this.set((await measureWaiting(db, clock)).waiting)
  },
})

new Gauge({
  name: 'mingdan_ledger_unsequenced_seconds',
  help: 'Age of the oldest ledger entry without a place in the tree. Above the merge delay it is an alert.',
  registers: [registry],
  async collect() {
    const { db, clock } = theServices()
    this.set((await measureWaiting(db, clock)).seconds)
  },
})

new Gauge({
  name: 'mingdan_outbox_waiting_events',
  help: 'Events that a reader of the outbox has still to read.',
  labelNames: ['reader'] as const,
  registers: [registry],
  async collect() {
    for (const { reader, waiting } of await backlog()) this.set({ reader }, waiting)
  },
})

new Gauge({
  name: 'mingdan_outbox_lag_seconds',
  help: 'Age of the oldest event that a reader of the outbox (search, inbox, …) has still to read. Above five minutes it is an alert.',
  labelNames: ['reader'] as const,
  registers: [registry],
  async collect() {
    for (const { reader, seconds } of await backlog()) this.set({ reader }, seconds)
  },
})

function backlog() {
  const { db, clock } = theServices()
  return measureOutbox(db, clock)
}

export function observeRequest(method: string, status: number, seconds: number): void {
  requests.observe({ method, status: `${Math.floor(status / 100)}xx` }, seconds)
}

/** Everything measured, as Prometheus reads it. */
export function exposition(): Promise<string> {
  return registry.metrics()
}

export const EXPOSITION_TYPE = registry.contentType

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
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
  name: 'mingdan_ledger_unsequenced_seconds',
  help: 'Age of the oldest ledger entry without a place in the tree. Above the merge delay it is an alert.',
  registers: [registry],
  async collect() {
    const { rows } = await theServices().db.raw<{ rows: [{ age: number }] }>(`
      select coalesce(extract(epoch from clock_timestamp() - min(entries.recorded_at)), 0)::float as age
      from ledger_entries entries
      where entries.ordinal > coalesce((select max(ordinal) from ledger_entries sequenced join ledger_leaves on entry_id = sequenced.id where index = (select max(index) from ledger_leaves)), 0)`)
    this.set(rows[0].age)
  },
})

export function observeRequest(method: string, status: number, seconds: number): void {
  requests.observe({ method, status: `${Math.floor(status / 100)}xx` }, seconds)
}

/** Everything measured, as Prometheus reads it. */
export function exposition(): Promise<string> {
  return registry.metrics()
}

export const EXPOSITION_TYPE = registry.contentType

declare module 'autocannon' {
  type Request = { method?: string; path?: string; headers?: Record<string, string>; body?: string }
  type Options = {
    url: string
    connections: number
    duration?: number
    /** Ends after so many answers instead. */
    amount?: number
    headers?: Record<string, string>
    requests?: (Request & { setupRequest?: (request: Request) => Request })[]
  }
  type Spread = { average: number; p50: number; p97_5: number; p99: number; max: number }
  type Result = { requests: Spread; latency: Spread; throughput: Spread; errors: number; timeouts: number; '1xx': number; '2xx': number; '3xx': number; '4xx': number; '5xx': number; duration: number }
  export default function autocannon(options: Options): Promise<Result>
}

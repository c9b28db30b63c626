import { theConfig } from '#app/config.server.ts'

/**
 * Calls `stop` once, when the process is asked to end: SIGTERM, SIGINT, or, under our launcher, the end of
 * standard input, which comes even when the launcher was killed.
 */
export function whenAskedToStop(stop: () => Promise<void>): void {
  let stopping = false
  const once = () => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', once)
  process.on('SIGINT', once)
  if (theConfig().stopWithStdin) process.stdin.on('end', once).on('error', once).resume()
}

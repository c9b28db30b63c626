const SECOND = 1000

/**
 * Calls `stop` once: on the signals that ask a process to end, and when the process that started this one is gone.
 * A killed npm sends nothing, so its being gone is noticed by the parent's number that changed.
 */
export function whenAskedToStop(stop: (reason: string) => void): void {
  const parent = process.ppid
  let asked = false
  const once = (reason: string) => {
    if (asked) return
    asked = true
    stop(reason)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => once(signal))
  // Started by hand and left alone on purpose (nohup, setsid) it keeps running; under npm it follows npm.
  const follows = process.env.npm_lifecycle_event !== undefined || process.env.LAUNCHED_BY !== undefined
  if (follows) setInterval(() => process.ppid !== parent && once('its parent is gone'), SECOND).unref()
}

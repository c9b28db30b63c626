import { subscribe } from 'node:diagnostics_channel'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { POINTS, type Passing } from '#db/points.ts'

/**
 * Runs one of the product's entrances and kills it, as a power cut would, when it passes a point for the n-th time:
 * `node mortal.ts app/worker.ts leaves-appended 3`.
 */
const [script, point, count] = process.argv.slice(2) as [string, Passing['point'], string]
const told = new WeakSet<object>()
let left = Number(count)

subscribe(POINTS, (message) => {
  const passing = message as Passing
  if (passing.point === 'told' && passing.within) told.add(passing.within)
  // Most transactions only look; to die around those is nothing that anybody could notice.
  const counts = passing.point === point && (!point.endsWith('commit') || (passing.within !== undefined && told.has(passing.within)))
  if (counts && (left -= 1) <= 0) process.kill(process.pid, 'SIGKILL')
})

await import(pathToFileURL(path.resolve(script)).href)

import { inject } from 'vitest'
import { untilTold } from './town.ts'

// Before a file's first test, so that no test's patience is spent on it.
await untilTold(inject('town'), inject('cluster'))

import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openLog } from '#app/http/services.server.ts'

// Linux has a device on which every write finds the disk full.
test.skipIf(!existsSync('/dev/full'))('a full disk behind the log costs lines, never the process', async () => {
  const log = openLog('info', '/dev/full')
  for (let line = 0; line < 50; line++) expect(() => log.info({ line }, 'written nowhere')).not.toThrow()
  await wait(50)
})

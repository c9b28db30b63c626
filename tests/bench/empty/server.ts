import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import path from 'node:path'

// Nothing stands before Remix here: no headers, no gate, no log.
const BUILD = path.resolve(import.meta.dirname, '../../../node_modules/.cache/bench-empty/server/index.js')

express()
  .all('*', createRequestHandler({ build: (await import(BUILD)) as ServerBuild, mode: 'production' }))
  .listen(Number(process.env['PORT']), '127.0.0.1')

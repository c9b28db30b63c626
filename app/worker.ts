import path from 'node:path'
import { connect } from '#db/client.ts'
import { listUntoldStarts } from '#db/repositories/auctions.ts'
import { listUntoldBindings } from '#db/repositories/awards.ts'
import { cleanUp, listReferencedFiles } from '#db/repositories/clean-up.ts'
import { listUnansweredResults } from '#db/repositories/deliverables.ts'
import { listDueSteps } from '#db/repositories/tenders.ts'
import { listUntoldOverdue } from '#db/views/overdue-results.ts'
import { SYSTEM } from './domain/accounts/actor.ts'
import { attendTender } from './domain/awards/attend-tender.server.ts'
import { acceptSilently } from './domain/contracts/answer-result.server.ts'
import { warnOfLimits } from './domain/contracts/warn-of-limits.server.ts'
import { tellAuctionStart } from './domain/bids/tell-auction-start.server.ts'
import { fetchRounds } from './domain/draw/fetch-rounds.server.ts'
import { tellBinding } from './domain/awards/tell-binding.server.ts'
import { announceKeys } from './domain/ledger/announce-keys.server.ts'
import { makeSequencer } from './domain/ledger/sequence.server.ts'
import { publishViolations } from './domain/oversight/publish-violation.server.ts'
import { eventRounds } from './rounds/event-rounds.ts'
import { theServices, closeServices } from './http/services.server.ts'
import { whenAskedToStop } from './http/stop.server.ts'
import { tellOverdue } from './domain/tenders/tell-overdue.server.ts'
import { sweepUploads } from './http/sweep-uploads.server.ts'
import { traceIdOf } from './http/trace.ts'
import { keepRound, type Round } from './rounds/keep-round.ts'

const SECOND = 1000
const STEPS_A_ROUND = 50
const HEARTBEAT = 60 * SECOND

const TOLD_BY_DATE = [
  { step: 'bind', list: listUntoldBindings, tell: tellBinding },
  { step: 'auction', list: listUntoldStarts, tell: tellAuctionStart },
  { step: 'overdue', list: listUntoldOverdue, tell: tellOverdue },
]

const { config, db, clock, keyring, log: root } = theServices()
const log = root.child({ process: 'worker' })
const ledgerDb = connect(config.databaseUrl, 'ledger', { most: 2, asRole: config.databaseRoles, heed: (line) => log.warn({ pool: 'ledger' }, line) })
const sequence = makeSequencer({ db: ledgerDb, keyring, clock, log, keepAt: path.join(config.dataDir, 'ledger-kept.txt') })
const done = { leaves: 0, steps: 0, documents: 0, messages: 0, published: 0, delivered: 0, received: 0, exchanged: 0 }

const stop = new AbortController()
const rounds: Round[] = [
  {
    name: 'keys',
    everyMs: 10 * 60 * SECOND,
    run: async (traceId) => {
      const told = await announceKeys({ db, clock, keyring, actor: SYSTEM, traceId })
      if (told) log.info({ traceId, told }, 'Keys were announced in the ledger')
      return { again: false }
    },
  },
  {
    name: 'ledger',
    everyMs: SECOND,
    run: async () => {
      const { added, busy } = await sequence()
      done.leaves += added
      return { again: added > 0 && !busy }
    },
  },
  {
    name: 'tenders',
    everyMs: SECOND,
    run: async (traceId) => {
      const due = await listDueSteps(db, await clock.read(db), STEPS_A_ROUND)
      let moved = 0
      for (const { id, number, step } of due) {
        if (stop.signal.aborted) break
        try {
          const { steps } = await attendTender({ db, clock, keyring, actor: SYSTEM, traceId }, { id })
          moved += steps.length
          if (steps.length) log.info({ traceId, tender: number, steps }, 'The clock moved a tender')
        } catch (error) {
          // One tender that cannot move must not hold up the others; the next round meets it again.
          log.error({ traceId, tender: number, step, error: (error as Error).message }, 'A tender could not be moved')
          if (due.length === 1) throw error
        }
      }
      // An award binds, and an auction begins, by its date alone; here it is told.
      for (const { list, tell, step } of TOLD_BY_DATE) {
        for (const { id, number } of await list(db, await clock.read(db), STEPS_A_ROUND)) {
          if (stop.signal.aborted) break
          try {
            if (await tell({ db, clock, keyring, actor: SYSTEM, traceId }, { id })) log.info({ traceId, tender: number, step }, 'What came by its date was told')
          } catch (error) {
            log.error({ traceId, tender: number, step, error: (error as Error).message }, 'What came by its date could not be told')
          }
        }
      }
      done.steps += moved
      return { again: moved > 0 && due.length === STEPS_A_ROUND }
    },
  },
  {
    name: 'results',
    everyMs: 2 * SECOND,
    run: async (traceId) => {
      const due = await listUnansweredResults(db, await clock.read(db), STEPS_A_ROUND)
      for (const { tenderId, number } of due) {
        if (stop.signal.aborted) break
        if (await acceptSilently({ db, clock, keyring, actor: SYSTEM, traceId }, { tenderId })) log.info({ traceId, tender: number }, 'A result was accepted by silence')
      }
      return { again: due.length === STEPS_A_ROUND }
    },
  },
  {
    name: 'limits',
    everyMs: 60 * SECOND,
    run: async (traceId) => {
      const told = await warnOfLimits({ db, clock, keyring, actor: SYSTEM, traceId }, { stopped: () => stop.signal.aborted })
      if (told) log.info({ traceId, told }, 'Limits of the service clock were warned of')
      return { again: false }
    },
  },
  {
    name: 'beacons',
    everyMs: 2 * SECOND,
    run: async (traceId) => {
      const { taken, missing } = await fetchRounds({ db, clock, keyring, actor: SYSTEM, traceId }, { mirrors: config.drandMirrors })
      for (const one of missing) log.warn({ traceId, ...one }, 'A mirror of drand did not bring a round')
      if (taken) log.info({ traceId, taken }, 'Rounds of drand were taken')
      return { again: false }
    },
  },
  {
    name: 'violations',
    everyMs: 60 * SECOND,
    run: async (traceId) => {
      const told = await publishViolations({ db, clock, keyring, actor: SYSTEM, traceId })
      if (told.length) log.info({ traceId, told }, 'Violations became final, and the ledger was told')
      return { again: false }
    },
  },
  ...eventRounds({ db, clock, keyring, config, log, done, stop: stop.signal }),
  {
    name: 'clean-up',
    everyMs: 10 * 60 * SECOND,
    run: async (traceId) => {
      const at = await clock.read(db)
      const removed = await cleanUp(db, at)
      const files = await sweepUploads({ at, dataDir: config.dataDir, findNamed: (hashes) => listReferencedFiles(db, hashes) })
      log.info({ traceId, ...removed, files }, 'Expired rows and the files that nothing names any longer were removed')
      return { again: false }
    },
  },
  {
    name: 'heartbeat',
    everyMs: HEARTBEAT,
    run: async (traceId) => {
      log.info({ traceId, ...done, connections: db.client.pool.numUsed() }, 'The worker is alive')
      return { again: false }
    },
  },
]

const newTrace = () => traceIdOf(undefined)
const kept = Promise.all(rounds.map((round) => keepRound(round, { signal: stop.signal, log, newTrace })))
log.info({ rounds: rounds.map(({ name }) => name) }, 'The worker keeps its rounds')

whenAskedToStop(async () => {
  stop.abort()
  await kept
  await ledgerDb.destroy()
  await closeServices()
  log.info({ ...done }, 'The worker has stopped')
})

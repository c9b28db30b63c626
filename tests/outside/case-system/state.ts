import fs from 'node:fs'
import path from 'node:path'

/** Something that has to be said to the marketplace. `id` is its Idempotency-Key; without an answer it is still to be said. */
export type Intent = { id: string; kind: 'project' | 'case' | 'demand' | 'uphold' | 'webhook'; caseNumber: string | null; method: 'PUT' | 'POST'; path: string; body: Record<string, unknown>; madeAt: string; tried: number; trouble: string | null; answer: Answer | null }
export type Answer = { status: number; body: Record<string, unknown>; at: string }
/** A case as it is sent and given back: the names are the contract's. */
export type Case = { caseNumber: string; projectCode: string; projectName: string | null; approvalItem: string; flowType: string; applicant: { uscc: string | null; name: string }; receivedAt: string; states: { state: number; at: string; note: string }[]; materials: Material[] } & Record<string, unknown>
export type Material = { code: string; name: string; source: string; service: string | null; sharedFrom: string | null; state: string; reason: string }
export type Heard = { id: string; type: string; subject: string; at: string }
export type Landed = { id: string; caseNumber: string; material: string; name: string; bytes: number; sha256: string | null; handover: string | null; at: string }

export type State = {
  cases: Case[]
  intents: Intent[]
  heard: Heard[]
  landed: Landed[]
  /** What is known of each case's services, with the tag under which the marketplace gave it. */
  services: Record<string, { etag: string | null; items: Record<string, unknown>[]; at: string }>
  /** Whether it knows the numbers that were given before: until then it gives none, since an old one would be written over. */
  knowsNumbers: boolean
  webhook: { id: string; secret: string; url: string } | null
}

const EMPTY: State = { cases: [], intents: [], heard: [], landed: [], services: {}, knowsNumbers: false, webhook: null }
const MOST_HEARD = 1000

export type Store = { state: State; save: () => void }

/** What the case system knows, in one file that is replaced as a whole: after a crash it holds the one before or the one after. */
export function openStore(home: string): Store {
  fs.mkdirSync(home, { recursive: true, mode: 0o700 })
  const file = path.join(home, 'state.json')
  const state: State = { ...structuredClone(EMPTY), ...(fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as State) : {}) }
  const save = () => {
    state.heard = state.heard.slice(-MOST_HEARD)
    const next = fs.openSync(`${file}.new`, 'w', 0o600)
    fs.writeSync(next, JSON.stringify(state, null, 1))
    fs.fsyncSync(next)
    fs.closeSync(next)
    fs.renameSync(`${file}.new`, file)
  }
  return { state, save }
}

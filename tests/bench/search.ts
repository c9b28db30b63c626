import type { Knex } from 'knex'
import { connect, transact } from '#db/client.ts'
import type { Kind } from '#app/domain/search/found.ts'
import { reindex } from '#search/reindex.ts'
import { openSearch, type SearchDocument } from '#search/search.ts'
import type { Ground } from './ground.ts'
import { median } from './pairs.ts'

/** The median that a search may take at the demo's size. */
export const SEARCH_GOAL = 20

export type SearchFigure = { name: string; documents: number; p50: number; p99: number; plainP50: number; plainP99: number }

const SYNTHETIC = 20_000
const ROUNDS = 6
const AT_ONCE = 1_000
/** One of each way to ask: a name, short words, several words, letters, initials, a code, an abbreviation, a slip, and nothing. */
const QUERIES = ['地质灾害危险性评估', '水土保持', '环评', '学校 勘察', '绿园区岩土工程勘察', 'shuitubaochi', 'stbc', 'R04', '消防', '工程', '水土保迟', '我要做一个环评报告', 'huanjing', '没有这样的东西']
const PLACES = ['绿园区', '朝阳区', '南关区', '二道区', '宽城区', '双阳区', '九台区', '榆树市']
const THINGS = ['第三小学扩建', '产业园厂房', '人民医院门诊楼', '老旧小区改造', '污水处理厂', '城市道路', '养老服务中心', '冷链仓库', '体育公园', '地下停车场']
const NAMES = ['恒信', '中正', '华测', '东北', '长信', '吉岩', '安泰', '博远', '嘉诚', '瑞和']
const SHARES: [Kind, number][] = [['service', 0.03], ['agency', 0.17], ['tender', 0.45], ['result', 0.35]]

/**
 * Searches by the product's engine beside plain `ILIKE '%…%'` over the same rows, first at the size that the ground has,
 * then among twenty thousand documents more.
 */
export async function measureSearch({ ownerUrl }: Pick<Ground, 'ownerUrl'>): Promise<SearchFigure[]> {
  const db = connect(ownerUrl, 'owner', { most: 2 })
  try {
    await reindex(db, openSearch(db))
    const small = await measure(db, 'at the size of the demo')
    await synthesise(db)
    return [small, await measure(db, 'with twenty thousand more')]
  } finally {
    await db.destroy()
  }
}

async function measure(db: Knex, name: string): Promise<SearchFigure> {
  await db.raw('vacuum analyze search_documents')
  const engine = openSearch(db)
  const at = new Date()
  const ours = (text: string) => engine.find({ text, kind: null, filters: {}, page: 1, limit: 5, at })
  const plainly = (text: string) =>
    db.raw(`select kind, id, title, count(*) over (partition by kind) from search_documents where title ilike :part or array_to_string(aliases, ' ') ilike :part order by kind, newest desc, id limit 20`, { part: `%${text}%` })
  for (const text of QUERIES) await Promise.all([ours(text), plainly(text)])
  const [mine, plain]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of QUERIES) {
      mine.push(await timed(() => ours(text)))
      plain.push(await timed(() => plainly(text)))
    }
  }
  const [{ documents }] = (await db('search_documents').count({ documents: '*' })) as [{ documents: number }]
  return { name, documents, p50: median(mine), p99: nearlyLast(mine), plainP50: median(plain), plainP99: nearlyLast(plain) }
}

/** Documents that read like the city's own: titles of places, things and listed services. */
async function synthesise(db: Knex): Promise<void> {
  const services: string[] = await db('search_documents').where({ kind: 'service' }).orderBy('id').pluck('title')
  const engine = openSearch(db)
  for (const [kind, share] of SHARES) {
    const count = Math.round(SYNTHETIC * share)
    for (let from = 0; from < count; from += AT_ONCE) {
      const documents = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, place) => documentNo(kind, from + place, services))
      await transact(db, (trx) => engine.replace(trx, kind, documents.map(({ subject }) => subject), documents))
    }
  }
}

function documentNo(kind: Kind, number: number, services: readonly string[]): SearchDocument {
  const of = (list: readonly string[], step = 1) => list[Math.floor(number / step) % list.length]!
  const service = of(services)
  const title = { service: `${of(THINGS)}${service}`, agency: `吉林省${of(NAMES)}${of(NAMES, 10)}工程咨询有限公司第${number}分公司`, tender: '', result: '' }[kind] || `${of(PLACES)}${of(THINGS, 8)}工程${number}${service}`
  const id = `SYN-${kind}-${number}`
  return {
    kind, id, subject: id, title, names: [title], texts: [service, of(PLACES, 3)], code: id, facets: [], from: null, until: null,
    closesAt: kind === 'tender' ? new Date() : null, bindsAt: null, outcome: null, newest: new Date(Date.UTC(2026, 0, 1) + number * 60_000), shown: {} as never,
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function nearlyLast(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length * 0.99)]!
}

import type { Database } from '#app/domain/context.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { FILTERS, KINDS, MOST_COUNTED, WAYS, type FilterName, type Hit, type Kind } from '#app/domain/search/found.ts'
import { clearDocuments, replaceDocuments } from './postgres-documents.ts'
import { exactly, nearly, type Conditions } from './postgres-conditions.ts'
import { readQuestion, type Reading } from './question.ts'
import { READING } from './reading.ts'
import type { FilterChoice, SearchAnswer, SearchEngine, SearchQuestion } from './search.ts'

/** So few exact hits are too few: what is near is shown behind them. */
const FEW = 3

/**
 * Search in the database that is there anyway: words cut by jieba, pinyin, initials and trigrams, each its own index.
 * Statements go unnamed on purpose: kept prepared, LIKE would be planned for any text and read the whole table.
 */
export function postgresEngine(db: Database): SearchEngine {
  return {
    reading: READING,
    async find(question) {
      const reading = readQuestion(question.text)
      if (!reading.plain) return { ...NOTHING, understood: [], marks: [] }
      const conditions = exactly(reading)
      const common = await isCommon(db, question, conditions)
      const exact = await ask(db, question, conditions, common)
      const found = total(exact)
      if (found >= FEW) return { ...answerOf(exact, reading), near: false, common }
      const near = await ask(db, question, nearly(reading, { loosely: found === 0 }))
      return { ...answerOf(total(near) > found ? near : exact, reading), near: found === 0 && total(near) > 0, common: false }
    },
    replace: replaceDocuments,
    clear: clearDocuments,
  }
}

const NOTHING = { hits: [], counts: { service: 0, agency: 0, tender: 0, result: 0 }, total: 0, choices: {}, near: false, common: false } satisfies Partial<SearchAnswer>

type Found = { counts: Partial<Record<Kind, number>> | null; total: number; hits: (Omit<Hit, 'way'> & { way: number })[]; choices: (FilterChoice & { name: FilterName })[] | null }

const total = ({ counts }: Found): number => Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)

/** A tender's phase at an instant: by its deadline, by how it ended, by the day its award binds. tests/search/sync.test.ts walks a life. */
const PHASE = `case when closes_at is null then null when outcome = 'suspended' then outcome when closes_at > :at then 'open' when binds_at > :at then 'publicity' else coalesce(outcome, 'underway') end`

/** Where more documents than this fit, a word tells nothing apart: ranking twenty thousand of them took 119 ms, ranking these 24. */
const COMMON = 2 * MOST_COUNTED
/** Those that fit by their name or its beginning stand before the newest, and are as bounded. */
const BY_NAME = MOST_COUNTED

/** The days on which a document can be found. */
const ON_THE_DAY = '(from_on is null or from_on <= :on) and (until_on is null or until_on > :on)'

/**
 * Do so many documents fit that ranking them all would cost too much? It looks no further than that many. What somebody
 * narrows is ranked whole, so that a filter never misses what is old.
 */
async function isCommon(db: Database, { filters, at }: SearchQuestion, { fits, bindings }: Conditions): Promise<boolean> {
  if (Object.values(filters).some(Boolean)) return false
  const { rows } = await db.raw<{ rows: [{ found: number }] }>(
    `select count(*)::int as found from (select from search_documents where (${fits}) and ${ON_THE_DAY} limit ${COMMON + 1}) as fitting`,
    { ...bindings, on: dayOf(at) },
  )
  return rows[0].found > COMMON
}

/**
 * Of a common word: whatever bears it as its name, what begins with it, and of each kind the newest, one more than is
 * ever counted. So counts stay as they are, and so does everything that fits by name.
 */
function candidates(fits: string): string {
  const newest = KINDS.map((kind) => `(select kind, id from search_documents where kind = '${kind}' and (${fits}) and ${ON_THE_DAY} order by newest desc, id limit ${MOST_COUNTED + 1})`)
  return `(select * from search_documents where (kind, id) in (
    (select kind, id from search_documents where (name = :plain or code = :plain or aliases @> array[cast(:plain as text)]) and ${ON_THE_DAY} limit ${BY_NAME})
    union (select kind, id from search_documents where name like :beginning and ${ON_THE_DAY} limit ${BY_NAME})
    union ${newest.join(' union ')}))`
}

/** Everything an answer needs in one statement: counts of each kind, the lines, and what narrowing further would find. */
async function ask(db: Database, { kind, filters, page, limit, at }: SearchQuestion, { fits, way, score, bindings }: Conditions, common = false): Promise<Found> {
  const names = kind ? FILTERS[kind] : []
  const asked = names.flatMap((name) => (filters[name] ? [`${name}:${filters[name]}`] : []))
  const choices = names.map((name, place) => `
    select '${name}' as name, substr(facet, ${name.length + 2}) as value, min(label) as label, count(*)::int as count
    from matched, unnest(facets, labels) as one (facet, label)
    where matched.kind = :kind and facet like '${name}:%' and facets @> cast(:others${place} as text[])
    group by facet`)
  const others = Object.fromEntries(names.map((name, place) => [`others${place}`, asked.filter((facet) => !facet.startsWith(`${name}:`))]))
  const { rows } = await db.raw<{ rows: [Found] }>(
    `with matched as materialized (
       select kind, id, way, case when way >= 3 then ${score} else 0 end as score, case when kind in ('service', 'agency') then length(name) else 0 end as length, newest, phase,
              case when phase is null then facets else facets || ('state:' || phase) end as facets,
              case when phase is null then labels else labels || null end as labels
       from (select *, ${way} as way, ${PHASE} as phase from ${common ? `${candidates(fits)} as candidate` : 'search_documents'}
             where (${fits}) and ${ON_THE_DAY}) as fitting
     ),
     placed as (
       select kind, id, way, phase, row_number() over (partition by kind order by way, score desc, length, newest desc, id) as place
       from matched where ${kind ? 'kind = :kind and facets @> cast(:asked as text[])' : 'true'}
     )
     select
       (select jsonb_object_agg(kind, found) from (select kind, least(count(*), ${MOST_COUNTED + 1})::int as found from matched group by kind) as counted) as counts,
       (select least(count(*), ${MOST_COUNTED + 1})::int from placed) as total,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'id', id, 'title', title, 'way', way, 'phase', phase, 'shown', shown) order by kind, place), '[]')
        from placed join search_documents using (kind, id) where place > :skipped and place <= :until) as hits,
       ${choices.length ? `(select jsonb_agg(choice order by count desc, value) from (${choices.join(' union all ')}) as choice)` : 'null'} as choices`,
    { ...bindings, ...others, asked, kind: kind ?? '', at, on: dayOf(at), skipped: (page - 1) * limit, until: page * limit },
  )
  return rows[0]
}

const MOST_CHOICES = 60

function answerOf(found: Found, { understood, marks }: Reading): Omit<SearchAnswer, 'near' | 'common'> {
  const choices: SearchAnswer['choices'] = {}
  for (const { name, ...choice } of found.choices ?? []) {
    const of = (choices[name] ??= [])
    if (of.length < MOST_CHOICES) of.push(choice)
  }
  return {
    hits: found.hits.map((hit) => ({ ...hit, way: WAYS[hit.way]! }) as Hit).sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)),
    counts: { ...NOTHING.counts, ...found.counts },
    total: found.total,
    choices,
    understood,
    marks,
  }
}

import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { exportList, exportProposal } from '#app/domain/governance/export-list.server.ts'
import { importList } from '#app/domain/governance/import-list.server.ts'
import type { FileItem, ListFile } from '#app/domain/governance/list-file.ts'
import { showDraftProposal } from '#app/domain/governance/show-proposal.server.ts'
import { readList } from '#app/http/read-list.server.ts'
import { listJson, listWorkbook } from '#app/http/write-list.server.ts'
import { wordsOf } from '#app/words/words.ts'
import { clockAt } from '#tests/support/clock.ts'
import { test } from '#tests/support/database.ts'
import { ABOUT, proposed, regulators } from '#tests/support/governed.ts'

const FORMS = ['zh.xlsx', 'en.xlsx', 'json'] as const

/** A list as the file that somebody takes home, and as the house reads it when it comes back. */
async function thereAndBack(list: ListFile, form: (typeof FORMS)[number]) {
  const response = form === 'json' ? listJson(list, 'list.json') : listWorkbook(list, wordsOf(form.slice(0, 2) as 'zh' | 'en'), 'list.xlsx')
  return readFile(Buffer.from(await response.arrayBuffer()), form === 'json' ? 'list.json' : 'list.xlsx')
}

async function readFile(bytes: Buffer, name: string) {
  const body = new FormData()
  body.set('file', new File([new Uint8Array(bytes)], name))
  return readList(new Request('http://localhost/', { method: 'POST', body }), 'file')
}

const refused = (work: Promise<unknown>) => work.then(() => null, (error: { code: string }) => error.code)
const asOf = (context: (actor?: Member, options?: { clock: ReturnType<typeof clockAt> }) => Parameters<typeof exportList>[0]) => (member?: Member, at = '2026-11-20T10:00') => context(member, { clock: clockAt(at) })

test.for(FORMS)('what is exported as %s and imported again differs in nothing, on any day of the list', async (form, { database, context }) => {
  const as = asOf(context)
  const { manager } = await regulators(database)
  const list = await exportList(as(), {})
  expect(list.items.length).toBeGreaterThan(120)
  const { items, unknown } = await thereAndBack(list, form)
  expect([items.length, unknown]).toEqual([list.items.length, []])
  expect(await refused(importList(as(manager), { ...ABOUT, items, isWhole: true }))).toBe('governance.file-same')
  const old = await exportList(as(), { on: '2017-01-01' })
  const back = await thereAndBack(old, form)
  expect(back.items.map(({ wording }) => wording)).toEqual(old.items.map((item) => JSON.parse(JSON.stringify(item))))
})

test.for(FORMS)('a changed %s shows what is added, what differs field by field, and what is gone', async (form, { database, context }) => {
  const as = asOf(context)
  const { manager } = await regulators(database)
  const list = await exportList(as(), {})
  const added: FileItem = { ...list.items[0]!, code: 'X0001', name: '新的一项' }
  const items = list.items.filter(({ code }) => code !== 'R02').map((item) => (item.code === 'R03' ? { ...item, details: { ...item.details, timeLimit: '5个工作日', department: '发展改革委' } } : item))
  const read = await thereAndBack({ ...list, items: [...items, added] }, form)
  const draftOf = async (isWhole: boolean) => {
    const imported = await importList(as(manager), { ...ABOUT, items: read.items, isWhole })
    if ('faults' in imported) throw new Error(JSON.stringify(imported.faults))
    return (await showDraftProposal(as(manager), imported.id)).entries.map(({ code, kind, changes, faults }) => ({ code, kind, fields: kind === 'changed' ? changes.map(({ field }) => field) : [], faults }))
  }
  const changed = [{ code: 'R03', kind: 'changed', fields: ['department', 'timeLimit'], faults: [] }, { code: 'X0001', kind: 'added', fields: [], faults: [] }]
  expect(await draftOf(false)).toEqual(changed)
  expect(await draftOf(true)).toEqual([{ code: 'R02', kind: 'retired', fields: [], faults: [] }, ...changed])
})

test.for(FORMS)('a proposal exported as %s becomes the same draft again, its removals and reasons with it', async (form, { database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  const number = await proposed(as, people, { wordings: [{ code: 'X0010' }], retire: ['R07'] })
  const { items } = await thereAndBack(await exportProposal(as(), number), form)
  const imported = await importList(as(people.manager), { ...ABOUT, items, isWhole: false })
  const { entries } = await showDraftProposal(as(people.manager), 'id' in imported ? imported.id : '')
  expect(entries.map(({ code, kind, reason }) => [code, kind, reason])).toEqual([['R07', 'retired', '事项取消'], ['X0010', 'added', '依据已经核对']])
})

test('every fault of a JSON file is named by its pointer, all at once, and nothing is written', async ({ database, context }) => {
  const as = asOf(context)
  const { manager } = await regulators(database)
  const [good] = (await exportList(as(), {})).items as [FileItem]
  const { name: _name, stages: _stages, ...nameless } = good
  const items = [
    { ...nameless, code: 'X0020', hue: 'red' },
    { ...good, code: 'x 1', nature: 'nice', rules: { ...good.rules, bases: [{ type: 'rumour', title: '听说', articles: null, repealedOn: '2026-02-30' }], appliesWhen: { fact: 'site.a', more: 1 }, validYears: -1, extra: true } },
    { ...good, code: 'X0022', nature: 'statutory', rules: { ...good.rules, bases: [] }, approvalItems: ['A01', 'A999'], categoryCode: '9999' },
    { ...good, code: 'X0023', name: '名\u202e称' },
    { ...good, code: 'X0023' },
    'nothing',
  ]
  const before = await database.owner('list_proposals').count()
  const read = await readFile(Buffer.from(JSON.stringify({ items })), 'list.json')
  const imported = await importList(as(manager), { ...ABOUT, items: read.items, isWhole: false })
  const faults = 'faults' in imported ? imported.faults.map((fault) => `${read.placeOf(fault)} ${fault.code}`) : []
  expect(faults).toEqual([
    '/items/0/name catalogue.name-short',
    '/items/0/stages governance.file-missing',
    '/items/0/hue governance.file-unknown',
    '/items/1/code catalogue.code-malformed',
    '/items/1/nature forms.invalid_value',
    '/items/1/rules/bases/0/type forms.invalid_value',
    '/items/1/rules/bases/0/repealedOn forms.date',
    '/items/1/rules/appliesWhen governance.file-wrong',
    '/items/1/rules/validYears governance.file-wrong',
    '/items/1/rules/extra governance.file-unknown',
    '/items/2/nature catalogue.statutory-needs-basis',
    '/items/2/approvalItems/1 catalogue.items-unknown',
    '/items/2/categoryCode catalogue.category-unknown',
    expect.stringMatching(/^\/items\/3\/name accounts\./),
    '/items/5 governance.file-wrong',
  ])
  expect(await database.owner('list_proposals').count()).toEqual(before)
})

test('every fault of a workbook is named by its cell', async ({ database, context }) => {
  const as = asOf(context)
  const { manager } = await regulators(database)
  const [good] = (await exportList(as(), {})).items as [FileItem]
  const wrong = { ...good, code: 'X0030', nature: 'nice' as never, approvalItems: ['A999'], rules: { ...good.rules, bases: [{ type: 'rumour' as never, title: '听', articles: null, repealedOn: null }], selfPrepare: null } }
  const read = await thereAndBack({ format: 'mingdan-list/v1', division: '220100', on: '2026-11-20', version: 2, items: [good, wrong, { ...good, code: 'X0031', name: '' }] }, 'zh.xlsx')
  const imported = await importList(as(manager), { ...ABOUT, items: read.items, isWhole: false })
  expect('faults' in imported ? imported.faults.map((fault) => `${read.placeOf(fault)} ${fault.code} ${fault.value}`) : []).toEqual([
    'F3 forms.invalid_value nice',
    'I3 forms.invalid_value rumour',
    'I3 accounts.text-short 听',
    'C4 catalogue.name-short ',
  ])
})

test('what is no list is said so: no file, another kind, broken, without a code, too deep, too many', async ({ database, context }) => {
  const as = asOf(context)
  const { manager } = await regulators(database)
  const read = (text: string, name = 'a.json') => refused(readFile(Buffer.from(text), name))
  expect([await read(''), await read('hello'), await read('{"items":'), await read('{"list":[]}'), await read('PK\u0003\u0004 broken', 'a.xlsx'), await read(`[${Array(2001).fill('{}').join(',')}]`)]).toEqual(['governance.file-none', 'governance.file-kind', 'governance.file-broken', 'governance.file-columns', 'governance.file-broken', 'governance.file-rows'])
  const deep = `[{"code":"X1","rules":${'{"all":['.repeat(5000)}${']}'.repeat(5000)}}]`
  const { items } = await readFile(Buffer.from(deep), 'deep.json')
  const imported = await importList(as(manager), { ...ABOUT, items, isWhole: false })
  expect('faults' in imported && imported.faults.map(({ code }) => code)).toEqual(['governance.file-deep'])
  expect((await readFile(Buffer.from('[{"__proto__":{"code":"X"},"constructor":1}]'), 'odd.json')).items).toHaveLength(1)
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readableNote, readableSource } from '#app/domain/catalogue/source.ts'

test('a note about the copy and a locator are not shown; the document, its authority and its day are', () => {
  expect(readableSource({ sourceTitle: '唐山市行政审批中介服务超市入驻公告（2018-08-20；公告正文存于公开 GitHub 代码文件，索引不给出仓库名）', sourceUrl: 'github-index:file-id=17813542959' })).toEqual({ title: '唐山市行政审批中介服务超市入驻公告（2018-08-20）', url: null, collected: true })
})

test('where nothing else is known it is a collected list, and where nobody said anything it stays unsaid', () => {
  expect(readableSource({ sourceTitle: null, sourceUrl: 'github-index:file-id=1' })).toEqual({ title: null, url: null, collected: true })
  expect(readableSource({ sourceTitle: null, sourceUrl: null })).toEqual({ title: null, url: null, collected: false })
})

test('no entry of the collected list shows an internal locator, and each keeps a title', () => {
  const entries = JSON.parse(readFileSync(new URL('../../../db/seeds/data/catalogue-real.json', import.meta.url), 'utf8')) as { sourceTitle: string; sourceUrl: string }[]
  for (const entry of entries) {
    const { title, url } = readableSource(entry)
    expect(title).toBeTruthy()
    expect(`${title} ${url}`).not.toMatch(/github|file-id|索引/i)
    if (url) expect(url).toBe(entry.sourceUrl)
  }
})

test.each([
  ['general knowledge; item name in gh:29130993288 (Hangzhou, 2018)', '一般知识；事项名称见一份收集的公开清单 (Hangzhou, 2018)', 'general knowledge; the name of the item is in a collected public list (Hangzhou, 2018)'],
  ['LawRefBook/Laws@2f4c5c23: 企业投资项目核准和备案管理条例 arts. 7, 9, 10', '企业投资项目核准和备案管理条例 第 7, 9, 10 条', '企业投资项目核准和备案管理条例 art. 7, 9, 10'],
  ['general knowledge', '一般知识', 'general knowledge'],
])('the note %s is read as %s and %s', (note, zh, en) => {
  expect(readableNote(note)).toEqual({ zh, en })
})

test('no note on an approval item shows where a copy lies', () => {
  const items = JSON.parse(readFileSync(new URL('../../../db/seeds/data/approval-items.json', import.meta.url), 'utf8')) as { source: string; promisedSource: string | null }[]
  for (const note of items.flatMap(({ source, promisedSource }) => [source, promisedSource ?? []].flat())) {
    const { zh, en } = readableNote(note)
    expect(`${zh} ${en}`).not.toMatch(/LawRefBook|gh:|\.json|\.com|\.cn/)
    expect(zh, note).not.toMatch(/knowledge|working days|item|\barts?\b|promised|service|qualification|observed/)
  }
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readableSource } from '#app/domain/catalogue/source.ts'

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

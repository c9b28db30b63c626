import readWorkbook from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { timesJson, timesWorkbook } from '#app/http/write-times.server.ts'
import { wordsOf } from '#app/words/words.ts'

const FILE = {
  since: new Date('2025-11-27T00:00:00Z'),
  until: new Date('2026-11-27T00:00:00Z'),
  latest: null,
  items: [{ division: '220106', divisionName: '绿园区', code: 'R28', name: '水土保持方案报告书', count: 3, whole: 22.6, parties: { agency: 13, owner: 8.7, intake: 0, authority: 0.9, supplement: 0, special: 0 } }],
}

test('the times of services go out as JSON and as a workbook that says the same', async () => {
  expect(await timesJson(FILE).json()).toMatchObject({ format: 'mingdan-service-times/v1', unit: 'wd', items: [{ division: '220106', code: 'R28', parties: { agency: 13 } }] })
  const answer = timesWorkbook(FILE, wordsOf('zh'))
  expect(answer.headers.get('content-disposition')).toContain('service-times.xlsx')
  const [sheet] = await readWorkbook(Buffer.from(await answer.arrayBuffer()))
  expect(sheet!.data).toEqual([
    ['行政区划代码', '区县', '事项编码', '服务事项', '件数', '中介机构', '项目业主', '受理前', '审批部门', '补正', '特别程序', '全程'],
    ['220106', '绿园区', 'R28', '水土保持方案报告书', '3', '13.0', '8.7', '0.0', '0.9', '0.0', '0.0', '22.6'],
  ])
})

test('a file says on how many services its averages rest where the year had more', async () => {
  const cut = { ...FILE, latest: 1000 }
  expect(await timesJson(cut).json()).toMatchObject({ latest: 1000 })
  const [sheet] = await readWorkbook(Buffer.from(await timesWorkbook(cut, wordsOf('zh')).arrayBuffer()))
  expect(sheet!.data.at(-1)![0]).toBe(wordsOf('zh').clock.statistics.latest(1000))
})


import { findAnything } from '#app/domain/search/find-anything.server.ts'
import { reindex } from '#search/reindex.ts'
import { openSearch } from '#search/search.ts'
import { test } from '#tests/support/database.ts'

test('try', async ({ context, db }) => {
  const n = await reindex(db, openSearch(db))
  console.log('documents', n)
  for (const q of ['环评','环境影响评价','huanping','hp','hjyxpj','水土保持','水土保侍','水土保迟','水土宝持方案','shuitubaochi','stbc','stbcfa','shui tu bao chi','水土baochi','ｓｔｂｃ','Ｒ０４','r04','施工图审查','施工图审察','地灾','地质灾难危险性评估','地址灾害评估','EIA','消防捡测','可研','可行性研究','勘察','测绘','节能','学校环评','我要做一个环评报告','人防','工程','水','防雷检测','勘查报告','项目申请报告编制','audit','xmsqbg','fangleijiance','dizhizaihai','岩土']) {
    const t = performance.now()
    const a = await findAnything(context(), { text: q, kind: null, filters: {}, page: 1 })
    console.log(q, JSON.stringify(a.counts.service), a.near ? 'NEAR' : '', (performance.now() - t).toFixed(1), a.lines.map((l) => `${l.title}[${l.way}]`).join(' | '), a.understood.map((u) => u.said + '=' + u.means.join('/')).join(';'))
  }
})

/*
 * The two tables of the national exchange standard for intermediary services, and the codes in them. The standard's column
 * names stay as they are: whoever compares this with the standard finds them. What it leaves open is decided in docs/decisions/040.
 */

/** The columns of `spgl_zjfwsxblxxb` that say something of a service; the others say something of the row. */
export const SERVICE_COLUMNS = ['xzqhdm', 'xmdm', 'zjfwsxmc', 'zjfwsxbm', 'dybzzjfwsxbm', 'zjfwsxslbm', 'spsxslbm', 'blsx', 'sxlx', 'zjjgdm', 'zjjgmc', 'wtrdm', 'wtr'] as const
/** The same of `spgl_zjfwsxblgcxxb`: one step of the handling of a service. */
export const STEP_COLUMNS = ['xzqhdm', 'xmdm', 'zjfwsxslbm', 'blzt', 'blr', 'blyj', 'blsj', 'fjmc', 'fjid'] as const
/** Every column of both tables in the standard's order. `sj…` says of a row whether it is valid and uploaded, and why not; `scsj` and `gxsj` when. */
export const NATIONAL_TABLES = {
  spgl_zjfwsxblxxb: ['lsh', 'dfsjzj', ...SERVICE_COLUMNS, 'sjyxbs', 'sjwxyy', 'sjsczt', 'sbyy', 'scsj', 'gxsj'],
  spgl_zjfwsxblgcxxb: ['lsh', ...STEP_COLUMNS, 'sjyxbs', 'sjwxyy', 'sbyy', 'scsj'],
} as const
export type NationalTable = keyof typeof NATIONAL_TABLES
export type Column = (typeof SERVICE_COLUMNS)[number] | (typeof STEP_COLUMNS)[number]

/** 中介服务事项办理信息. Days are calendar days, since contracts count these. Null: nobody has said it, or it is not so yet. */
export type ServiceContent = {
  xzqhdm: string
  xmdm: string
  zjfwsxmc: string
  zjfwsxbm: string
  dybzzjfwsxbm: string | null
  zjfwsxslbm: string
  spsxslbm: string
  blsx: number
  sxlx: number
  zjjgdm: string | null
  zjjgmc: string | null
  wtrdm: string | null
  wtr: string
}

/** 办理过程. `blsj` is an instant here and becomes Beijing's hour in the view. */
export type StepContent = {
  xzqhdm: string
  xmdm: string
  zjfwsxslbm: string
  blzt: number
  blr: string
  blyj: string
  blsj: string
  fjmc: string | null
  fjid: string | null
}

/** 时限类型. */
export const DAY_KINDS = { working: 1, calendar: 2 } as const

/** 办理状态 of a service, with the words that stand beside it as 办理意见: never anybody's own words, which may be private. */
export const STEPS = {
  published: { code: 1, words: '发布采购公告' },
  awarded: { code: 2, words: '选定中介机构' },
  declined: { code: 3, words: '中选机构放弃中选' },
  contracted: { code: 4, words: '签订服务合同' },
  delivered: { code: 5, words: '提交服务成果' },
  returned: { code: 6, words: '退回服务成果，一次性告知补正' },
  accepted: { code: 7, words: '确认服务成果' },
} as const
export type StepName = keyof typeof STEPS
export const STEP_CODES: readonly number[] = Object.values(STEPS).map(({ code }) => code)

/** 数据上传状态: 0 stands where the exchange has not answered for the row as it is now. */
export const SENT_STATES = { 0: 'waiting', 1: 'uploaded', 2: 'accepted', 3: 'refused' } as const
export type SentCode = keyof typeof SENT_STATES
export type SentState = (typeof SENT_STATES)[SentCode]

/** How many characters a column holds. */
export const LENGTHS: Partial<Record<Column, number>> = { xmdm: 28, zjfwsxmc: 200, zjfwsxbm: 50, dybzzjfwsxbm: 50, zjfwsxslbm: 50, spsxslbm: 50, zjjgmc: 200, wtr: 200, blr: 200, blyj: 2000, fjmc: 200, fjid: 50 }

/** What the standard calls each column; an ended row says in these words what was corrected. */
export const COLUMN_NAMES: Record<Column, string> = {
  xzqhdm: '行政区划代码',
  xmdm: '项目代码',
  zjfwsxmc: '中介服务事项名称',
  zjfwsxbm: '中介服务事项编码',
  dybzzjfwsxbm: '对应标准中介服务事项编码',
  zjfwsxslbm: '中介服务事项实例编码',
  spsxslbm: '审批事项实例编码',
  blsx: '办理时限',
  sxlx: '时限类型',
  zjjgdm: '中介机构代码',
  zjjgmc: '中介机构名称',
  wtrdm: '委托人代码',
  wtr: '委托人',
  blzt: '办理状态',
  blr: '办理人',
  blyj: '办理意见',
  blsj: '办理时间',
  fjmc: '附件名称',
  fjid: '附件ID',
}

import { zh } from '#verify/sentences-zh.ts'
import { start } from './verify.ts'

start(zh)

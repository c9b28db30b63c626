import { en } from '#verify/sentences.ts'
import { start } from './verify.ts'

start(en)

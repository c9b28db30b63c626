import { shortlist } from '#verify/shortlist.ts'
import { bring } from './verify.ts'

bring({ shortlist })

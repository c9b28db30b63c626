import { shortlist } from '#verify/shortlist.ts'
import { shortlistZh } from '#verify/shortlist-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ shortlist }, { shortlist: shortlistZh })

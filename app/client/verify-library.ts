import { library } from '#verify/library.ts'
import { bring } from './verify-parts.ts'

bring({ library }, {})

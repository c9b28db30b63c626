import { categories, choice } from './parameter.ts'

/**
 * Which methods a division opens. Each has a switch for all services, and the categories for which it is closed all the same;
 * a shortlist by credit is open to those categories alone that are named.
 */
export const OPEN_METHODS = {
  randomSelection: choice(['open', 'closed'], 'open'),
  noRandom: categories([]),
  /** Never where the buyer is an authority, whatever stands here (优化营商环境条例 43). */
  directSelection: choice(['open', 'closed'], 'open'),
  noDirect: categories([]),
  /** Survey, investigation and design are never awarded by price alone, but judged with their people and plans. */
  priceSelection: choice(['open', 'closed'], 'open'),
  noPriceAlone: categories(['03', '04'], '测绘法第二十九条、建设工程勘察设计管理条例第十四条'),
  /** Closed to categories even where prices alone may decide. */
  auctionSelection: choice(['open', 'closed'], 'open'),
  noAuction: categories([]),
  creditSelection: choice(['open', 'closed'], 'open'),
  creditCategories: categories(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14']),
  meritSelection: choice(['open', 'closed'], 'open'),
  noMerit: categories([]),
}

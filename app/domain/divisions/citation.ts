/** Articles of a text in both languages. */
export type Articles = { zh: string; en: string }

const NUMBERS = /^\d{1,3}(?:\s*[、,，;；\s]\s*\d{1,3})*$/

/** Articles as a reader writes them: bare numbers get their 第…条 or "article …"; what is written out already stays as it is. */
export function articlesOf(written: string): Articles {
  if (!NUMBERS.test(written.trim())) return { zh: written, en: written }
  const numbers = written.match(/\d+/g)!.map(Number)
  const [last, ...rest] = numbers.toReversed()
  return {
    zh: numbers.map((number) => `第${chineseNumber(number)}条`).join('、'),
    en: rest.length ? `articles ${rest.toReversed().join(', ')} and ${last}` : `article ${last}`,
  }
}

/** A source such as `招标投标法 28` as a title and its article; null for a source of another form, such as the name of a practice with its year. */
export function citationIn(source: string): { title: string; articles: Articles } | null {
  const [, title, number] = /^(\S.*?) (\d{1,3})$/.exec(source) ?? []
  return title && number ? { title, articles: articlesOf(number) } : null
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** A number below a thousand in the words that laws number their articles with: 5 五, 18 十八, 105 一百零五. */
function chineseNumber(number: number): string {
  if (number < 10) return DIGITS[number]!
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10]
  const head = hundreds ? `${DIGITS[hundreds]}百` : ''
  const middle = tens ? `${tens === 1 && !hundreds ? '' : DIGITS[tens]}十` : hundreds && ones ? '零' : ''
  return head + middle + (ones ? DIGITS[ones] : '')
}

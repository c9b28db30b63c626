import { useLocale } from './locale.tsx'

/** A page that broke in the browser after the server had shown it whole: the browser holds no words for that, so they stand here. */
const WORDS = { zh: ['这一页在浏览器里出错了。', '重新打开'], en: ['This page broke in your browser.', 'Open it again'] } as const

export function Broken() {
  const [text, again] = WORDS[useLocale()]
  return (
    <div className="wrap">
      <p>
        {text} <a href="">{again}</a>
      </p>
    </div>
  )
}

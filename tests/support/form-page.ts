/** Reading a page as its HTML: which field is named wrong, in which words, and what of the form is still in it. */

/** The sentence at each field that the page says is wrong, by the field's name in its ids. */
export function faultsIn(html: string): Map<string, string> {
  return new Map([...html.matchAll(/<div class="error" id="field-([^"]+)-error">.*?<span>(.*?)<\/span>/gs)].map(([, field, sentence]) => [field!, unescaped(sentence!)]))
}

/** The sentences of the summary, and the fields that it leads to. */
export function summaryIn(html: string): { sentences: string[]; links: string[] } {
  const [, list = ''] = /<div class="error-summary".*?<ul>(.*?)<\/ul>/s.exec(html) ?? []
  return { sentences: [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item]) => unescaped(item!.replace(/<[^>]+>/g, ''))), links: [...list.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!) }
}

export function hasId(html: string, id: string): boolean {
  return html.includes(` id="${id}"`)
}

/** Does a control of this name, or the group around it, point a screen reader to its fault? */
export function isDescribed(html: string, name: string): boolean {
  const id = idOf(name)
  return tags(html).some((tag) => (tag.includes(` name="${name}"`) || tag.includes(` id="${id}"`)) && new RegExp(` aria-describedby="[^"]*\\b${id}-error"`).test(tag))
}

/** Does a field of this name still hold the text? */
export function holds(html: string, name: string, text: string): boolean {
  const [value, area] = [` value="${escaped(text)}"`, `>${escaped(text)}</textarea>`]
  return tags(html).some((tag) => tag.includes(` name="${name}"`) && tag.includes(value)) || html.split('<textarea').some((part) => part.includes(` name="${name}"`) && part.replace('>\n', '>').includes(area))
}

export function idOf(name: string): string {
  return `field-${name.replaceAll('.', '-')}`
}

function tags(html: string): string[] {
  return html.match(/<(?:input|textarea|select|fieldset)\b[^>]*>/g) ?? []
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;')
}

export function unescaped(html: string): string {
  return html.replaceAll('<!-- -->', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')
}

import { zipOf, type ZipEntry } from './zip-stream.server.ts'

export type Sheet = { name: string; head: readonly string[]; rows: () => AsyncIterable<readonly (readonly string[])[]> }

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** What one sheet of a workbook can hold by its format, the head among them. */
const MOST_ROWS = 1_048_576

/** A workbook made while it is sent, sheet after sheet, of texts alone: nothing in a name is ever run as a formula. */
export function workbookOf(sheets: readonly Sheet[]): AsyncGenerator<Buffer> {
  const each = (one: (sheet: Sheet, number: number) => string) => sheets.map((sheet, index) => one(sheet, index + 1)).join('')
  const parts: [string, string][] = [
    ['[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`],
    ['_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${each(({ name }, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${PACKAGE}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`],
    ['xl/styles.xml', `<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`],
  ]
  const entries: ZipEntry[] = [...parts.map(([name, xml]) => ({ name, content: [HEAD + xml] })), ...sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheet) }))]
  return zipOf(entries)
}

async function* sheetXml({ head, rows }: Sheet): AsyncGenerator<string> {
  const columns = head.map((_, index) => columnName(index))
  let count = 1
  const row = (cells: readonly string[], style: string) => `<row r="${count}">${cells.map((text, index) => (text === '' ? '' : `<c r="${columns[index]}${count}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`)).join('')}</row>`
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${head.length}" width="24" customWidth="1"/></cols><sheetData>${row(head, ' s="1"')}`
  for await (const part of rows()) {
    let xml = ''
    for (const cells of part) {
      count += 1
      // A download that breaks off is seen; one that ends early and looks whole is not.
      if (count > MOST_ROWS) throw new Error(`A sheet of a workbook holds ${MOST_ROWS} rows; the JSON has them all.`)
      xml += row(cells, '')
    }
    yield xml
  }
  yield '</sheetData></worksheet>'
}

/** What a sheet calls its column: A, B … AA. */
export function columnName(index: number): string {
  return (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))
}

/** XML has no place for control signs and lone surrogates. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

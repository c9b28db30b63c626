import { launchBrowser, openContext } from '/work/violations8/tests/support/browser.ts'
const [,, base, outDir, password, ...list] = process.argv
const browser = await launchBrowser()
for (const item of list) {
  const [who, path, name] = item.split('|')
  for (const [width, locale] of [[390,'zh'],[1280,'en']]) {
    const context = await openContext(browser, { javaScript: false, language: locale === 'zh' ? 'zh-CN' : 'en-GB' })
    const page = await context.newPage(); await page.setViewportSize({ width, height: 900 })
    if (who !== 'visitor') {
      await page.goto(base + '/sign-in'); 
      await page.fill('input[name=signInName]', who); await page.fill('input[name=password]', password)
      await page.locator('form:has(input[name=password]) button').first().click(); await page.waitForLoadState()
    }
    const r = await page.goto(base + path)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    await page.screenshot({ path: `${outDir}/${name}-${locale}-${width}.png`, fullPage: true })
    console.log(who, path, width, r.status(), wide ? 'WIDE' : '')
    await context.close()
  }
}
await browser.close()

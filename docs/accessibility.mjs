// Checks web pages of `thoatngheo report` with axe-core in a browser that is installed already.
//
//   npm install axe-core puppeteer-core          (in a folder outside the repository)
//   CHROMIUM=/usr/bin/chromium node accessibility.mjs page.html …
//
// Every page is checked light and dark, at 1280 and 390 pixels. Ends with 1 when anything is found. With SHOTS=FOLDER
// pictures of each are written there, and one of the print. With ROWS=30 all rows of a table after the first thirty and
// the last are taken out first: rows of a table are alike, and axe-core needs hours for the tens of thousands of a
// district's own page.
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';

const installed = createRequire(resolve(process.cwd(), 'package.json'));
const puppeteer = installed('puppeteer-core');
const axe = readFileSync(installed.resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
  protocolTimeout: 600_000,
});
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const scheme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.goto(pathToFileURL(resolve(file)).href, { timeout: 300_000 });
      if (process.env.ROWS) {
        await page.evaluate((most) => {
          for (const body of document.querySelectorAll('tbody')) {
            [...body.rows].slice(most, -1).forEach((row) => row.remove());
          }
        }, Number(process.env.ROWS));
      }
      await page.evaluate(axe);
      const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      console.log(`${file} ${scheme} ${width}: ${result.violations.length} violations, ${result.passes.length} rules passed`);
      if (wide > 0) console.log(`  the page is ${wide} pixels wider than the window`);
      for (const violation of result.violations) {
        found += 1;
        console.log(`  ${violation.id} (${violation.impact}): ${violation.help}, ${violation.nodes.length} places`);
        for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 160)}`);
      }
      if (process.env.SHOTS) {
        const name = `${process.env.SHOTS}/${basename(file, '.html')}-${scheme}-${width}`;
        await page.screenshot({ path: `${name}.png` });
        if (scheme === 'light' && width === 1280) await page.pdf({ path: `${name}.pdf`, format: 'A4', timeout: 300_000 });
      }
      await page.close();
    }
  }
}
await browser.close();
process.exit(found > 0 ? 1 : 0);

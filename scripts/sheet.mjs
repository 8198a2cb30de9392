// `npm run screens`: a picture of every state of every screen, in each language and size, on one page.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, runTool } from './command.mjs'

const folder = join(root, 'test-results/sheet')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const built = run(process.execPath, ['scripts/build.mjs'])
// Further words, such as `-g kiosk`, choose scenes.
const chosen = ['screens.spec', '--project=embedded', ...process.argv.slice(2)]
const looked = built && runTool('@playwright/test/cli.js', ['test', ...chosen], { SCREENS: '1' })

/** One page with all pictures, small; each opens in its own size. */
const figures = readdirSync(folder)
  .filter((file) => file.endsWith('.png'))
  .map(
    (file) =>
      `<a href="${file}"><figure><img src="${file}" loading="lazy" alt=""><figcaption>${file.slice(0, -4)}</figcaption></figure></a>`,
  )
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Nuanhao: every screen</title>
<style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:12px;background:#ddd}figure{margin:0}img{block-size:260px}</style>
${figures.join('\n')}\n`,
)
console.log(`\n${figures.length} pictures: test-results/sheet/index.html`)
process.exitCode = looked ? 0 : 1

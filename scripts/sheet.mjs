// `npm run screens`: a picture of every state of every screen, in each language and size, on one page.
import { run } from './command.mjs'

const built = run(process.execPath, ['scripts/build.mjs'])
const args = ['node_modules/@playwright/test/cli.js', 'test', 'screens', '--project=embedded']
const looked = built && run(process.execPath, args, { SCREENS: '1' })
console.log('\ntest-results/sheet/index.html')
process.exitCode = looked ? 0 : 1

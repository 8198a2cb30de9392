// `npm run build`: the screens into dist/. With --watch it goes on building at each change.
import { buildScreens } from './screens.mjs'

await buildScreens({ watch: process.argv.includes('--watch') })

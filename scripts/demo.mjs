// `npm run demo`: from a fresh checkout to a practice hall with people in it. Plain JavaScript, because nothing may be
// installed yet.
import { installDependencies } from './dependencies.mjs'
import { requireNode } from './node-version.mjs'
import { buildStaleScreens } from './screens.mjs'
import './stop-with-npm.mjs'

requireNode()
if (!installDependencies()) process.exit(1)
buildStaleScreens()

// In this very process, so that a signal to it is a signal to the hall.
const { register } = await import('tsx/esm/api')
register()
await import('#virtual/main.ts')

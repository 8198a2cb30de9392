// `npm start`: from a fresh checkout to a running hall. Plain JavaScript, because nothing may be installed yet.
import { installDependencies } from './dependencies.mjs'
import { requireNode } from './node-version.mjs'
import { buildStaleScreens } from './screens.mjs'
import './stop-with-npm.mjs'

requireNode()
if (!installDependencies()) process.exit(1)
buildStaleScreens()

// The server runs in this very process, so that a signal to it is a signal to the server.
const { register } = await import('tsx/esm/api')
register()
await import('#server/main.ts')

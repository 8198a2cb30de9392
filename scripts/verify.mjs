// `npm run verify`: the quick check before a commit. It needs no services and no browser.
import { installDependencies } from './dependencies.mjs'
import { requireNode } from './node-version.mjs'
import { lint, runStages, types, unitTests } from './stages.mjs'

requireNode()
installDependencies()
runStages([lint, types, unitTests])

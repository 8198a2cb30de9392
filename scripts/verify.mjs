// `npm run verify`: the quick check before a commit. It needs no services and no browser.
import { requireNode } from './node-version.mjs'
import { dependencies, lint, runStages, types, unitTests } from './stages.mjs'

requireNode()
runStages([dependencies, lint, types, unitTests])

// `npm test`: everything, from a fresh checkout. Its last line is "N passed, N failed".
import { installDependencies } from './dependencies.mjs'
import { requireNode } from './node-version.mjs'
import { browserTests, build, lint, parts, runStages, types, vitestTests } from './stages.mjs'

requireNode()
installDependencies()
runStages([parts, lint, types, vitestTests, build, browserTests])

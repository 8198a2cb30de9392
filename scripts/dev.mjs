// `npm run dev`: the inner loop. The server restarts, and the screens build again, at each change.
import { spawn } from 'node:child_process'
import { root } from './command.mjs'
import { installDependencies } from './dependencies.mjs'
import { requireNode } from './node-version.mjs'
import './stop-with-npm.mjs'

requireNode()
if (!installDependencies()) process.exit(1)

const loops = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/main.ts'],
  ['scripts/build.mjs', '--watch'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }))

// They live and die together: half an inner loop only misleads.
for (const loop of loops) {
  loop.once('exit', (code) => {
    process.exitCode ??= code ?? 0
    stop('SIGTERM')
  })
}
process.on('SIGINT', () => stop('SIGINT'))
process.on('SIGTERM', () => stop('SIGTERM'))

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  for (const loop of loops) loop.kill(signal)
}

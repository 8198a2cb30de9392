import { expect, it } from 'vitest'
import { wrongPackages } from './packages.mjs'

const sound = { version: '1.0.0', license: 'MIT', integrity: 'sha512-x' }
const lockOf = (found: object) => ({
  packages: { '': {}, 'node_modules/a/node_modules/b': { ...sound, ...found } },
})

it.each([
  [{ license: 'GPL-3.0-only' }, ['b: licence GPL-3.0-only']],
  [{ license: undefined }, ['b: licence unknown']],
  [{ license: '(GPL-2.0 OR MIT)' }, []],
  [{ license: 'GPL-3.0-only', dev: true }, []],
])('[PACKAGE1] what runs in a hall is under a licence that binds nobody: %o', (found, wrong) => {
  expect(wrongPackages({}, lockOf(found))).toEqual(wrong)
})

it('[PACKAGE2] every package is one version with its checksum, from the registry', () => {
  const manifest = { dependencies: { a: '^1.0.0', c: '1.0.0' }, devDependencies: { d: 'github:x/y' } }
  expect(wrongPackages(manifest, { packages: {} })).toEqual([
    'a: ^1.0.0 is not one exact version',
    'd: github:x/y is not one exact version',
  ])
  expect(wrongPackages({}, lockOf({ integrity: undefined }))).toEqual(['b: no checksum'])
  expect(wrongPackages({}, lockOf({ resolved: 'git+ssh://x' }))).toEqual(['b: not from the registry'])
})

it('[PACKAGE2] no package runs a script when it is installed unless that was decided', () => {
  const scripted = lockOf({ hasInstallScript: true })
  expect(wrongPackages({}, scripted)).toHaveLength(1)
  expect(wrongPackages({ allowScripts: { b: false } }, scripted)).toEqual([])
})

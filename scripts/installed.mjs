// What makes a built screen an installed app: its manifest, its icons, and the worker that keeps its files.
import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './command.mjs'

/** The screens that open with the server away. */
const INSTALLED = {
  kiosk: { name: '暖号 · 取号机', short_name: '取号机', display: 'fullscreen' },
  console: { name: '暖号 · 窗口工作台', short_name: '工作台', display: 'standalone' },
  display: { name: '暖号 · 大厅屏', short_name: '大厅屏', display: 'fullscreen' },
}

const ICONS = [
  { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
  { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: 'icon-512-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
]

/**
 * The part of a screen's build that makes it an installed app; null for a screen that is none.
 *
 * @param {string} screen
 * @param {string} outDir
 * @returns {import('vite').Plugin | null}
 */
export function installed(screen, outDir) {
  const called = Object.entries(INSTALLED).find(([name]) => name === screen)?.[1]
  if (!called) return null
  const manifest = {
    ...{ ...called, lang: 'zh-CN', id: `/${screen}/`, scope: `/${screen}/`, start_url: `/${screen}/` },
    ...{ background_color: '#faf4e9', theme_color: '#faf4e9', icons: ICONS },
  }
  return {
    name: 'installed',
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'manifest', href: `/${screen}/app.webmanifest` }, injectTo: 'head' },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `/${screen}/icon-192.png` }, injectTo: 'head' },
    ],
    async closeBundle(error) {
      if (error) return
      writeFileSync(join(outDir, 'app.webmanifest'), JSON.stringify(manifest))
      for (const { src } of ICONS.filter(({ type }) => type === 'image/png')) {
        copyFileSync(join(root, 'ui/installed', src), join(outDir, src))
      }
      await buildWorker(outDir)
    },
  }
}

/**
 * One classic script, which the browsers of old boards take as well.
 *
 * @param {string} outDir
 */
async function buildWorker(outDir) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'warn',
    define: { PRECACHE: JSON.stringify(precached(outDir)), 'process.env.NODE_ENV': '"production"' },
    build: {
      target: ['chrome87', 'safari14', 'firefox78'],
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      rollupOptions: {
        input: join(root, 'ui/installed/worker.ts'),
        output: { format: 'iife', entryFileNames: 'worker.js' },
      },
    },
  })
}

/**
 * Every file of a built screen, with a hash where its name has none.
 *
 * @param {string} outDir
 */
export function precached(outDir) {
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(outDir, join(entry.parentPath, entry.name)))
    .filter((url) => url !== 'worker.js')
    .sort()
    .map((url) => {
      const hashed = url.startsWith('assets/')
      const hash = () =>
        createHash('sha256')
          .update(readFileSync(join(outDir, url)))
          .digest('hex')
          .slice(0, 16)
      return { url, revision: hashed ? null : hash() }
    })
}

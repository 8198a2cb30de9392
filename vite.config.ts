import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

// What the screens have in common. scripts/screens.mjs builds each app alone, and adds its root, base and outDir.
export default defineConfig({
  plugins: [preact()],
  build: {
    // Halls keep their screens for years: old Android boards, smart televisions, the web view inside WeChat.
    target: ['chrome87', 'safari14', 'firefox78'],
    // Safari 14.0 alone lacks logical insets. To have them for it, sides would be fixed by the language instead of the direction.
    cssTarget: ['chrome87', 'safari14.1', 'firefox78'],
    // The content security policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})

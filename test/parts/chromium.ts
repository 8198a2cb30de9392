import { findOrInstall } from '#scripts/parts.mjs'

/** How to launch the browser of this machine: quietly, and also as root or in a container. */
export function chromium() {
  // Without a Chinese font, screenshots show boxes and texts have the wrong width.
  findOrInstall('Chinese font')
  return {
    executablePath: findOrInstall('chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  }
}

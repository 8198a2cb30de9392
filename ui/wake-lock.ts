/**
 * Keeps the screen from going dark while the page is shown. The browser drops the lock whenever the page is hidden, so it is
 * asked for again at each return. Without the browser's support, or off HTTPS, nothing happens.
 */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let over = false

  const ask = async () => {
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      const got = await navigator.wakeLock.request('screen')
      if (over) await got.release()
      else lock = got
    } catch {
      // A battery saver may refuse. The display works the same; the screen's own settings decide.
    }
  }

  document.addEventListener('visibilitychange', ask)
  void ask()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', ask)
    void lock?.release().catch(() => {})
  }
}

import { useSignalEffect } from '@preact/signals'
import type { Device } from '../device.ts'
import { errorWords } from '../error-words.ts'
import { shared } from '../words.ts'
import { Button } from './Button.tsx'
import { Loading } from './Loading.tsx'
import { later } from './later.tsx'
import { Wordmark } from './Wordmark.tsx'

// Seen once in the life of a screen.
const PairingScreen = later(async () => (await import('../pairing/PairingScreen.tsx')).PairingScreen)

/** Nobody may stand by: what could not be reached is tried again after this, ms. */
const AGAIN = 5_000

/** What a screen shows until it is enrolled: nothing to do in a demo hall, a code for a supervisor elsewhere. */
export function EnrolmentScreen({ device }: { device: Device }) {
  useSignalEffect(() => {
    if (device.state.value !== 'failed') return
    const timer = setTimeout(() => device.enrol(), AGAIN)
    return () => clearTimeout(timer)
  })
  const waiting = device.pairing.value
  if (device.state.value === 'pairing' && waiting) return <PairingScreen device={device} waiting={waiting} />
  if (device.state.value !== 'failed') return <Loading />
  return (
    <main class="plain-screen">
      <Wordmark />
      <p>{errorWords(device.error.value ?? 'unavailable')}</p>
      <Button tone="primary" large icon="repeat" onClick={() => device.enrol()}>
        {shared('try-again')}
      </Button>
    </main>
  )
}

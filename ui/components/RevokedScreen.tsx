import type { Device } from '../device.ts'
import { shared } from '../words.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

/** The server no longer knows this screen. It stays quiet until somebody sets it up again. */
export function RevokedScreen({ device }: { device: Device }) {
  return (
    <main class="plain-screen" data-testid="revoked">
      <Icon name="key" class="plain-screen-icon" />
      <h1>{shared('revoked-title')}</h1>
      <p class="quiet">{shared('revoked-lead')}</p>
      <Button tone="primary" large onClick={() => device.forget()}>
        {shared('set-up-again')}
      </Button>
    </main>
  )
}

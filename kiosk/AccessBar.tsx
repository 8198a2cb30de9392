import { highContrast, lowReach, setHighContrast, setLowReach } from '#ui/appearance.ts'
import { Button } from '#ui/components/Button.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { SizeSwitch } from '#ui/components/SizeSwitch.tsx'
import { Toggle } from '#ui/components/Toggle.tsx'
import { PageButtons } from './PageButtons.tsx'
import { LOUDEST } from './reader.ts'
import { reader } from './reading.ts'
import { t } from './words.ts'

/** How the screen is to be seen, heard and reached: at the foot of every screen, where everybody reaches it. [ACCESS2] */
export function AccessBar() {
  const reading = reader.state.value !== 'off'
  return (
    <nav class="access" aria-label={t('access')} data-testid="access">
      {reading && <ReadingBar />}
      <div class="access-row">
        <LanguageSwitch />
        <SizeSwitch />
        <Toggle icon="contrast" on={highContrast.value} onChange={setHighContrast} data-testid="contrast">
          {t('contrast')}
        </Toggle>
        <span class="access-low">
          <Toggle icon="lower" on={lowReach.value} onChange={setLowReach} data-testid="lower">
            {t('lower')}
          </Toggle>
        </span>
        <Toggle
          icon="sound"
          on={reading}
          onChange={(on) => (on ? reader.read() : reader.off())}
          data-testid="read"
        >
          {t('read')}
        </Toggle>
        <PageButtons />
      </div>
    </nav>
  )
}

/** Again, stop, louder and softer, while the screen is read out. [READ2] */
function ReadingBar() {
  const volume = reader.volume.value
  return (
    <fieldset class="access-row access-reading" aria-label={t('read')}>
      <Button icon="repeat" onClick={reader.read} data-testid="read-again">
        {t('read-again')}
      </Button>
      <Button
        icon="stop"
        onClick={reader.stop}
        disabled={reader.state.value !== 'reading'}
        data-testid="read-stop"
      >
        {t('read-stop')}
      </Button>
      <Button icon="minus" onClick={reader.softer} disabled={volume === 1} data-testid="softer">
        {t('softer')}
      </Button>
      <Button icon="plus" onClick={reader.louder} disabled={volume === LOUDEST} data-testid="louder">
        {t('louder')}
      </Button>
      <p class="access-volume" role="status" data-testid="volume">
        {t('volume', { n: volume, most: LOUDEST })}
      </p>
      {reader.partly.value && (
        <p class="access-partly" data-testid="partly">
          {t('read-partly')}
        </p>
      )}
    </fieldset>
  )
}

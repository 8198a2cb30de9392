import { useSignal } from '@preact/signals'
import { highContrast, lowReach, setHighContrast, setLowReach } from '#ui/appearance.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { SizeSwitch } from '#ui/components/SizeSwitch.tsx'
import { Toggle } from '#ui/components/Toggle.tsx'
import { shared } from '#ui/words.ts'
import { beside } from './beside.ts'
import type { Hall } from './hall.ts'
import { PageButtons } from './PageButtons.tsx'
import { LOUDEST } from './reader.ts'
import { reader } from './reading.ts'
import { t } from './words.ts'

/** Help, how the screen is to be seen, heard and reached, and which kiosk this is: at the foot of every screen, where everybody reaches it. [ACCESS2] [HELP7] */
export function AccessBar({ hall, name }: { hall: Hall; name: string }) {
  /** How often this resident has asked for help; what comes of it is fetched behind the first screen. */
  const asked = useSignal(0)
  const HelpLine = asked.value > 0 && beside.value?.HelpLine
  const site = hall.site.value
  const reading = reader.state.value !== 'off'
  return (
    <nav class="access" aria-label={t('access')} data-testid="access">
      {HelpLine && (
        <HelpLine
          hall={hall}
          kiosk={name}
          touched={asked.value}
          onLeave={() => {
            asked.value = 0
          }}
        />
      )}
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
        <Button
          class="access-help"
          icon="bell"
          onClick={() => {
            asked.value += 1
          }}
          data-testid="help"
        >
          {t('help')}
        </Button>
        <PageButtons />
        <p class="access-name">
          {site?.demo && !site.practice && <Chip tone="accent">{shared('demo')}</Chip>} {name}
        </p>
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

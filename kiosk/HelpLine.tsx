import './help.css'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { actionKey } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon, type IconName } from '#ui/components/Icon.tsx'
import { helpApi } from '#ui/help/help-api.ts'
import type { Hall } from './hall.ts'
import { createHelp, type HelpNow, helpNow } from './help.ts'
import { t } from './help-words.ts'
import { reader } from './reading.ts'
import { t as word } from './words.ts'

interface Props {
  hall: Hall
  /** The kiosk's name. */
  kiosk: string
  /** Grows with each touch of "Help me". */
  touched: number
  /** Nothing more is to be said. */
  onLeave: () => void
}

const ICON: Record<HelpNow['at'], IconName> = {
  calling: 'bell',
  ringing: 'bell',
  escalated: 'bell',
  coming: 'person',
  done: 'check',
  desk: 'help',
}

/** What became of the call for help, beside the button that made it: the screen above goes on. [HELP7] */
export function HelpLine({ hall, kiosk, touched, onLeave }: Props) {
  const line = useRef<HTMLDivElement>(null)
  const nowOf = (steps: Pick<ReturnType<typeof createHelp>, 'own'>): HelpNow | null =>
    helpNow(steps.own.value, hall.live.board.value, kiosk, hall.live.link.value === 'lost')
  const steps = useMemo(() => {
    const api = helpApi(hall.api)
    const made = createHelp({
      ask: (action) => api.ask(hall.siteId, action),
      takeBack: api.takeBack,
      newKey: actionKey,
      open: () => nowOf(made)?.at !== 'done',
    })
    return made
  }, [hall])
  useEffect(() => void steps.ask(), [steps, touched])

  const now = nowOf(steps)
  const at = now?.at ?? null
  // Who is read to hears what changed, and loses nothing of the screen. [HELP7]
  useEffect(() => {
    if (line.current && at !== null && reader.state.peek() !== 'off') reader.name(line.current)
  }, [at])

  if (now === null) return null
  const counter =
    now.at === 'coming' && hall.site.value?.counters.find(({ id }) => id === now.counterId)?.number
  const leave = async (): Promise<void> => {
    if (await steps.leave()) onLeave()
  }
  return (
    <div class={`help-line help-line--${now.at}`} data-testid="help-line" data-state={now.at}>
      <Icon name={ICON[now.at]} />
      <div class="help-words" role="status" ref={line}>
        <p>{t(`help-${now.at}`)}</p>
        {counter && <p class="help-from">{t('help-from', { counter })}</p>}
      </div>
      {steps.own.value.at === 'failed' && (
        <Button onClick={() => void steps.ask()} data-testid="help-again">
          {word('try-again')}
        </Button>
      )}
      {now.at !== 'calling' && (
        <Button onClick={leave} data-testid="help-leave">
          {t(now.at === 'done' || now.at === 'desk' ? 'help-read' : 'help-take-back')}
        </Button>
      )}
    </div>
  )
}

import { SCALES, scale, setScale, setSize, size } from '../appearance.ts'
import { shared } from '../words.ts'
import { Toggle } from './Toggle.tsx'

/** 长辈版, and how large it is. [ACCESS3] */
export function SizeSwitch() {
  const large = size.value === 'large'
  return (
    <>
      <Toggle
        icon="text"
        on={large}
        onChange={(on) => setSize(on ? 'large' : 'standard')}
        data-testid="size-large"
      >
        {shared('size-large')}
      </Toggle>
      {large && (
        <fieldset class="switch" data-testid="scale-switch" aria-label={shared('size')}>
          {SCALES.map((one) => (
            <button
              key={one}
              type="button"
              class="switch-choice"
              aria-pressed={scale.value === one}
              data-testid={`scale-${one}`}
              onClick={() => setScale(one)}
            >
              {shared(`scale-${one}`)}
            </button>
          ))}
        </fieldset>
      )}
    </>
  )
}

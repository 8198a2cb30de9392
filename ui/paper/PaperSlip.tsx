import { createPortal } from 'preact/compat'
import type { Slip } from '#protocol/printing.ts'
import { Qr } from '#ui/components/Qr.tsx'

/** The ticket on paper, as the browser of this screen prints it; on the screen it is not seen. [PRINT11] */
export function PaperSlip({ slip }: { slip: Slip }) {
  return createPortal(
    <div class={`slip slip--${slip.paper}`} lang={slip.language} aria-hidden="true" data-testid="slip">
      {slip.parts.map((part, n) => {
        const key = `${n}`
        if ('rule' in part) return <hr key={key} />
        if ('qr' in part) return <Qr key={key} text={part.qr} />
        const looks = [
          'slip-text',
          `slip-text--${part.size}`,
          part.strong && 'slip-text--strong',
          part.centred && 'slip-text--centred',
        ]
        return (
          <p key={key} class={looks.filter(Boolean).join(' ')} dir="auto">
            {part.text}
          </p>
        )
      })}
    </div>,
    document.body,
  )
}

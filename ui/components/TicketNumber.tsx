/** A ticket's public face, `A012` or `K1-03`. Read out letter by letter, digit by digit, with a pause at the dash. */
export function TicketNumber({ number, testId }: { number: string; testId?: string }) {
  return (
    <span
      class="ticket-number"
      data-testid={testId}
      role="img"
      aria-label={[...number].join(' ').replace(' -', ',')}
    >
      {number}
    </span>
  )
}

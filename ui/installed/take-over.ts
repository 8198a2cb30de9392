/** What a page says to a worker that waits: it may replace the one at work. */
export const TAKE_OVER = 'take-over'

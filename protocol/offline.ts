export { ownNumber, seriesOf } from '#domain/numbering.ts'

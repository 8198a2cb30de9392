export { type Random, randomOf } from '#virtual/random.ts'

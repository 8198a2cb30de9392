// What a console needs when the server is away, and afterwards: one file of its own, fetched while there is a server.
export { LastListPage } from './LastListPage.tsx'
export { createPaper, PaperButtons, PaperStrip, PrintButton } from './paper.tsx'

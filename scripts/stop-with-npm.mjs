// Ends this process when the npm that started it has been told to end. npm passes SIGTERM to a shell that does not
// pass it on, so without this a `kill` of `npm start` would leave the server running, unseen, on its port.

if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

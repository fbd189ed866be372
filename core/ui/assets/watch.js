// Asks whether the session still holds and the database answers, and has the server look when that changed.

const EVERY = 5_000

export default function ({ data, parentElement, setTriggerValue }) {
  const watch = parentElement.watch ??= {}
  watch.away = data.away
  watch.key = data.key
  watch.report = () => setTriggerValue('asked', Date.now())

  async function look() {
    if (watch.busy) return
    watch.busy = true
    try {
      const { status } = await fetch(`live/here?key=${watch.key}`, { cache: 'no-store' })
      if (status === 401 || (status === 503) !== watch.away) watch.report()
    } catch { /* the server is away; the page says so itself */ } finally { watch.busy = false }
  }

  if (!watch.timer) {
    watch.timer = setInterval(look, EVERY)
    watch.seen = () => { if (!document.hidden) look() }
    document.addEventListener('visibilitychange', watch.seen)
  }
  return () => {
    clearInterval(watch.timer)
    document.removeEventListener('visibilitychange', watch.seen)
    parentElement.watch = undefined
  }
}

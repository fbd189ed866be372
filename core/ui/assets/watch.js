// Asks whether the session still holds, the database answers and the server is the one that drew the page, and
// has the server look when that changed; again and again until it has.

const EVERY = 5_000

export default function ({ data, parentElement, setTriggerValue }) {
  const watch = parentElement.watch ??= {}
  watch.away = data.away
  watch.key = data.key
  watch.server = data.server
  watch.report = () => setTriggerValue('asked', Date.now())

  async function look() {
    if (watch.busy) return
    watch.busy = true
    try {
      const { status, headers } = await fetch(`live/here?key=${watch.key}`, { cache: 'no-store' })
      const another = status === 204 && headers.get('X-Anze-Server') !== watch.server
      if (another) document.dispatchEvent(new CustomEvent('anze-another-server'))
      else if (status === 401 || (status === 503) !== watch.away) watch.report()
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

// Asks for the newest change while somebody is looking, and has the page's living part drawn again when there
// is one. No line is held open: a browser allows only six to a server, and people open more tabs than that.

const EVERY = 900
const AGAIN = 5_000     // after so long a redraw that never came is asked for once more
const REST = 5          // a redraw is followed by a rest so many times as long: a busy server is asked less
const LONGEST = 30_000

export default function ({ data, parentElement, setTriggerValue }) {
  const live = parentElement.live ??= { asked: 0, rested: 0 }
  live.drawn = data.newest
  live.report = (newest) => setTriggerValue('newest', newest)
  const told = document.querySelector('.page-head .told:last-child')
  if (told && data.told && told.textContent !== data.told) told.textContent = data.told

  async function look() {
    if (document.hidden || live.busy || Date.now() < live.rested) return
    live.busy = true
    try {
      const answer = await fetch('live/newest', { cache: 'no-store' })
      const newest = answer.ok ? await answer.json() : live.drawn
      if (newest !== live.drawn && Date.now() - live.asked > AGAIN) {
        live.asked = Date.now()
        live.report(newest)
      }
    } catch { /* the server is away; the page says so itself */ } finally { live.busy = false }
  }

  if (!live.timer) {
    live.timer = setInterval(look, EVERY)
    live.seen = () => { if (!document.hidden) look() }
    document.addEventListener('visibilitychange', live.seen)
  }
  if (live.last !== data.newest) {
    if (live.asked) live.rested = Date.now() + Math.min(LONGEST, REST * (Date.now() - live.asked))
    live.asked = 0
  }
  live.last = data.newest
  return () => {
    clearInterval(live.timer)
    document.removeEventListener('visibilitychange', live.seen)
    parentElement.live = undefined
  }
}

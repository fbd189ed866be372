// Keeps a wall alive: draws what the server paints, turns the scenes, tells the time, and comes back by itself.
// morph.js stands above it. The same code serves the page 大屏 and the page behind a wall's link.

const QUIET = 30_000          // after so long without a word the header says so
const DEAD = 45_000           // after so long the line is taken for dead, even if the browser thinks it stands
const RETRY = 4_000
const TURN = 20
const BEIJING = 8 * 3_600_000

const two = (number) => String(number).padStart(2, '0')

function node(tag, name, text = '') {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  return made
}

// The frame stands from the first moment; the parts are filled in as they come.
function frame(root, titles, out) {
  const stage = node('div', 'wall-stage'), scenes = node('div', 'scenes')
  const header = node('header', ''), footer = node('footer', '')
  header.dataset.part = 'header'
  const legend = node('div', 'legend-place')
  legend.dataset.part = 'footer'
  const turning = node('div', 'turning')
  titles.forEach((title, index) => {
    const scene = node('section', 'scene')
    scene.dataset.part = `scene-${index + 1}`
    scene.setAttribute('aria-label', title)
    scenes.append(scene)
  })
  turning.append(node('b', 'title'), node('span', 'place'), node('span', 'countdown'))
  if (out) {
    const back = node('a', 'out', '返回')
    back.href = out
    turning.append(back)
  }
  footer.append(legend, turning)
  stage.append(header, scenes, footer)
  root.replaceChildren(stage)
}

// What the address asks for: one scene held, or all of them turned.
function asked(count) {
  const words = new URLSearchParams(location.search)
  const scene = Math.trunc(Number(words.get('scene'))), seconds = Number(words.get('rotate'))
  const known = scene >= 1 && scene <= count ? scene : 0
  const turn = seconds >= 3 ? Math.min(seconds, 3600) : known ? 0 : TURN
  return { first: known ? known - 1 : 0, turn }
}

class Wall {
  constructor(root, { events, titles, build, out }) {
    Object.assign(this, { root, events, titles, build, heard: 0, tried: 0, ahead: 0, began: Date.now() })
    frame(root, titles, out)
    Object.assign(this, asked(titles.length))
    this.pace = [setInterval(() => this.tick(), 250), setInterval(() => this.look(), 1_000)]
    this.sized = new ResizeObserver(() => this.fit())
    this.sized.observe(document.documentElement)
    this.wake = () => { if (!document.hidden && Date.now() - this.heard > QUIET) this.listen() }
    for (const name of ['online', 'focus', 'pageshow']) addEventListener(name, this.wake)
    document.addEventListener('visibilitychange', this.wake)
    this.key = (event) => this.turnBy({ ArrowRight: 1, ArrowLeft: -1 }[event.key])
    addEventListener('keydown', this.key)
    this.fit()
    this.tick()
    this.listen()
  }

  stop() {
    this.pace.forEach(clearInterval)
    this.sized.disconnect()
    for (const name of ['online', 'focus', 'pageshow']) removeEventListener(name, this.wake)
    document.removeEventListener('visibilitychange', this.wake)
    removeEventListener('keydown', this.key)
    this.source?.close()
    if (window.anzeWall === this) window.anzeWall = undefined
  }

  // The stage is 1920 wide or 1080 high, whichever asks for the smaller scale, and fills the window.
  fit() {
    const { clientWidth: width, clientHeight: height } = document.documentElement
    const scale = Math.min(width / 1920, height / 1080) || 1
    const { style } = this.root.firstElementChild
    style.width = `${width / scale}px`
    style.height = `${height / scale}px`
    style.transform = `scale(${scale})`
  }

  part(name) { return this.root.querySelector(`[data-part="${name}"]`) }

  draw(parts) {
    const before = new Map([...this.root.querySelectorAll('td[data-status]')].map((cell) => [cell, cell.outerHTML]))
    const drawn = Object.entries(parts).map(([name, html]) => {
      const place = this.part(name)
      return place ? redraw(place, html) : false
    })
    if (!drawn.includes(true)) return
    this.tick()
    if (this.drawnOnce) for (const [cell, html] of before) if (cell.isConnected && cell.outerHTML !== html) glow(cell)
    this.drawnOnce = true
  }

  // The fallback's picture counts only while the line is silent.
  offer(parts) { if (Date.now() - this.heard > QUIET) this.draw(parts) }

  listen() {
    this.source?.close()
    this.tried = Date.now()
    const source = this.source = new EventSource(this.events)
    source.addEventListener('paint', ({ data }) => { this.hear(); this.draw(JSON.parse(data)) })
    source.addEventListener('beat', ({ data }) => this.beat(JSON.parse(data)))
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) this.ask() }
  }

  hear() {
    this.heard = Date.now()
    this.root.dataset.stopped = ''
  }

  beat({ now, build }) {
    this.hear()
    this.ahead = now - Date.now()
    if (build !== this.build) location.reload()
  }

  // A refusal is told apart from a server that is away; only the former needs the page anew.
  async ask() {
    const gone = new AbortController()
    try {
      const { status } = await fetch(this.events, { signal: gone.signal, cache: 'no-store' })
      gone.abort()
      if (status === 401) location.reload()
      if (status === 404) this.root.dataset.stopped = '此大屏链接已停用，请向安委会办公室索取新的链接。'
    } catch { /* away: look() tries again */ }
  }

  look() {
    const silent = Date.now() - Math.max(this.heard, this.began)
    if (silent > DEAD && Date.now() - this.tried > DEAD) this.listen()
    else if (this.source.readyState === EventSource.CLOSED && Date.now() - this.tried > RETRY) this.listen()
    this.age(silent)
  }

  age(silent) {
    const badge = this.root.querySelector('.age')
    if (!badge) return
    const stale = silent > QUIET
    if (badge.hidden === stale) badge.hidden = !stale
    const words = stale ? `已 ${spell(silent)}未收到数据` : ''
    if (badge.textContent !== words) badge.textContent = words
  }

  turnBy(step) {
    if (!step) return
    const count = this.titles.length
    this.first = (this.shown + step + count) % count
    this.began = Date.now()
    this.tick()
  }

  // By the clock and not by counting, so that a wall that slept shows what it would show anyway.
  tick() {
    const now = Date.now(), run = Math.max(0, now - this.began) / 1000, count = this.titles.length
    const turned = this.turn ? Math.floor(run / this.turn) : 0
    this.show((this.first + turned) % count)
    const left = this.turn ? Math.ceil(this.turn - (run - turned * this.turn)) : 0
    say(this.root.querySelector('.countdown'), left ? `${left} 秒后切换` : '')
    const local = new Date(now + this.ahead + BEIJING)
    const clock = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':')
    say(this.root.querySelector('.clock'), clock)
  }

  show(index) {
    const scenes = this.root.querySelectorAll('.scene')
    scenes.forEach((scene, place) => {
      const on = place === index
      if (scene.classList.contains('shown') === on) return
      scene.classList.toggle('shown', on)
      scene.toggleAttribute('inert', !on)
    })
    this.shown = index
    say(this.root.querySelector('.title'), this.titles[index])
    say(this.root.querySelector('.place'), `画面 ${index + 1}/${scenes.length}`)
  }
}

function say(place, words) { if (place && place.textContent !== words) place.textContent = words }

function spell(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < 120) return `${seconds} 秒`
  return seconds < 7200 ? `${Math.floor(seconds / 60)} 分钟` : `${Math.floor(seconds / 3600)} 小时`
}

// What has just changed is ringed for some seconds, softly.
function glow(cell) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const ring = 'inset 0 0 0 3px'
  cell.animate([{ boxShadow: `${ring} #FFFFFFCC` }, { boxShadow: `${ring} #FFFFFF00` }], { duration: 6_000, easing: 'ease-in' })
}

function start(root, options) {
  if (window.anzeWall?.root === root) return window.anzeWall
  window.anzeWall?.stop()
  return window.anzeWall = new Wall(root, options)
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector('.anze-wall')
  start(root, data).offer(data.parts)
  return () => setTimeout(() => { if (!root.isConnected && window.anzeWall?.root === root) window.anzeWall.stop() }, 2_000)
}

const alone = document.querySelector('.anze-wall[data-events]')
if (alone) start(alone, { events: alone.dataset.events, build: alone.dataset.build, titles: JSON.parse(alone.dataset.titles) })

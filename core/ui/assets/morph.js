// Redraws markup that Python wrote, touching only what changed: focus, scroll position and open disclosures stay.

function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return
  if (old.nodeName !== fresh.nodeName) return old.replaceWith(fresh)
  if (old.nodeType === Node.TEXT_NODE) { old.data = fresh.data; return }
  patchAttributes(old, fresh)
  const before = [...old.childNodes], after = [...fresh.childNodes]
  if (before.length !== after.length) return old.replaceChildren(...after)
  before.forEach((node, index) => morph(node, after[index]))
}

function patchAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
}

function redraw(root, html) {
  if (root.written === html) return false
  const fresh = root.cloneNode(false)
  fresh.innerHTML = html
  if (root.written === undefined) root.replaceChildren(...fresh.childNodes)
  else morph(root, fresh)
  root.written = html
  return true
}

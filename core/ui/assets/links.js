// Draws markup and reports the link that was followed, so that a page turns without being loaded anew;
// morph.js stands above it.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.anze-links')
  redraw(root, data.html)
  root.onclick = (event) => {
    const link = event.target.closest('a[href^="?"]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setTriggerValue('go', link.getAttribute('href'))
  }
}

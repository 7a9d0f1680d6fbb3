// Put into the page before anything runs there: writes down when the pointer moved, when the server was asked,
// when a curve was painted and when the figure was drawn. Nothing in the app knows of it.
;(() => {
  const seen = { moves: [], asked: [], answered: [], painted: [], drawn: [], calls: 0, triangles: 0, posed: 0 }
  window.seen = seen
  const now = () => performance.now()

  addEventListener('pointermove', (event) => event.buttons && seen.moves.push(now()), true)

  const fetch = window.fetch
  window.fetch = async (...given) => {
    const analysing = String(given[0]).includes('/api/analyse')
    if (analysing) seen.asked.push({ at: now(), whole: !String(given[0]).includes('curves') })
    const answer = await fetch(...given)
    if (analysing) seen.answered.push(now())
    return answer
  }

  const afterPaint = (act) => requestAnimationFrame(() => setTimeout(act, 0))
  let waits = false
  const clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (!waits && this.canvas.closest('.plot.force')) {
      const begun = now()
      waits = true
      afterPaint(() => {
        waits = false
        seen.painted.push({ begun, at: now() })
      })
    }
    return clear.apply(this, box)
  }

  let inFrame = false
  const count = (name, triangles) => {
    const draw = WebGL2RenderingContext.prototype[name]
    WebGL2RenderingContext.prototype[name] = function (...given) {
      if (!inFrame) {
        inFrame = true
        seen.calls = seen.triangles = 0
        queueMicrotask(() => (inFrame = false))
        seen.drawn.push(now())
      }
      seen.calls += 1
      seen.triangles += triangles(given)
      return draw.apply(this, given)
    }
  }
  count('drawElements', ([, size]) => size / 3)
  count('drawArrays', ([, , size]) => size / 3)
  count('drawElementsInstanced', ([, size, , , copies]) => (size / 3) * copies)
  count('drawArraysInstanced', ([, , size, copies]) => (size / 3) * copies)

  const watch = () => {
    if (document.querySelector('.figure canvas.posed')) afterPaint(() => (seen.posed ||= now()))
    else requestAnimationFrame(watch)
  }
  addEventListener('DOMContentLoaded', watch)
})()

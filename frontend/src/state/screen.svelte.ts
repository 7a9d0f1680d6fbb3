/** What there is room for. */
class Screen {
  /** The desk's three columns. */
  wide = $state(false)
  /** The first marks under the figure: where there is less room they would push it off the stage. */
  roomy = $state(false)

  constructor() {
    watch('(min-width: 1024px)', (fits) => (this.wide = fits))
    watch('(min-width: 1200px) and (min-height: 700px)', (fits) => (this.roomy = fits))
  }
}

function watch(query: string, told: (fits: boolean) => void): void {
  const media = matchMedia(query)
  media.addEventListener('change', ({ matches }) => told(matches))
  told(media.matches)
}

export const screen = new Screen()

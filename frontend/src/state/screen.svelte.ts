/** Whether there is room for the desk's three columns. */
class Screen {
  wide = $state(matchMedia('(min-width: 1024px)').matches)

  constructor() {
    matchMedia('(min-width: 1024px)').addEventListener('change', (event) => (this.wide = event.matches))
  }
}

export const screen = new Screen()

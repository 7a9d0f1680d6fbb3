declare module 'virtual:muscle-names' {
  /** Name of each muscle element by its id without side. */
  const names: Record<string, string>
  export default names
}

/** The moving figure: `createFigure` on a canvas, then feed it. Loaded lazily, since three.js comes with it. */
export { createFigure } from './figure'
export { FigureUnavailable, VIEWS } from './types'
export type {
  AnalysisData,
  AnchorMove,
  Figure,
  FigureOptions,
  FigureStats,
  Picked,
  RepetitionData,
  SetupData,
  ViewName,
} from './types'

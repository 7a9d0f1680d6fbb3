/** The moving figure: `createFigure` on a canvas, then feed it. Loaded lazily, since three.js comes with it. */
export { createFigure } from './figure'
export { FigureUnavailable, VIEWS } from './types'
export type {
  AnalysisData,
  Figure,
  FigureOptions,
  FigureStats,
  HandleMove,
  Picked,
  RepetitionData,
  SetupData,
  ViewName,
} from './types'

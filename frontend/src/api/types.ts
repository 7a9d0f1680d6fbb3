/** Short names of the shapes that travel between server and client; all of them are generated. */
import type { components } from './api'

type Schemas = components['schemas']

export type SetUp = Schemas['SetUpTable']
export type Person = Schemas['PersonTable']
export type Load = NonNullable<SetUp['load']>[number]
export type BandLoad = Schemas['BandLoadTable']
export type WeightLoad = Schemas['WeightLoadTable']
export type CableLoad = Schemas['CableLoadTable']
export type Point = Schemas['PointTable']
export type End = BandLoad['from']
export type Rig = NonNullable<BandLoad['rig']>
export type Tempo = Schemas['TempoTable']
export type Intent = NonNullable<SetUp['intent']>

export type Health = Schemas['HealthAnswer']
export type Analysis = Schemas['AnalysisAnswer']
export type Curves = Schemas['CurvesAnswer']
export type Difference = Schemas['DifferenceAnswer']
export type Dose = Schemas['DoseAnswer']
export type Alternative = Schemas['AlternativeAnswer']
export type Provenance = Schemas['ProvenanceAnswer']

export type Gear = Schemas['GearTable']
export type OwnedBand = Schemas['OwnedBandTable']
export type OwnedWeight = Schemas['OwnedWeightTable']
export type OwnedAnchor = Schemas['OwnedAnchorTable']
export type Question = Schemas['DesignTable']
export type Design = Schemas['DesignAnswer']
export type DesignEvent = Schemas['DesignEvent']
export type Progress = Schemas['ProgressAnswer']

export type Exercise = Schemas['ExerciseAnswer']
export type ExerciseRow = Schemas['ExerciseRow']
export type Poses = Schemas['PosesAnswer']
export type Controls = Schemas['ControlsAnswer']
export type Source = Schemas['SourceAnswer']
export type Band = Schemas['BandAnswer']
export type Repetition = Schemas['RepetitionAnswer']
export type Fault = Schemas['FaultAnswer']
export type Problem = Schemas['ProblemAnswer']
